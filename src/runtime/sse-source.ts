import { StreamError } from './errors.js'
import { type ExchangePlan, exchange, lost, type Session, textReader } from './exchange.js'
import { newReconnector } from './reconnect.js'
import type { RequestPlan } from './request.js'
import { newSseDecoder, type SseDecoder, type SseEvent } from './sse-decoder.js'
import { type EventPlan, isSentinel, type Message, type Payload, payloadOf, remoteError } from './sse-messages.js'

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

/** Where messages come from. */
export interface SseSource {
  /** The next messages, at least one; `undefined` at the end. */
  readonly pull: () => Promise<readonly Message[] | undefined>
  /** The last event ID string of what was pulled. */
  readonly lastEventId: () => string
}

/** The messages of an event stream over all its connections, those of one chunk at a time. */
export function newSseSource(session: Session, options: SseSourceOptions): SseSource {
  const { plan, skipsInvalid, onUnknown } = options
  const reconnector = newReconnector(session)
  let { id } = options
  let items: Message[] = []
  let mode = session.settings.reconnect
  let failure: { readonly error: unknown } | undefined
  let decoder: SseDecoder | undefined
  let read: () => Promise<string | undefined>
  let hasSent = false
  let resumes: boolean | undefined
  let isFinished = false
  let position = 0

  const request = (): RequestPlan => {
    const first = plan.request()
    mode ??= first.method === 'GET' ? 'auto' : false
    if (hasSent && first.body?.isStream) throw new StreamError('a stream cannot be sent again', { kind: 'network' })
    hasSent = true
    return { ...first, headers: [...(first.headers ?? []), ['last-event-id', headerText(id)]] }
  }

  const onEvent = (message: SseEvent): void => {
    const { event, data } = message
    if (isFinished) return
    reconnector.attempts = 0
    position++
    const payload = payloadOf(event, plan)
    isFinished = isSentinel(data, payload, plan)
    if (isFinished) return
    if (event === plan.remoteErrorEvent) throw remoteError(data)
    if (payload ? decode(message, payload) : onUnknown(message)) items.push(message)
    isFinished = !!plan.terminal?.includes(event)
  }

  /** `false` for what is not JSON and to be skipped. */
  const decode = (message: Message, payload: Payload): boolean => {
    const { data } = message
    try {
      if (payload === 'json') message.data = JSON.parse(`${data}`)
      if (payload === 'none') message.data = undefined
    } catch {
      // The exception of JSON.parse shows the data.
      if (skipsInvalid) return false
      throw new StreamError(`event ${position} is not JSON`, {
        kind: 'parse',
        position,
        excerpt: `${data}`.slice(0, 1024),
      })
    }
    return true
  }

  const open = async (): Promise<void> => {
    reconnector.attempts++
    await exchange(session, { request, accept: plan.accept, kind: /^text\/event-stream$/ })
    reconnector.openedAt = performance.now()
    // [spec] 204 is how a server tells clients to stop.
    isFinished = !session.reader
    read = textReader(session)
    position = 0
    decoder = newSseDecoder(id, session.settings.maxItemLength, onEvent)
  }

  const advance = async (decoder: SseDecoder): Promise<void> => {
    const text = await read()
    if (text !== undefined) {
      decoder.push(text)
      id = decoder.id
      resumes ||= decoder.resumes
      reconnector.retry = decoder.retry ?? reconnector.retry
      return
    }
    const partial = decoder.partial()
    isFinished =
      partial === undefined ? mode !== 'always' && !(mode === 'auto' && resumes) : isSentinel(partial, plan.data, plan)
    if (!isFinished) throw lost(partial === undefined ? 'ended by the server' : 'ended in the middle of an event')
  }

  const pull = async (): Promise<readonly Message[] | undefined> => {
    items = []
    while (!items.length && !isFinished && !session.ended) {
      try {
        if (failure) throw failure.error
        await (decoder ? advance(decoder) : open())
      } catch (error) {
        // What came before the error is delivered before it.
        if (items.length) failure = { error }
        else {
          if (session.ended || !mode || !(error instanceof StreamError && error.retryable)) throw error
          await reconnector.recover(error)
          decoder = undefined
        }
      }
    }
    return items.length ? items : undefined
  }
  return { pull, lastEventId: () => id }
}

/** The UTF-8 bytes of an id as characters, which is how `Headers` takes them; nothing if no header may hold them. */
function headerText(id: string): string | undefined {
  const bytes = [...new TextEncoder().encode(id)]
  return id && bytes.every((byte) => byte > 31 && byte !== 127) ? String.fromCharCode(...bytes) : undefined
}
