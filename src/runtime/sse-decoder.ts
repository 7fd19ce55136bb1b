import { checkLength, newLineSplitter } from './lines.js'

/** An event as it stands on the wire. */
export interface SseEvent {
  /** `message` where the server names none. */
  readonly event: string
  data: string
  /** The last event ID string. */
  readonly id: string
}

/** The decoder of one connection. [spec] https://html.spec.whatwg.org/#parsing-an-event-stream */
export interface SseDecoder {
  /** Decodes the next text; line ends may be CR, LF or CRLF, mixed and split. Throws for an event that is too long. */
  readonly push: (text: string) => void
  /** The last event ID string: that of the last whole block that had one. */
  id: string
  /** What the last `retry` field asked for, in milliseconds. */
  retry?: number
  /** Whether there was an `id` or a `retry` field: the server takes part in resuming. */
  resumes?: boolean
  /** What an end of the stream would cut off: `undefined` between events, else the data of the event, if any. */
  readonly partial: () => string | undefined
}

/** Makes a decoder that resumes from `id`; `limit` is the longest event in UTF-16 code units. */
export function newSseDecoder(id: string, limit: number | undefined, onEvent: (event: SseEvent) => void): SseDecoder {
  let event = ''
  let data: string | undefined
  let nextId = id
  let isPartial = false
  let skipsLineFeed = false

  const addData = (value: string): void => {
    data = data === undefined ? value : `${data}\n${value}`
    checkLength(data.length, limit)
    isPartial = true
  }

  const setField = (name: string, value: string): void => {
    if (name === 'data') addData(value)
    else if (name === 'event') {
      event = value
      isPartial = true
    } else if (name === 'id' && !value.includes('\0')) {
      nextId = value
      isPartial = decoder.resumes = true
    } else if (name === 'retry' && /^\d+$/.test(value)) {
      decoder.retry = +value
      decoder.resumes = true
    }
  }

  const lines = newLineSplitter(limit, (text, start, end) => {
    if (start === end) {
      // [spec] The id counts without data too; the name and the data do not outlive the block.
      decoder.id = nextId
      const whole = data === undefined ? undefined : { event: event || 'message', data, id: nextId }
      event = ''
      data = undefined
      isPartial = false
      if (whole) onEvent(whole)
      return
    }
    // Most lines are data: the way to them is short.
    if (text.startsWith('data:', start)) addData(text.slice(start + (text.charCodeAt(start + 5) === 32 ? 6 : 5), end))
    else {
      const line = text.slice(start, end)
      const colon = line.indexOf(':')
      // A comment has an empty name.
      if (colon < 0) setField(line, '')
      else setField(line.slice(0, colon), line.slice(line.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1))
    }
  })

  const decoder: SseDecoder = {
    id,
    push: (text) => {
      // A CR at the end of a text ends its line at once; the LF that may follow belongs to it.
      const rest = skipsLineFeed && text.startsWith('\n') ? text.slice(1) : text
      if (text) skipsLineFeed = rest.endsWith('\r')
      // A CR that has its LF is left to the line; all others become LF.
      lines.push(/\r(?!\n)/.test(rest) ? rest.replace(/\r\n?/g, '\n') : rest)
    },
    partial: () => {
      const rest = lines.rest()
      const cut = /^data: ?(.*)/.exec(rest)
      if (isPartial || /^[^:]/.test(rest)) return data ?? cut?.[1] ?? ''
      return undefined
    },
  }
  return decoder
}
