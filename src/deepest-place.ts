/** Where texts are nested most deeply, by their brackets alone: nothing that parses them has a stack for it. */
import type { Place } from './diagnostics.js'
import type { Sources } from './sources.js'

/** Less is no reason for an overflow, which takes thousands: the place would mislead. */
const MIN_DEPTH = 100
/** A line with so many characters nests without brackets, as in `a.b.b.b` or `T[][][]`. */
const MIN_LENGTH = 5000

/** `undefined` where nothing looks deep. */
export function deepestPlace(sources: Sources): Place | undefined {
  let deepest: { readonly place: Place; readonly depth: number } | undefined
  let longest: { readonly place: Place; readonly length: number } | undefined
  for (const file of sources.files()) {
    const lines = sources.lines({ file, from: 1, to: Number.POSITIVE_INFINITY }) ?? []
    const found = deepestBracket(lines)
    if (found.depth >= (deepest?.depth ?? MIN_DEPTH)) {
      deepest = { place: { file, line: found.line, column: found.column }, depth: found.depth }
    }
    for (const [index, { length }] of lines.entries()) {
      if (length >= (longest?.length ?? MIN_LENGTH)) longest = { place: { file, line: index + 1, column: 1 }, length }
    }
  }
  return deepest?.place ?? longest?.place
}

/** Strings and comments of one line are stepped over; `<` is a bracket where a name stands right before it. */
const TOKENS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\/.*|(?<=\w)<|(?<!=)>|[([{)\]}]/g
const CLOSED_BY: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
  ['>', '<'],
])

interface Deepest {
  readonly depth: number
  readonly line: number
  readonly column: number
}

function deepestBracket(lines: readonly string[]): Deepest {
  const open: string[] = []
  let deepest: Deepest = { depth: 0, line: 1, column: 1 }
  for (const [index, line] of lines.entries()) {
    for (const { 0: token, index: offset } of line.matchAll(TOKENS)) {
      if (token.length > 1) continue
      const start = CLOSED_BY.get(token)
      if (start === undefined) {
        open.push(token)
        if (open.length > deepest.depth) deepest = { depth: open.length, line: index + 1, column: offset + 1 }
      } else {
        close(open, start)
      }
    }
  }
  return deepest
}

/** A `<` that is never closed compares: what closes around it takes it along. */
function close(open: string[], start: string): void {
  while (start !== '<' && open.at(-1) === '<') open.pop()
  if (open.at(-1) === start) open.pop()
}
