/** The candidate that a mistyped name most likely means, or `undefined` where none is near. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: { readonly candidate: string; readonly distance: number } | undefined
  for (const candidate of candidates) {
    const distance = editDistance({ from: name.toLowerCase(), to: candidate.toLowerCase() })
    if (distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { candidate, distance }
  }
  return best && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined
}

/** Levenshtein's distance, over one row. A name that is much longer than any option is cut first. */
function editDistance({ from, to }: { from: string; to: string }): number {
  const text = from.slice(0, 64)
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= text.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (text[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
