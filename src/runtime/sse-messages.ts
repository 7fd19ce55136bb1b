import { StreamError } from './errors.js'
import { own } from './own.js'

/** What generated code says about the events of a stream. */
export interface EventPlan {
  /** The payload of each declared event; absent where any name is accepted. */
  readonly events?: { readonly [name: string]: Payload }
  /** The payload where no names are declared; `json` unless set. */
  readonly data?: 'json' | 'text'
  /** Data that ends the stream. `[DONE]`, which is not JSON, always ends a stream of JSON. */
  readonly sentinel?: string
  /** Events that end the stream once they are delivered. */
  readonly terminal?: readonly string[]
  /** The event by which the server reports an error: it ends the stream with an error of kind `remote`. */
  readonly remoteErrorEvent?: string
}

/** What an event carries. */
export type Payload = 'json' | 'text' | 'none'

/** An event; `data` is text until it is decoded. */
export interface Message {
  readonly event: string
  data: unknown
  readonly id: string
}

/** What an event carries; `undefined` where its name is not declared. */
export function payloadOf(event: string, { events, data = 'json' }: EventPlan): Payload | undefined {
  return events ? own(events, event) : data
}

/** Whether data says that the stream is over. The payload is `undefined` where the event is not known. */
export function isSentinel(data: unknown, payload: Payload | undefined, plan: EventPlan): boolean {
  return data === plan.sentinel || (data === '[DONE]' && payload !== 'text')
}

/** The error that the server sent as the data of an event. */
export function remoteError(data: string): StreamError {
  let body: unknown = data
  try {
    body = JSON.parse(data)
  } catch {
    // Not all servers send JSON.
  }
  return new StreamError('the server sent an error', { kind: 'remote', body })
}
