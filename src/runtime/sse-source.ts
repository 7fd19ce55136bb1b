import { StreamError } from './errors.js'
import { type ExchangePlan, exchange, lost, type Session, textReader } from './exchange.js'
import { newReconnector } from './reconnect.js'
import type { RequestPlan } from './request.js'
import { newSseDecoder, type Resumption } from './sse-decoder.js'
import {
  type EventOptions,
  type EventPlan,
  isSentinel,
  type Message,
  newSseMessages,
  type SseMessages,
} from './sse-messages.js'
import type { Next } from './stream.js'

/** What generated code says about an event stream. */
export interface SsePlan extends Omit<ExchangePlan, 'kind'>, EventPlan {}

/** What a source needs beside its plan. */
export interface SseSourceOptions extends EventOptions {
  /** Kept up to date. */
  readonly resumption: Resumption
}

/** The messages of an event stream over all its connections. */
export function newSseSource(session: Session, plan: SsePlan, options: SseSourceOptions): Next<Message> {
  const { settings } = session
  const { resumption } = options
  const reconnector = newReconnector(session)
  let mode = settings.reconnect
  let hasSent = false
  let messages: SseMessages | undefined
  let read: () => Promise<string | undefined>

  const request = (): RequestPlan => {
    const first = plan.request()
    mode ??= first.method === 'GET' ? 'auto' : false
    if (hasSent && first.body?.isStream) throw new StreamError('a stream cannot be sent again', { kind: 'network' })
    hasSent = true
    return { ...first, headers: [...(first.headers ?? []), ['last-event-id', headerText(resumption.id)]] }
  }

  const open = async (): Promise<void> => {
    reconnector.attempts++
    await exchange(session, { request, accept: plan.accept, kind: /^text\/event-stream$/ })
    reconnector.openedAt = performance.now()
    read = textReader(session)
    messages = newSseMessages(newSseDecoder(resumption, settings.maxItemLength), plan, options)
    // [spec] 204 is how a server tells clients to stop.
    messages.isFinished = !session.reader
  }

  const advance = async (messages: SseMessages): Promise<void> => {
    const text = await read()
    if (text !== undefined) return messages.decoder.push(text)
    const partial = messages.decoder.partial()
    if (partial !== undefined) {
      if (!isSentinel(partial, plan.data, plan)) throw lost('ended in the middle of an event')
    } else if (mode === 'always' || (mode === 'auto' && resumption.resumes)) throw lost('ended by the server')
    messages.isFinished = true
  }

  const recover = async (error: unknown): Promise<void> => {
    if (session.ended || !mode || !(error instanceof StreamError && error.retryable)) throw error
    if (messages?.position) reconnector.attempts = 0
    reconnector.retry = resumption.retry
    messages = undefined
    await reconnector.recover(error)
  }

  const pull = async (): Promise<Message | undefined> => {
    let message: Message | undefined
    while (!message && !messages?.isFinished && !session.ended) {
      if (messages?.held) {
        await messages.held
        messages.held = undefined
      } else await (messages ? advance(messages) : open()).catch(recover)
      message = messages?.next()
    }
    return message
  }

  return () => messages?.next() ?? pull()
}

/** The UTF-8 bytes of an id as characters, which is how `Headers` takes them; nothing if no header may hold them. */
function headerText(id: string): string | undefined {
  const bytes = [...new TextEncoder().encode(id)]
  return id && bytes.every((byte) => byte > 31 && byte !== 127) ? String.fromCharCode(...bytes) : undefined
}
