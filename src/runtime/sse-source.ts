import { jsonOrText, newTextDecoder, type TextDecode } from './answer-text.js'
import type { HeaderValues } from './client.js'
import { lost, notJson, StreamError } from './errors.js'
import { type Answer, type ExchangePlan, exchange } from './exchange.js'
import { own } from './own.js'
import { newReconnector } from './reconnect.js'
import type { RequestPlan } from './request.js'
import { type Session, wait } from './session.js'
import { newSseDecoder, type Resumption, type SseDecoder, type SseEvent } from './sse-decoder.js'
import { isPromise, type Source } from './stream.js'

/** What generated code says about an event stream. */
export interface SsePlan extends ExchangePlan {
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

/** What a source needs beside its plan. */
export interface SseSourceOptions {
  /** Kept up to date. */
  readonly resumption: Resumption
  /** What happens to data that is not JSON; it is thrown unless set. */
  readonly onInvalid?: 'throw' | 'skip' | undefined
  /** Told of events whose names are not declared; a promise is awaited before more is read. */
  readonly onUnknownEvent?: ((event: SseEvent) => unknown) | undefined
}

/** The messages of an event stream over all its connections. */
export function newSseSource(session: Session, plan: SsePlan, options: SseSourceOptions): Source<Message> {
  const { resumption, onInvalid, onUnknownEvent } = options
  const connections = newConnections(session, plan, resumption)
  let connection: Connection | undefined
  let position = 0
  let isFinished = false
  let held: PromiseLike<unknown> | undefined

  /** Whether an event is to be delivered, whose data is decoded then. */
  const judge = (message: Message, data: string): boolean => {
    const { event } = message
    const payload = plan.events ? own(plan.events, event) : (plan.data ?? 'json')
    const isEnd = isSentinel(data, payload, plan)
    isFinished = isEnd || !!plan.terminal?.includes(event)
    if (isEnd) return false
    if (event === plan.remoteErrorEvent)
      throw new StreamError('the server sent an error', { kind: 'remote', body: jsonOrText(data) })
    if (!payload) {
      const result = onUnknownEvent?.({ ...message, data })
      if (isPromise(result)) held = result
      return false
    }
    return decodeData(message, { payload, position, onInvalid })
  }
  const take = (): Message | undefined => {
    while (connection && !isFinished && !held && !session.ended) {
      const event = connection.decoder.next()
      if (!event) break
      position++
      if (judge(event, event.data)) return event
    }
    return undefined
  }
  const read = async (): Promise<boolean> => {
    if (held) {
      await wait(session, held)
      held = undefined
      return true
    }
    try {
      if (!connection) {
        position = 0
        connection = await connections.open()
        // [spec] 204 is how a server tells clients to stop.
        isFinished = connection.isEmpty
      }
      const bytes = isFinished ? undefined : await connection.read()
      if (bytes) connection.decoder.push(connection.decode(bytes))
      else if (!isFinished) connections.checkEnd(connection.decoder.partial())
      return !!bytes
    } catch (error) {
      connection = undefined
      await connections.recover(error, position)
      return true
    }
  }
  return { take, read }
}

interface Connection extends Answer {
  readonly decode: TextDecode
  readonly decoder: SseDecoder
}

/** Opens one connection after the other. */
function newConnections(session: Session, plan: SsePlan, resumption: Resumption) {
  const reconnector = newReconnector(session)
  let mode = session.settings.reconnect
  let hasSent = false
  return {
    open: async (): Promise<Connection> => {
      const request = (): RequestPlan => {
        const first = plan.request()
        mode ??= first.method === 'GET' ? 'auto' : false
        if (hasSent && first.body?.duplex) throw new StreamError('a stream cannot be sent again', { kind: 'network' })
        hasSent = true
        // Where the user's own header began is behind the stream.
        if (resumption.id) session.settings.headers = withoutLastEventId(session.settings.headers)
        return resuming(first, resumption)
      }
      reconnector.attempts++
      const answer = await exchange(session, { ...plan, request }, /^text\/event-stream$/)
      reconnector.openedAt = performance.now()
      const decoder = newSseDecoder(resumption, session.settings.maxItemLength)
      return { ...answer, decode: newTextDecoder(), decoder }
    },
    /** Throws where the end of a connection is not that of the stream. `partial` is what it cuts off. */
    checkEnd: (partial: string | undefined): void => {
      const resumes = mode === 'always' || (mode === 'auto' && resumption.resumes)
      if (partial === undefined ? resumes : !isSentinel(partial, plan.data, plan))
        throw lost(partial === undefined ? 'ended by the server' : 'ended in the middle of an event')
    },
    /** Waits until the next connection may be opened; rejects with `error` if there is to be none. */
    recover: async (error: unknown, events: number): Promise<void> => {
      if (session.ended || !mode) throw error
      if (events) reconnector.attempts = 0
      reconnector.retry = resumption.retry
      await reconnector.recover(error)
    },
  }
}

/** Decodes data in place. @returns whether the event is to be delivered. @throws a `StreamError` for what is not JSON. */
function decodeData(
  message: Message,
  { payload, position, onInvalid }: { payload: Payload; position: number } & Pick<SseSourceOptions, 'onInvalid'>,
): boolean {
  // It is text until now.
  const text = message.data as string
  try {
    if (payload !== 'text') message.data = payload === 'json' ? JSON.parse(text) : undefined
    return true
  } catch {
    if (onInvalid === 'skip') return false
    throw notJson(`event ${position}`, { position, text })
  }
}

/** Whether data says that the stream is over. The payload is `undefined` where the event is not declared. */
function isSentinel(data: string, payload: Payload | undefined, plan: SsePlan): boolean {
  return data === plan.sentinel || (data === '[DONE]' && payload !== 'text')
}

/** A request that says from where to go on. [spec] HTML 9.2.3: no cache answers it. Not all that are no page know the field. */
function resuming(plan: RequestPlan, { id }: Resumption): RequestPlan {
  const cache = 'location' in globalThis ? 'no-store' : undefined
  return { ...plan, cache, headers: [...(plan.headers ?? []), ['last-event-id', headerText(id)]] }
}

function withoutLastEventId(headers: HeaderValues = {}): HeaderValues {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^last-event-id$/i.test(name)))
}

/** The UTF-8 bytes of an id as characters, which is how `Headers` takes them; nothing if no header may hold them. */
function headerText(id: string): string | undefined {
  return /^[\t -~\x80-\uffff]+$/.test(id) ? String.fromCharCode(...new TextEncoder().encode(id)) : undefined
}
