import { StreamError } from './errors.js'

/** Takes text in pieces and finds its lines. */
export interface Lines {
  /** To be called when `next` has no line left. */
  readonly push: (piece: string) => void
  /** The next whole line without its LF; `undefined` where more text is needed. Throws for one that is too long. */
  readonly next: () => string | undefined
  /** What came after the last LF. */
  readonly rest: () => string
}

/** Finds lines that end at LF; `limit` is the longest, in UTF-16 code units, a CR at its end not counted. */
export function newLines(limit: number | undefined): Lines {
  let lines: string[] = []
  let index = 0
  let rest = ''
  return {
    push: (piece) => {
      lines = piece.split('\n')
      index = 0
      // A line that comes in many pieces is put together once: nothing is copied or searched again.
      lines[0] = rest + lines[0]
      rest = lines.pop() ?? ''
    },
    next: () => {
      const line = lines[index++]
      // The last character may be a CR, which is no part of the line.
      if (line === undefined) checkLength(rest.length - 1, limit)
      else checkLength(line.endsWith('\r') ? line.length - 1 : line.length, limit)
      return line
    },
    rest: () => rest,
  }
}

/** Changes CR and CRLF to LF, whatever pieces the text comes in: a CR at the end of a piece is a line end at once. */
export function newLineEnds(): (piece: string) => string {
  let skipsLineFeed = false
  return (piece) => {
    const text = skipsLineFeed && piece.startsWith('\n') ? piece.slice(1) : piece
    if (piece) skipsLineFeed = text.endsWith('\r')
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  }
}

/** Throws where `length` is above `limit`, `maxItemLength`: both in UTF-16 code units. */
export function checkLength(length: number, limit: number = 16_777_216): void {
  if (length > limit) throw new StreamError('item is longer than maxItemLength', { kind: 'limit' })
}
