/**
 * Paths with parts that may be left out, to the paths that a request can have. A router answers each of them, and no
 * request has an empty parameter: on the wire they are different paths. Pure.
 */

interface Form {
  readonly form: RegExp
  /** How the part is written where it is there, of what the form captures. */
  readonly keep: (captured: string) => string
}

const segment = (captured: string): string => `/${captured}`

/** Each is looked for in what those before it have not taken. */
const FORMS: readonly Form[] = [
  // Groups, as in `/jobs{/:id}` and `/:name{.:format}` of Express 5.
  { form: /\{([/.~-][^{}$]*)\}/gu, keep: (captured) => captured },
  // Whole segments: `:id?`, `:id(\d+)?`, `:id{[0-9]+}?`, `[[lang]]`, `[[lang=code]]`, `[[...slug]]`, `{-$id}`.
  { form: /\/(:[\p{L}_][\p{L}\p{N}\p{M}_]*(?:\([^()/]*\)|\{[^{}/]*\})?)\?(?=\/|$)/gu, keep: segment },
  { form: /\/\[(\[(?:\.\.\.)?[\p{L}_][\p{L}\p{N}\p{M}_-]*(?:=\w+)?\])\](?=\/|$)/gu, keep: segment },
  { form: /\/\{-(\$[\p{L}_][\p{L}\p{N}\p{M}_-]*)\}(?=\/|$)/gu, keep: segment },
  // Parts of a segment: `:from-:to?`, `page{-$number}`.
  { form: /(:[\p{L}_][\p{L}\p{N}\p{M}_]*(?:\([^()/]*\)|\{[^{}/]*\})?)\?/gu, keep: (captured) => captured },
  { form: /\{-(\$[\p{L}_][\p{L}\p{N}\p{M}_-]*)\}/gu, keep: (captured) => `{${captured}}` },
]

interface Part {
  readonly start: number
  readonly end: number
  /** What stands there where it is not left out. */
  readonly kept: string
}

/** More such parts than that are in no path that anybody has. */
export const MAX_OPTIONAL = 4

/**
 * Every path that is meant, the one with all of its parts first; of those that leave out as many, first the one that
 * leaves out the last. The path itself where it has no such parts.
 * @returns `undefined` where it has more of them than `MAX_OPTIONAL`.
 */
export function pathVariants(written: string): readonly string[] | undefined {
  const parts = optionalParts(written)
  if (parts.length > MAX_OPTIONAL) return undefined
  const choices = Array.from({ length: 2 ** parts.length }, (_, order) => ({
    order,
    kept: parts.filter((_part, index) => (order & (2 ** (parts.length - 1 - index))) === 0),
  }))
  return choices
    .sort((left, right) => right.kept.length - left.kept.length || left.order - right.order)
    .map(({ kept }) => write(written, { parts, kept }))
}

function optionalParts(written: string): readonly Part[] {
  const found: Part[] = []
  for (const { form, keep } of FORMS) {
    for (const match of written.matchAll(form)) {
      const [whole, captured = ''] = match
      const part: Part = { start: match.index, end: match.index + whole.length, kept: keep(captured) }
      if (!found.some(({ start, end }) => part.start < end && start < part.end)) found.push(part)
    }
  }
  return found.sort((left, right) => left.start - right.start)
}

interface Choice {
  readonly parts: readonly Part[]
  readonly kept: readonly Part[]
}

function write(written: string, { parts, kept }: Choice): string {
  let text = ''
  let end = 0
  for (const part of parts) {
    text += written.slice(end, part.start)
    if (kept.includes(part)) text += part.kept
    end = part.end
  }
  const whole = text + written.slice(end)
  return whole === '' ? '/' : whole
}
