import { StreamError } from './errors.js'

/** Called with a line as a range of a text, its LF left out. */
export type OnLine = (text: string, start: number, end: number) => void

/** Splits text at LF. */
export interface LineSplitter {
  readonly push: (text: string) => void
  /** What came after the last LF. */
  readonly rest: () => string
}

/**
 * Splits text at LF, whatever pieces it comes in. Pieces of one line are joined once, so that the cost is linear.
 * Throws a `StreamError` of kind `limit` once a line is longer than `limit` UTF-16 code units.
 */
export function newLineSplitter(onLine: OnLine, limit: number): LineSplitter {
  let pieces: string[] = []
  let length = 0
  return {
    push: (text) => {
      let start = 0
      let end = text.indexOf('\n')
      checkLength(length + (end < 0 ? text.length : end), limit)
      if (end >= 0 && length) {
        const line = pieces.join('') + text.slice(0, end)
        pieces = []
        length = 0
        onLine(line, 0, line.length)
        start = end + 1
        end = text.indexOf('\n', start)
      }
      while (end >= 0) {
        checkLength(end - start, limit)
        onLine(text, start, end)
        start = end + 1
        end = text.indexOf('\n', start)
      }
      if (start < text.length) {
        checkLength(text.length - start, limit)
        pieces.push(text.slice(start))
        length += text.length - start
      }
    },
    rest: () => pieces.join(''),
  }
}

/** Throws where `length` is above `limit`, both in UTF-16 code units. */
export function checkLength(length: number, limit: number): void {
  if (length > limit) throw new StreamError(`an item is longer than maxItemLength, ${limit}`, { kind: 'limit' })
}

/** `maxItemLength` unless set. */
export const defaultItemLength: number = 16_777_216
