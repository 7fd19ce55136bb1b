import type { Reconnect } from './client.js'
import { StreamError } from './errors.js'
import { type ExchangePlan, exchange, type Session, textReader } from './exchange.js'
import { defaultItemLength } from './lines.js'
import { newReconnector } from './reconnect.js'
import type { RequestPlan } from './request.js'
import { newSseDecoder, type SseDecoder, type SseEvent } from './sse-decoder.js'
import { type EventPlan, isSentinel, type Message, newEventReader } from './sse-messages.js'

/** What generated code says about an event stream. */
export interface SsePlan extends Omit<ExchangePlan, 'kind'>, EventPlan {}

/** What a source needs beside its plan. */
export interface SseSourceOptions {
  readonly plan: SsePlan
  /** The last event ID to resume from, or `''`. */
  readonly id: string
  readonly skipsInvalid: boolean
  /** Told of events whose names are not declared; `true` puts them among the messages. */
  readonly onUnknown: (event: SseEvent) => boolean
}

/** The messages of an event stream over all its connections, those of one chunk at a time. */
export function newSseSource(
  session: Session,
  options: SseSourceOptions,
): () => Promise<readonly Message[] | undefined> {
  const { plan, skipsInvalid, onUnknown } = options
  const { maxItemLength: limit = defaultItemLength } = session.settings
  const reconnector = newReconnector(session)
  let { id } = options
  let items: Message[] = []
  let mode: Reconnect | undefined = session.settings.reconnect
  let failure: { readonly error: unknown } | undefined
  let decoder: SseDecoder | undefined
  let read: () => Promise<string | undefined>
  let hasSent = false
  let resumes = false
  let isFinished = false

  const request = (): RequestPlan => {
    const first = plan.request()
    mode ??= first.method === 'GET' ? 'auto' : false
    if (hasSent && first.body?.isStream)
      throw new StreamError('a stream as body cannot be sent again', { kind: 'network' })
    hasSent = true
    return id ? { ...first, headers: [...(first.headers ?? []), ['last-event-id', headerText(id)]] } : first
  }

  const open = async (): Promise<void> => {
    reconnector.onAttempt()
    await exchange(session, { request, accept: plan.accept, kind: /^text\/event-stream$/ })
    reconnector.onOpen()
    // [spec] 204 is how a server tells clients to stop.
    isFinished = !session.reader
    read = textReader(session)
    const onEvent = newEventReader({
      plan,
      skipsInvalid,
      onMessage: (message) => items.push(message),
      onUnknown: (event) => onUnknown(event) && items.push(event),
      onLast: () => {
        isFinished = true
      },
    })
    decoder = newSseDecoder({
      id,
      limit,
      onEvent: (event) => {
        reconnector.onItem()
        if (!isFinished) onEvent(event)
      },
      onRetry: (delay) => {
        resumes = true
        reconnector.onRetry(delay)
      },
    })
  }

  const advance = async (decoder: SseDecoder): Promise<void> => {
    const text = await read()
    if (text !== undefined) {
      decoder.push(text)
      resumes ||= decoder.id() !== id
      id = decoder.id()
    } else if (decoder.isPartial() && !isSentinel(decoder.partialData(), plan)) {
      throw lost('the connection ended in the middle of an event')
    } else if (mode === 'always' || (mode === 'auto' && resumes)) {
      throw lost('the server ended the connection')
    } else isFinished = true
  }

  return async () => {
    items = []
    while (!items.length && !isFinished) {
      try {
        if (failure) throw failure.error
        await (decoder ? advance(decoder) : open())
      } catch (error) {
        // What came before the error is delivered before it.
        failure = items.length ? { error } : undefined
        if (failure) break
        if (!mode || !(error instanceof StreamError) || !error.retryable) throw error
        await reconnector.recover(error)
        decoder = undefined
      }
    }
    return items.length ? items : undefined
  }
}

function lost(message: string): StreamError {
  return new StreamError(message, { kind: 'network', retryable: true })
}

/** The UTF-8 bytes of an id as characters, which is how `Headers` takes them; nothing if no header may hold them. */
function headerText(id: string): string | undefined {
  const bytes = new TextEncoder().encode(id)
  return bytes.every((byte) => byte > 31 && byte !== 127) ? String.fromCharCode(...bytes) : undefined
}
