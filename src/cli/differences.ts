/** How a folder differs from what would be written, for people: what `--check` prints. */
import { type Change, shown } from '../emit/compare.js'
import type { OutputReport } from '../generate.js'

/** A patch of more edits than this takes seconds to find and nobody reads it. */
const MAX_EDITS = 4_000

/** Line by line: names missing and stale files, and shows a unified diff (`-` is the file, `+` what would be written) of changed ones. */
export async function describeDifferences({ folder, changes }: OutputReport): Promise<string[]> {
  const { createTwoFilesPatch } = await import('diff')
  const describe = (change: Change): string[] => {
    const path = shown(folder, change.path)
    switch (change.kind) {
      case 'unchanged':
        return []
      case 'added':
        return [`missing: ${path}`]
      case 'removed':
        return [`stale: ${path}`]
      case 'changed': {
        if (change.lineEndsOnly) return [`changed: ${path} (only its line ends)`]
        const before = new TextDecoder().decode(change.before)
        const patch = createTwoFilesPatch(path, path, before, change.text, undefined, undefined, {
          maxEditLength: MAX_EDITS,
          headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
        })
        return [`changed: ${path}`, ...(patch?.trimEnd() ?? '(too many differences to show)').split('\n')]
      }
    }
  }
  const lines = changes.flatMap(describe)
  const onlyLineEnds = changes.some((change) => change.kind === 'changed' && change.lineEndsOnly)
  return onlyLineEnds ? [...lines, lineEndsHint(folder)] : lines
}

function lineEndsHint(folder: string): string {
  return `hint: git may have changed the line ends at checkout; add "${shown(folder, '**')} text eol=lf" to .gitattributes`
}

/** Colours the lines of a patch and the names of files. */
export async function paintDifferences(lines: readonly string[]): Promise<string[]> {
  const { default: picocolors } = await import('picocolors')
  const { red, green, cyan, bold } = picocolors.createColors(true)
  return lines.map((line) => {
    if (/^(missing|stale|changed): /.test(line)) return bold(line)
    if (line.startsWith('@@')) return cyan(line)
    if (line.startsWith('+')) return green(line)
    return line.startsWith('-') ? red(line) : line
  })
}
