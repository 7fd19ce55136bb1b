import type { CallDefaults, Client, ClientOptions, ReconnectOption, RequestOptions } from './client.js'
import { mergeOptions } from './client.js'
import { StreamError } from './errors.js'
import { essence, isAccepted } from './media-type.js'
import { buildRequest, type RequestPlan } from './request.js'

/** Where a stream is. `reconnecting` lasts from a drop or a failed attempt to the next answer. */
export type StreamStatus = 'connecting' | 'open' | 'reconnecting' | 'closed'

/** The answer that a stream is read from. */
export interface OpenInfo {
  /** After redirects. */
  readonly url: string
  readonly status: number
  readonly headers: Headers
}

/** What comes with the status `reconnecting`. */
export interface ReconnectInfo {
  /** How many attempts in a row brought no event. */
  readonly attempt: number
  /** Milliseconds until the next attempt. */
  readonly delay: number
  readonly error: StreamError
}

/** The options of every stream. All of these callbacks only observe: none of them starts the stream. */
export interface StreamOptions<Errors = unknown> extends RequestOptions<Errors> {
  /** Called at each accepted answer, reconnects included. */
  onOpen?: ((info: OpenInfo) => void) | undefined
  onStatusChange?: ((status: StreamStatus, reconnect?: ReconnectInfo) => void) | undefined
  /** Called once, when the stream ended by itself. */
  onComplete?: (() => void) | undefined
}

/** The options of one call over those of its client. */
export type Settings = ClientOptions & Omit<StreamOptions, keyof CallDefaults> & Pick<CallDefaults, ReconnectOption>

/** What a media kind asks for. */
export interface ExchangePlan {
  readonly request: () => RequestPlan
  readonly accept: readonly string[]
  /** Further media types that an answer may have. */
  readonly kind: RegExp
}

interface ByteReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
  cancel(): Promise<void>
}

/** One call from its start to its end, over all its attempts. */
export interface Session {
  readonly settings: Settings
  status: StreamStatus
  /** Set once: nothing is read, called or sent after it. */
  ended: boolean
  reader?: ByteReader | undefined
  /** Rejects what is waited for, so that a close never waits for the network, a timer or a token. */
  interrupt: (reason?: unknown) => void
  /** Closes the connection of the current attempt. */
  release: () => void
}

/** A session that has not started yet. */
export function newSession(client: Client, options: Omit<RequestOptions, 'onError'> | undefined): Session {
  // The options of the kinds of stream differ only in what their own module reads.
  const settings = mergeOptions((options?.client ?? client).options, (options ?? {}) as Settings)
  return { settings, status: 'connecting', ended: false, interrupt: ignore, release: ignore }
}

/** Sets the status and tells the observer. */
export function setStatus(session: Session, status: StreamStatus, reconnect?: ReconnectInfo): void {
  session.status = status
  session.settings.onStatusChange?.(status, reconnect)
}

/** What is waited for, and how long. */
export interface Wait<T> {
  /** Without it the time is waited for. */
  readonly work?: Promise<T> | undefined
  /** Milliseconds; without it the wait has no end. */
  readonly after?: number | undefined
  /** What was not there in time, for the error. */
  readonly missing?: string
}

/** Waits for work or a time; a wait that is too long rejects, and so does the end of the session, at once. */
export async function wait<T>(session: Session, { work, after, missing }: Wait<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      session.interrupt = reject
      work?.then(resolve, reject)
      if (after === undefined) return
      timer = setTimeout(() => {
        if (work) reject(new StreamError(`no ${missing} within ${after} ms`, { kind: 'timeout', retryable: true }))
        resolve(undefined)
      }, after)
    })
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Sends one request and leaves its body in `session.reader`. Rejects with a `StreamError` where there is no answer,
 * where its status is not 2xx (the body is in the error) or its media type is not accepted. A 204 or 205 has no reader.
 */
