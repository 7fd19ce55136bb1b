import { checkLength, newLineEnds, newLines } from './lines.js'

/** An event as it stands on the wire. */
export interface SseEvent {
  /** `message` where the server names none. */
  readonly event: string
  readonly data: string
  /** The last event ID string. */
  readonly id: string
}

/** What outlives a connection. */
export interface Resumption {
  /** The last event ID string: that of the last whole block that had one. */
  id: string
  /** What the last `retry` field asked for, in milliseconds. */
  retry?: number
  /** Whether there was an `id` or a `retry` field: the server takes part in resuming. */
  resumes?: boolean
}

/** The decoder of one connection. [spec] https://html.spec.whatwg.org/#parsing-an-event-stream */
export interface SseDecoder {
  /** Takes the next text, once `next` has nothing left; line ends may be CR, LF or CRLF, mixed and split. */
  readonly push: (text: string) => void
  /** The next whole event; `undefined` where more text is needed. Throws for one that is too long. */
  readonly next: () => SseEvent | undefined
  /** What an end of the stream would cut off: `undefined` between events, else the data of the event, if any. */
  readonly partial: () => string | undefined
}

/** Makes a decoder that keeps `resumption` up to date; `limit` is the longest data of an event in UTF-16 code units. */
export function newSseDecoder(resumption: Resumption, limit: number | undefined): SseDecoder {
  // The name of the field does not count.
  const lines = newLines(limit && limit + 'data: '.length)
  const withLineFeeds = newLineEnds()
  let event = ''
  let data: string | undefined
  let { id } = resumption
  let isPartial = false

  const addData = (value: string): void => {
    data = data === undefined ? value : `${data}\n${value}`
    checkLength(data.length, limit)
    isPartial = true
  }
  const setField = (line: string): void => {
    const [, name, value = ''] = /^([^:]*):? ?(.*)/s.exec(line) ?? []
    if (name === 'data') addData(value)
    else if (name === 'event') {
      event = value
      isPartial = true
    } else if (name === 'id' && !value.includes('\0')) {
      id = value
      isPartial = resumption.resumes = true
    } else if (name === 'retry' && /^\d+$/.test(value)) {
      resumption.retry = +value
      resumption.resumes = true
    }
  }

  return {
    push: (text) => lines.push(withLineFeeds(text)),
    next: () => {
      for (let line = lines.next(); line !== undefined; line = lines.next()) {
        // Most lines are data: the way to them is short.
        if (line.startsWith('data:')) addData(line.slice(line[5] === ' ' ? 6 : 5))
        else if (line) setField(line)
        else {
          // [spec] The id counts without data too; the name and the data do not outlive the block.
          resumption.id = id
          const whole = data === undefined ? undefined : { event: event || 'message', data, id }
          event = ''
          data = undefined
          isPartial = false
          if (whole) return whole
        }
      }
      return undefined
    },
    partial: () => {
      const rest = lines.rest()
      if (rest.startsWith('data:')) setField(rest)
      return isPartial || /^[^:]/.test(rest) ? (data ?? '') : undefined
    },
  }
}
