import { StreamError } from './errors.js'
import { own } from './own.js'
import type { SseEvent } from './sse-decoder.js'

/** What generated code says about the events of a stream. */
export interface EventPlan {
  /** The payload of each declared event; absent where any name is accepted. */
  readonly events?: { readonly [name: string]: 'json' | 'text' | 'none' }
  /** The payload where no names are declared; `json` unless set. */
  readonly data?: 'json' | 'text'
  /** Data that ends the stream. `[DONE]`, which is not JSON, always ends a stream of JSON. */
  readonly sentinel?: string
  /** Events that end the stream once they are delivered. */
  readonly terminal?: readonly string[]
  /** The event by which the server reports an error: it ends the stream with an error of kind `remote`. */
  readonly remoteErrorEvent?: string
}

/** An event with its payload decoded. */
export interface Message {
  readonly event: string
  readonly data: unknown
  readonly id: string
}

/** Takes what events mean. */
export interface EventReaderOptions {
  readonly plan: EventPlan
  readonly skipsInvalid: boolean
  readonly onMessage: (message: Message) => void
  /** An event of a name that is not declared. */
  readonly onUnknown: (event: SseEvent) => void
  /** Nothing is to be read after this. */
  readonly onLast: () => void
}

/**
 * Reads the events of one connection. Throws a `StreamError` of kind `parse` for data that is not JSON unless it skips
 * that, and of kind `remote` for the server's own error.
 */
export function newEventReader({
  plan,
  skipsInvalid,
  onMessage,
  onUnknown,
  onLast,
}: EventReaderOptions): (event: SseEvent) => void {
  let position = 0
  return (raw) => {
    const { event, data, id } = raw
    const payload = payloadOf(event, plan)
    position++
    if (isSentinel({ data, payload }, plan)) return onLast()
    if (event === plan.remoteErrorEvent)
      throw new StreamError('the server sent an error', { kind: 'remote', body: parse(data) })
    if (!payload) return onUnknown(raw)
    let value: unknown = payload === 'none' ? undefined : data
    try {
      if (payload === 'json') value = JSON.parse(data)
    } catch {
      // The exception of JSON.parse shows the data.
      if (skipsInvalid) return
      throw new StreamError(`event ${position} is not JSON`, { kind: 'parse', position, excerpt: data.slice(0, 1024) })
    }
    onMessage({ event, data: value, id })
    if (plan.terminal?.includes(event)) onLast()
  }
}

/** What an event carries; `undefined` where its name is not declared. */
export function payloadOf(event: string, { events, data = 'json' }: EventPlan): 'json' | 'text' | 'none' | undefined {
  return events ? own(events, event) : data
}

/** Whether the data says that the stream is over; `payload` is `undefined` where the event is not known. */
export function isSentinel(
  { data, payload }: { readonly data: string; readonly payload?: string | undefined },
  plan: EventPlan,
): boolean {
  return data === plan.sentinel || (data === '[DONE]' && payload !== 'text')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
