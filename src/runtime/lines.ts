import { StreamError } from './errors.js'

/** Splits text into lines. */
export interface LineSplitter {
  readonly push: (text: string) => void
  /** What came after the last LF. */
  readonly rest: () => string
}

/**
 * Splits text at LF or CRLF, whatever pieces it comes in; a line is a range of a text, without its end. Pieces of one line are
 * joined once, so that the cost is linear. Throws where a line is longer than `limit`.
 */
export function newLineSplitter(
  limit: number | undefined,
  onLine: (text: string, start: number, end: number) => void,
): LineSplitter {
  let pieces: string[] = []
  let length = 0
  return {
    push: (piece) => {
      let text = piece
      let end = text.indexOf('\n')
      if (length && end >= 0) {
        end += length
        text = pieces.join('') + text
        pieces = []
        length = 0
      }
      let start = 0
      while (end >= 0) {
        const stop = text.charCodeAt(end - 1) === 13 ? end - 1 : end
        checkLength(stop - start, limit)
        onLine(text, start, stop)
        start = end + 1
        end = text.indexOf('\n', start)
      }
      if (start < text.length) pieces.push(text.slice(start))
      length += text.length - start
      // The last one may be a CR that is not part of the line.
      checkLength(length - 1, limit)
    },
    rest: () => pieces.join(''),
  }
}

/** Throws where `length` is above `limit`, `maxItemLength`: both in UTF-16 code units. */
export function checkLength(length: number, limit: number = 16_777_216): void {
  if (length > limit) throw new StreamError('item is longer than maxItemLength', { kind: 'limit' })
}
