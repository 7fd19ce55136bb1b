import { type Client, type ClientOptions, mergeOptions, type RequestOptions } from './client.js'
import { StreamError } from './errors.js'
import { type Accepted, isAccepted, typeOf } from './media-type.js'
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

/** The options of one call over those of its client, and the document's server. */
export type Settings = Pick<Client, 'server'> &
  ClientOptions &
  Omit<StreamOptions, keyof RequestOptions> &
  Pick<StreamOptions, 'signal' | 'onError'>

/** What a kind of stream asks for. */
export interface ExchangePlan extends Accepted {
  readonly request: () => RequestPlan
  /** Whether text that is not UTF-8 is refused. */
  readonly fatal?: boolean | undefined
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
export function newSession(client: Client, options: Omit<RequestOptions, 'onError'> = {}): Session {
  const { options: defaults, server } = options.client ?? client
  // The options of the kinds of stream differ only in what their own module reads.
  const settings = { ...mergeOptions(defaults, options as Settings), server }
  return { settings, status: 'connecting', ended: false, interrupt: ignore, release: ignore }
}

/** Sets the status and tells the observer. */
export function setStatus(session: Session, status: StreamStatus, reconnect?: ReconnectInfo): void {
  session.status = status
  session.settings.onStatusChange?.(status, reconnect)
}

/** How long something is waited for. */
export interface Limit {
  /** Milliseconds; without it there is no limit. */
  readonly after: number | undefined
  /** What is waited for, for the error. */
  readonly missing: string
}

/** Waits for work, but not longer than the limit; the end of the session rejects at once. */
export function wait<T>(session: Session, work: PromiseLike<T>, { after, missing }: Limit): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  return new Promise<T>((resolve, reject) => {
    session.interrupt = reject
    work.then(resolve, reject)
    if (!after) return
    timer = setTimeout(() => {
      reject(new StreamError(`no ${missing} within ${after} ms`, { kind: 'timeout', retryable: true }))
    }, after)
  }).finally(() => clearTimeout(timer))
}

/**
 * Sends one request and leaves its body in `session.reader`, which a 204 or 205 does not have. Rejects with a
 * `StreamError` where there is no answer, where its status is not 2xx or its media type is not accepted.
 */
export async function exchange(session: Session, plan: ExchangePlan): Promise<Response> {
  const { settings } = session
  const controller = new AbortController()
  session.release = () => {
    session.reader?.cancel().catch(ignore)
    controller.abort()
  }
  const response = await wait(session, send(plan, settings, controller.signal), {
    after: settings.connectTimeout,
    missing: 'answer (over HTTP/1.1 browsers keep 6 connections per origin)',
  })
  const { ok, status, body } = response
  // [spec] Fetch: 204 and 205 have no body. Browsers give them an empty one.
  const isEmpty = status === 204 || status === 205
  session.reader = isEmpty ? undefined : body?.getReader()
  if (!ok || !(isEmpty || (body && isAccepted(response, plan)))) throw await refusal(session, response, plan)
  setStatus(session, 'open')
  settings.onOpen?.(response)
  return response
}

async function send({ request, accept }: ExchangePlan, settings: Settings, signal: AbortSignal): Promise<Response> {
  const plan = request()
  try {
    const { url, init } = await buildRequest(plan, accept, settings)
    if (!settings.fetch && !/^\w+:/.test(url) && !('location' in globalThis)) {
      throw new StreamError('baseUrl is not absolute', { kind: 'network' })
    }
    // A token may have come too late.
    signal.throwIfAborted()
    return await (settings.fetch ?? fetch)(url, { ...init, signal })
  } catch (cause) {
    throw lost('no connection', cause)
  }
}

/** The error for an answer that is none, with the first 64 KiB of its body, or what came before the connection was lost. */
async function refusal(session: Session, response: Response, { accept }: Accepted): Promise<StreamError> {
  const { ok, status, headers, body } = response
  const type = typeOf(response)
  const read = textReader(session)
  let text = ''
  try {
    for (let part: string | undefined = ''; part !== undefined && text.length < 65_536; part = await read())
      text += part
  } catch {
    // It is all there is to tell.
  }
  text = text.slice(0, 65_536)
  if (ok || !status) {
    const message = `${body ? type || 'no media type' : 'no body'} in place of ${accept}`
    return new StreamError(message, { kind: 'content-type', excerpt: text.slice(0, 1024) })
  }
  return new StreamError(`HTTP status ${status}`, {
    kind: 'http',
    status,
    headers,
    body: /json$/.test(type) ? jsonOrText(text) : text,
    // RFC 9110 section 15: those that pass.
    retryable: /408|425|429|50[0234]/.test(`${status}`),
  })
}

/** What a server said in its own way: not all send JSON where they say so, and it may have been cut. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The next bytes of the body; `undefined` at its end. Rejects when the connection is lost or idle for too long. */
export async function readBytes(session: Session): Promise<Uint8Array | undefined> {
  const { reader, settings } = session
  const { idleTimeout: after } = settings
  try {
    const work = reader?.read()
    const part = await (work && after ? wait(session, work, { after, missing: 'bytes' }) : work)
    return part?.value
  } catch (cause) {
    throw lost('connection lost', cause)
  }
}

/**
 * Reads text: UTF-8 whatever the header says, one byte order mark dropped, wrong bytes as U+FFFD, or refused if `fatal`;
 * `undefined` at the end of the body.
 */
export function textReader(session: Session, fatal: boolean = false): () => Promise<string | undefined> {
  // Node is several times slower with `stream`: it is for those chunks that may end inside of a character.
  const options = { ignoreBOM: true, fatal }
  const whole = new TextDecoder('utf-8', options)
  const cut = new TextDecoder('utf-8', options)
  let isCut = false
  let isStart = true
  return async () => {
    const bytes = await readBytes(session)
    const stream = !!bytes && !((bytes[bytes.length - 1] ?? 128) < 128)
    let text: string
    try {
      text = (isCut || stream ? cut : whole).decode(bytes, { stream })
    } catch {
      throw new StreamError('the text is not UTF-8', { kind: 'parse' })
    }
    isCut = stream
    if (isStart && text) {
      isStart = false
      text = text.replace(/^\ufeff/, '')
    }
    return text || (bytes && '')
  }
}

/** Reads the text of the only answer; `push` gets it piece by piece, and `undefined` at its end. */
export async function* readText(
  session: Session,
  plan: ExchangePlan,
  push: (text: string | undefined) => void,
): AsyncGenerator<void, void, undefined> {
  await exchange(session, plan)
  const read = textReader(session, plan.fatal)
  let text: string | undefined
  do {
    text = await read()
    push(text)
    yield
  } while (text !== undefined)
}

/** The error for a connection that failed, unless it is one already; the same request may succeed later. */
export function lost(message: string, cause?: unknown): StreamError {
  return cause instanceof StreamError ? cause : new StreamError(message, { kind: 'network', retryable: true, cause })
}

/** Takes the rejection of what nobody waits for any more. */
export function ignore(): void {}
