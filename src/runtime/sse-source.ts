import { newTextDecoder, readBytes } from './answer-text.js'
import { lost, StreamError } from './errors.js'
import { type ExchangePlan, exchange } from './exchange.js'
import { newReconnector } from './reconnect.js'
import type { RequestPlan } from './request.js'
import { type Session, wait } from './session.js'
import { newSseDecoder, type Resumption } from './sse-decoder.js'
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
export interface SsePlan extends Omit<ExchangePlan, 'kind'>, EventPlan {}

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
  let messages: SseMessages | undefined

  const request = (): RequestPlan => {
    const first = plan.request()
    mode ??= first.method === 'GET' ? 'auto' : false
    if (hasSent && first.body?.duplex) throw new StreamError('a stream cannot be sent again', { kind: 'network' })
    hasSent = true
    return resuming(first, resumption)
  }

  /** What a handler rejects with is no drop, whatever it is. */
  const giveUp = (error: unknown): never => {
    mode = false
    throw error
  }

  async function* readConnection(): AsyncGenerator<void, void, undefined> {
    messages = undefined
    reconnector.attempts++
    await exchange(session, { request, accept: plan.accept, kind: /^text\/event-stream$/ })
    reconnector.openedAt = performance.now()
    // [spec] 204 is how a server tells clients to stop.
    if (!session.reader) return
    const decode = newTextDecoder()
    const decoder = newSseDecoder(resumption, session.settings.maxItemLength)
    messages = newSseMessages(decoder, plan, { ...options, session })
    for (let text = decode(await readBytes(session)); text !== undefined; text = decode(await readBytes(session))) {
      decoder.push(text)
      yield
      while (messages.held) {
        await wait(session, Promise.resolve(messages.held).catch(giveUp), { after: undefined, missing: '' })
        messages.held = undefined
        yield
      }
      if (messages.isFinished) return
    }
    const partial = decoder.partial()
    const resumes = mode === 'always' || (mode === 'auto' && resumption.resumes)
    if (partial === undefined ? resumes : !isSentinel(partial, plan.data, plan))
      throw lost(partial === undefined ? 'ended by the server' : 'ended in the middle of an event')
  }

  let connection = readConnection()
  const next = (): Promise<IteratorResult<void>> =>
    connection.next().catch(async (error) => {
      if (session.ended || !mode || !(error instanceof StreamError && error.retryable)) throw error
      if (messages?.position) reconnector.attempts = 0
      reconnector.retry = resumption.retry
      await reconnector.recover(error)
      connection = readConnection()
      return { value: undefined, done: session.ended }
    })

  return { take: () => messages?.next(), steps: { next } }
}

/** A request that says from where to go on. [spec] HTML 9.2.3: no cache answers it. Not all that are no page know the field. */
function resuming(plan: RequestPlan, { id }: Resumption): RequestPlan {
  const cache = 'location' in globalThis ? 'no-store' : undefined
  return { ...plan, cache, headers: [...(plan.headers ?? []), ['last-event-id', headerText(id)]] }
}

/** The UTF-8 bytes of an id as characters, which is how `Headers` takes them; nothing if no header may hold them. */
function headerText(id: string): string | undefined {
  const bytes = [...new TextEncoder().encode(id)]
  return id && bytes.every((byte) => byte === 9 || (byte > 31 && byte !== 127))
    ? String.fromCharCode(...bytes)
    : undefined
}
