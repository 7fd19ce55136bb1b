import { jsonOrText } from './answer-text.js'
import { notJson, StreamError } from './errors.js'
import { own } from './own.js'
import type { Session } from './session.js'
import type { SseDecoder, SseEvent } from './sse-decoder.js'
import { isPromise } from './stream.js'

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
export interface Message extends Omit<SseEvent, 'data'> {
  data: unknown
}

/** What the user wants of events that are not as declared. */
export interface EventOptions {
  readonly session: Pick<Session, 'ended'>
  readonly skipsInvalid: boolean
  /** Told of events whose names are not declared; a promise is awaited before more is read. */
  readonly onUnknown: ((event: SseEvent) => unknown) | undefined
}

/** The messages of one connection. */
export interface SseMessages {
  /** The next message; `undefined` where there is none yet, or `held` is to be awaited first. */
  readonly next: () => Message | undefined
  /** What a handler returned. */
  held: PromiseLike<unknown> | undefined
  /** How many events there were. */
  position: number
  /** There will be no more. */
  isFinished: boolean
}

/** Whether data says that the stream is over. The payload is `undefined` where the event is not known. */
export function isSentinel(data: string, payload: Payload | undefined, plan: EventPlan): boolean {
  return data === plan.sentinel || (data === '[DONE]' && payload !== 'text')
}

/** Makes messages of the events that a decoder finds. `next` throws the server's own error, and for what is not JSON. */
export function newSseMessages(decoder: SseDecoder, plan: EventPlan, options: EventOptions): SseMessages {
  const { events, data: payloadOfAll = 'json', terminal, remoteErrorEvent } = plan

  /** Decodes the payload. @returns whether the message is to be delivered. */
  const judge = (message: Message, data: string): boolean => {
    const { event } = message
    const payload = events ? own(events, event) : payloadOfAll
    if (isSentinel(data, payload, plan)) {
      messages.isFinished = true
      return false
    }
    if (event === remoteErrorEvent)
      throw new StreamError('the server sent an error', { kind: 'remote', body: jsonOrText(data) })
    messages.isFinished = !!terminal?.includes(event)
    if (!payload) {
      const result = options.onUnknown?.({ ...message, data })
      if (isPromise(result)) messages.held = result
      return false
    }
    try {
      if (payload !== 'text') message.data = payload === 'json' ? JSON.parse(data) : undefined
    } catch {
      if (options.skipsInvalid) return false
      throw notJson(`event ${messages.position}`, { position: messages.position, text: data })
    }
    return true
  }

  const messages: SseMessages = {
    next: () => {
      while (!messages.isFinished && !messages.held && !options.session.ended) {
        const event = decoder.next()
        if (!event) break
        messages.position++
        if (judge(event, event.data)) return event
      }
      return undefined
    },
    held: undefined,
    position: 0,
    isFinished: false,
  }
  return messages
}
