import { checkLength, newLineSplitter } from './lines.js'

/** An event as it stands on the wire. */
export interface SseEvent {
  /** `message` where the server names none. */
  readonly event: string
  readonly data: string
  /** The last event ID string. */
  readonly id: string
}

/** What the decoder of one connection tells. [spec] https://html.spec.whatwg.org/#parsing-an-event-stream */
export interface SseDecoder {
  /** Decodes the next text; line ends may be CR, LF or CRLF, mixed and split. */
  readonly push: (text: string) => void
  /** Whether text has come since the last whole event that would be lost. */
  readonly isPartial: () => boolean
  /** The data of the unfinished event. */
  readonly partialData: () => string | undefined
  /** The last event ID string: the one to resume from. */
  readonly id: () => string
}

/** What a decoder needs and whom it tells. */
export interface SseDecoderOptions {
  /** The last event ID string of the connection before. */
  readonly id: string
  /** The longest event in UTF-16 code units. */
  readonly limit: number
  readonly onEvent: (event: SseEvent) => void
  /** Called at each `retry` field, in milliseconds. */
  readonly onRetry: (delay: number) => void
}

/** A decoder for one connection. Pure but for its callbacks; throws only for an event that is too long. */
export function newSseDecoder({ id, limit, onEvent, onRetry }: SseDecoderOptions): SseDecoder {
  let type = ''
  let data: string | undefined
  let nextId = id
  let isPartial = false
  let skipsLineFeed = false

  const lines = newLineSplitter((text, start, end) => {
    if (start === end) {
      // [spec] The id counts without data too; the type and the data do not outlive the block.
      id = nextId
      isPartial = false
      const event = data === undefined ? undefined : { event: type || 'message', data, id }
      type = ''
      data = undefined
      if (event) onEvent(event)
    } else if (text.startsWith('data:', start)) {
      appendData(text.slice(start + (text.charCodeAt(start + 5) === 32 ? 6 : 5), end))
    } else if (text.charCodeAt(start) !== 58) {
      const line = text.slice(start, end)
      const colon = line.indexOf(':')
      field(
        colon < 0 ? line : line.slice(0, colon),
        colon < 0 ? '' : line.slice(line.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1),
      )
    }
  }, limit)

  function appendData(value: string): void {
    isPartial = true
    data = data === undefined ? value : `${data}\n${value}`
    checkLength(data.length, limit)
  }

  function field(name: string, value: string): void {
    if (name === 'data') appendData(value)
    else if (name === 'retry') {
      if (/^\d+$/.test(value)) onRetry(Number(value))
    } else if (name === 'event') {
      isPartial = true
      type = value
    } else if (name === 'id' && !value.includes('\0')) {
      isPartial = true
      nextId = value
    }
  }

  return {
    push: (text) => {
      if (!text) return
      let rest = skipsLineFeed && text.charCodeAt(0) === 10 ? text.slice(1) : text
      skipsLineFeed = false
      if (rest.includes('\r')) {
        // A CR at the end of the text ends its line at once; the LF that may follow belongs to it.
        skipsLineFeed = rest.endsWith('\r')
        rest = rest.replace(/\r\n?/g, '\n')
      }
      lines.push(rest)
    },
    isPartial: () => isPartial || /^[^:]/.test(lines.rest()),
    partialData: () => {
      const rest = lines.rest()
      return data ?? (rest.startsWith('data:') ? rest.slice(5).trim() : undefined)
    },
    id: () => id,
  }
}
