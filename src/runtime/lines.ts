import { StreamError } from './errors.js'

/** Takes text in pieces and finds its lines. */
export interface LineReader {
  /** To be called when `next` has no line left. */
  readonly push: (piece: string) => void
  /** Moves on to the next whole line; `false` where more text is needed. Throws for one that is far too long. */
  readonly next: () => boolean
  /** The line is the part of `text` from `start` to `end`, where its LF is. */
  text: string
  start: number
  end: number
  /** The line without its line end. Throws where it is too long. */
  readonly line: () => string
  /** What came after the last LF. */
  readonly rest: () => string
}

/** Reads lines that end at LF or CRLF; `limit` is the longest, in UTF-16 code units. */
export function newLineReader(limit: number | undefined): LineReader {
  let begin = 0
  let found = -1
  let coming = ''
  const lines: LineReader = {
    push: (piece) => {
      // A line that began in an earlier piece is put together by itself, once: nothing else is copied or searched again.
      const size = piece.indexOf('\n') + 1
      lines.text = lines.rest() + (size ? piece.slice(0, size) : piece)
      begin = 0
      found = size ? lines.text.length - 1 : -1
      coming = size ? piece.slice(size) : ''
    },
    next: () => {
      if (found < 0 && coming) {
        lines.text = coming
        begin = 0
        found = coming.indexOf('\n')
        coming = ''
      }
      const { text } = lines
      // The last character may be a CR that is not part of the line.
      checkLength((found < 0 ? text.length : found) - begin - 1, limit)
      if (found < 0) return false
      lines.start = begin
      lines.end = found
      begin = found + 1
      found = text.indexOf('\n', begin)
      return true
    },
    text: '',
    start: 0,
    end: 0,
    line: () => {
      const { text, start, end } = lines
      const line = text.slice(start, text.charCodeAt(end - 1) === 13 ? end - 1 : end)
      checkLength(line.length, limit)
      return line
    },
    rest: () => lines.text.slice(begin),
  }
  return lines
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
