import { type Client, type ClientOptions, mergeOptions, type RequestOptions } from './client.js'
import { StreamError } from './errors.js'

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

/** One call from its start to its end, over all its attempts. */
export interface Session {
  readonly settings: Settings
  status: StreamStatus
  /** Set once: nothing is read, called or sent after it. */
  ended: boolean
  /** Rejects what is waited for, so that a close never waits for the network, a timer or a token. */
  interrupt: (reason?: unknown) => void
  /** Closes the connection of the current attempt. */
  release: () => void
  /** Ends it with an error. */
  fail: (error: unknown) => void
}

/** A session that has not started yet. */
export function newSession(client: Client, options: Omit<RequestOptions, 'onError'> = {}): Session {
  const { options: defaults, server } = options.client ?? client
  // The options of the kinds of stream differ only in what their own module reads.
  const settings = { ...mergeOptions(defaults, options as Settings), server }
  return { settings, status: 'connecting', ended: false, interrupt: ignore, release: ignore, fail: ignore }
}

/** Sets the status and tells the observer. */
export function setStatus(session: Session, status: StreamStatus, reconnect?: ReconnectInfo): void {
  session.status = status
  observe(session, session.settings.onStatusChange?.(status, reconnect))
}

/** Takes what a callback that only observes has returned: a promise that rejects ends the stream, as an exception does. */
export function observe(session: Session, result: unknown): void {
  Promise.resolve(result).catch(session.fail)
}

/** How long something is waited for. */
export interface Limit {
  /** Milliseconds; without it there is no limit. */
  readonly after?: number | undefined
  /** What is waited for, for the error. */
  readonly missing?: string | undefined
}

/** Waits for work, but not longer than the limit; the end of the session rejects at once. */
export function wait<T>(session: Session, work: PromiseLike<T>, { after, missing }: Limit = {}): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  return new Promise<T>((resolve, reject) => {
    session.interrupt = reject
    work.then(resolve, reject)
    // A callback may have ended it just now.
    if (session.ended) reject()
    else if (after)
      timer = setTimeout(
        () => reject(new StreamError(`no ${missing} within ${after} ms`, { kind: 'timeout', retryable: true })),
        // Timers take more, such as `Infinity`, for none at all.
        Math.min(after, 2 ** 31 - 1),
      )
  }).finally(() => clearTimeout(timer))
}

/** Takes the rejection of what nobody waits for any more. */
export function ignore(): void {}
