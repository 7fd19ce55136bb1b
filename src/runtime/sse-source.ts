import { newTextDecoder, type TextDecode } from './answer-text.js'
import type { HeaderValues } from './client.js'
import { lost, StreamError } from './errors.js'
import { type Answer, type ExchangePlan, exchange } from './exchange.js'
import { newReconnector } from './reconnect.js'
import type { RequestPlan } from './request.js'
import { type Session, wait } from './session.js'
import { newSseDecoder, type Resumption, type SseDecoder } from './sse-decoder.js'
import {
  type EventOptions,
  type EventPlan,
  isSentinel,
  type Message,
  newSseMessages,
  type SseMessages,
} from './sse-messages.js'
import type { Source } from './stream.js'

/** What generated code says about an event stream. */
export interface SsePlan extends ExchangePlan, EventPlan {}

/** What a source needs beside its plan. */
export interface SseSourceOptions extends Omit<EventOptions, 'session'> {
  /** Kept up to date. */
  readonly resumption: Resumption
}

/** The messages of an event stream over all its connections. */
export function newSseSource(session: Session, plan: SsePlan, options: SseSourceOptions): Source<Message> {
  const { resumption } = options
  const reconnector = newReconnector(session)
  let mode = session.settings.reconnect
  let hasSent = false
  let connection: Connection | undefined

  const request = (): RequestPlan => {
    const first = plan.request()
    mode ??= first.method === 'GET' ? 'auto' : false
    if (hasSent && first.body?.duplex) throw new StreamError('a stream cannot be sent again', { kind: 'network' })
    hasSent = true
    // Where the user's own header began is behind the stream.
    if (resumption.id) session.settings.headers = withoutLastEventId(session.settings.headers)
    return resuming(first, resumption)
  }
  const connect = async (): Promise<Connection> => {
    reconnector.attempts++
    const { isEmpty, read } = await exchange(session, { ...plan, request }, /^text\/event-stream$/)
    reconnector.openedAt = performance.now()
    const decoder = newSseDecoder(resumption, session.settings.maxItemLength)
    const messages = newSseMessages(decoder, plan, { ...options, session })
    // [spec] 204 is how a server tells clients to stop.
    messages.isFinished = isEmpty
    return { read, decode: newTextDecoder(), decoder, messages }
  }
  /** `false` at the end. */
  const readOn = async ({ read, decode, decoder, messages }: Connection): Promise<boolean> => {
    if (messages.isFinished) return false
    const bytes = await read()
    if (bytes) {
      decoder.push(decode(bytes))
      return true
    }
    const partial = decoder.partial()
    const resumes = mode === 'always' || (mode === 'auto' && resumption.resumes)
    if (partial === undefined ? resumes : !isSentinel(partial, plan.data, plan))
      throw lost(partial === undefined ? 'ended by the server' : 'ended in the middle of an event')
    return false
  }
  const read = async (): Promise<boolean> => {
    const messages = connection?.messages
    if (messages?.held) {
      await wait(session, messages.held)
      messages.held = undefined
      return true
    }
    try {
      connection ??= await connect()
      return await readOn(connection)
    } catch (error) {
      if (session.ended || !mode) throw error
      if (messages?.position) reconnector.attempts = 0
      connection = undefined
      reconnector.retry = resumption.retry
      await reconnector.recover(error)
      return true
    }
  }
  return { take: () => connection?.messages.next(), read }
}

interface Connection extends Pick<Answer, 'read'> {
  readonly decode: TextDecode
  readonly decoder: SseDecoder
  readonly messages: SseMessages
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