export async function exchange(session: Session, { request, accept, kind }: ExchangePlan): Promise<OpenInfo> {
  const { settings } = session
  const controller = new AbortController()
  session.release = () => {
    session.reader?.cancel().catch(ignore)
    session.reader = undefined
    controller.abort()
  }
  const work = send(session, { request, accept, signal: controller.signal })
  const response = await wait(session, { work, after: settings.connectTimeout, missing: 'answer' })
  if (!response || session.ended) throw new StreamError('closed', { kind: 'closed' })
  const { status, headers, url, body } = response
  const type = headers.get('content-type') ?? ''
  session.reader = body?.getReader()
  if (status && !response.ok) throw await httpError(session, response)
  if (status !== 204 && status !== 205) {
    if (!body) throw new StreamError('the answer has no body that can be read', { kind: 'content-type' })
    if (!isAccepted(type, { declared: accept, kind })) {
      const excerpt = (await readStart(session, 1024)).slice(0, 1024)
      throw new StreamError(`the answer is ${essence(type) || 'of no type'}, not ${accept.join(' or ')}`, {
        kind: 'content-type',
        excerpt,
      })
    }
  }
  setStatus(session, 'open')
  settings.onOpen?.({ url, status, headers })
  return { url, status, headers }
}

async function send(
  session: Session,
  { request, accept, signal }: Pick<ExchangePlan, 'request' | 'accept'> & { readonly signal: AbortSignal },
): Promise<Response> {
  const { settings } = session
  let built: Awaited<ReturnType<typeof buildRequest>>
  try {
    built = await buildRequest(request(), { options: settings, accept })
  } catch (cause) {
    if (cause instanceof StreamError) throw cause
    throw new StreamError('the request could not be made', { kind: 'network', cause })
  }
  const { url, init } = built
  if (!settings.fetch && !/^[\w+.-]+:/.test(url) && !('location' in globalThis)) {
    throw new StreamError('baseUrl must be absolute outside of browsers', { kind: 'network' })
  }
  init.signal = signal
  try {
    // The signal may have been aborted while a token was fetched; then `fetch` is not called.
    if (session.ended) throw undefined
    return await (settings.fetch ?? fetch)(url, init)
  } catch (cause) {
    throw new StreamError('the server cannot be reached', { kind: 'network', retryable: true, cause })
  }
}

/** The next bytes of the body; `undefined` at its end. Rejects when the connection is lost or idle for too long. */
export async function readBytes(session: Session): Promise<Uint8Array | undefined> {
  const { reader, settings } = session
  try {
    const after = settings.idleTimeout
    const work = reader?.read()
    const result = after && work ? await wait(session, { work, after, missing: 'bytes' }) : await work
    return result?.value
  } catch (cause) {
    if (cause instanceof StreamError) throw cause
    throw new StreamError('the connection was lost', { kind: 'network', retryable: true, cause })
  }
}

/** Reads text: UTF-8 whatever the header says, one byte order mark dropped, wrong bytes as U+FFFD. */
export function textReader(session: Session): () => Promise<string | undefined> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let isStart = true
  return async () => {
    const bytes = await readBytes(session)
    const text = decoder.decode(bytes, { stream: !!bytes })
    if (!text) return bytes && ''
    const from = isStart && text.charCodeAt(0) === 0xfeff ? 1 : 0
    isStart = false
    return from ? text.slice(1) : text
  }
}

/** The first `length` characters of the body or some more; no error. */
async function readStart(session: Session, length: number): Promise<string> {
  let text = ''
  try {
    const read = textReader(session)
    for (let part: string | undefined = ''; part !== undefined && text.length < length; part = await read())
      text += part
  } catch {
    // What came so far is all there is to tell.
  }
  return text
}

async function httpError(session: Session, { status, headers }: Response): Promise<StreamError> {
  const text = (await readStart(session, 65536)).slice(0, 65536)
  let body: unknown = text
  try {
    if (/json$/.test(essence(headers.get('content-type') ?? ''))) body = JSON.parse(text)
  } catch {
    // Cut or not JSON: the text is the body.
  }
  const wanted = headers.get('retry-after') ?? ''
  const wait = /^\d+$/.test(wanted) ? Number(wanted) * 1000 : Date.parse(wanted) - Date.now()
  return new StreamError(`the server answered with status ${status}`, {
    kind: 'http',
    status,
    headers,
    body,
    // RFC 9110 section 15: a timeout, too early, too many requests, and the failures that pass.
    retryable: [408, 425, 429, 500, 502, 503, 504].includes(status),
    ...(wait > 0 && { retryAfter: wait }),
  })
}

/** Takes the rejection of what nobody waits for any more. */
export function ignore(): void {}
