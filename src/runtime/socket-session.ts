import type { Client } from './client.js'
import { StreamError } from './errors.js'
import { ignore, newSession, type Session, setStatus } from './session.js'
import { farewell, type SocketFailure } from './socket-close.js'
import type { SocketFrame } from './socket-messages.js'
import type { SocketOptions, SocketPlan } from './socket-options.js'
import type { PlatformSocket, SocketEvent } from './socket-platform.js'
import { report } from './stream.js'

/** Why there are no more connections. */
export interface Outcome {
  /** By this side: `close()`, a signal, a mistake in a callback. Nothing is delivered afterwards. */
  readonly isLocal?: boolean
  /** The server is done. */
  readonly isComplete?: boolean
  /** Absent where it is no failure. */
  readonly error?: unknown
}

/** One socket from its start to its end, over all its connections. */
export interface SocketSession extends Session {
  readonly plan: SocketPlan
  readonly options: SocketOptions<unknown, unknown>
  readonly done: Promise<void>
  /** Somebody learns of mistakes in callbacks by other ways than the log. */
  isHeard?: boolean
  /** Somebody reads the messages. */
  isRead?: boolean
  /** The connection that is open. */
  socket?: PlatformSocket | undefined
  /** How many messages were sent over it. */
  sent: number
  /** What the connection is closed with from this side. */
  farewell: readonly [code: number, reason: string]
  outcome?: Outcome
  /** Called when a connection has opened, when it is closed, and at the end. */
  readonly watchers: (() => void)[]
  readonly notify: () => void
  /** Whether somebody is still to get messages that came before the end. */
  isUnread: () => boolean
  /** Takes a frame; throws where there is no room for it. */
  take: (frame: SocketFrame) => void
  /** Tells those who listen to the events of the WebSocket. @returns whether there are any. */
  emit: (event: SocketEvent) => boolean
  /** Tells that it connects, unless it is aborted already. */
  readonly start: () => void
  /** Ends it: what is sent is refused from now on. The first outcome counts, but for those of this side. */
  readonly finish: (outcome: Outcome) => void
  /** Tells of the end, now that what came before it has been read. */
  readonly end: () => void
}

/** A socket that has not connected yet. */
export function newSocketSession(
  client: Client,
  options: SocketOptions<unknown, unknown>,
  plan: SocketPlan,
): SocketSession {
  const { signal } = options
  const watchers: SocketSession['watchers'] = []
  let settle: (failure?: Outcome) => void = ignore
  const done = new Promise<void>((resolve, reject) => {
    settle = (failure) => (failure ? reject(failure.error) : resolve())
  })
  done.catch(ignore)
  const abort = (): void => session.finish({ isLocal: true, error: signal?.reason })
  const notify = (): void => {
    for (const tell of watchers) tell()
  }

  const session: SocketSession = {
    ...newSession(client, options),
    plan,
    options,
    done,
    sent: 0,
    farewell: farewell(),
    watchers,
    notify,
    release: notify,
    isUnread: () => false,
    take: ignore,
    emit: () => false,
    start: () => {
      if (signal?.aborted) abort()
      if (session.outcome) return
      signal?.addEventListener('abort', abort)
      setStatus(session, 'connecting')
    },
    finish: (outcome) => {
      if (session.ended || (session.outcome && !outcome.isLocal)) return
      session.outcome = outcome
      session.release()
      session.interrupt()
      if (outcome.isLocal || !session.isUnread()) session.end()
    },
    end: () => {
      if (session.ended) return
      session.ended = true
      signal?.removeEventListener('abort', abort)
      settle(tellEnd(session))
    },
  }
  return session
}

/** Tells the callbacks, and the log of a mistake that nobody else learns of. @returns what it failed with, if it did. */
function tellEnd(session: SocketSession): Outcome | undefined {
  const { outcome = {}, options } = session
  const { onComplete, onError, signal } = options
  try {
    setStatus(session, 'closed')
    if (outcome.isComplete) onComplete?.()
    // Its kind says which of these it is.
    if (outcome.error instanceof StreamError && !signal?.aborted) onError?.(outcome.error as SocketFailure)
  } catch (error) {
    session.outcome = { error }
  }
  if (!session.outcome || !('error' in session.outcome)) return undefined
  const { error } = session.outcome
  if (!session.isHeard && !signal?.aborted && !(error instanceof StreamError)) report(error)
  return session.outcome
}
