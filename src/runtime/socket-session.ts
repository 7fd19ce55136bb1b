import type { Client } from './client.js'
import { StreamError } from './errors.js'
import { type BackOff, newBackOff } from './reconnect.js'
import { ignore, newSession, type Session, setStatus } from './session.js'
import type { SocketFailure } from './socket-close.js'
import type { SocketFrame } from './socket-messages.js'
import type { SocketOptions, SocketPlan } from './socket-options.js'
import type { PlatformSocket, SocketEvent } from './socket-platform.js'
import { report } from './stream.js'

type Timer = ReturnType<typeof setTimeout>

/** Why there are no more connections. */
export interface Outcome {
  /** By this side: `close()`, a signal, a mistake in a callback. Nothing is delivered afterwards. */
  readonly isLocal?: boolean
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
  /** The connection, from its handshake on. */
  socket?: PlatformSocket | undefined
  /** How many messages were sent over it. */
  sent: number
  outcome?: Outcome
  readonly backOff: BackOff
  /** The timers: for what does not come, or the next attempt, and of the heartbeat. */
  alarm?: Timer
  beat?: Timer
  /** Sends what waits, or refuses it: there is a connection, or an outcome. */
  pump: () => void
  /** Tells the reader of a message, or of the outcome. */
  wake: () => void
  /** What came and waits to be read. */
  readonly frames: SocketFrame[]
  /** Takes a frame; throws where there is no room for it. */
  take: (frame: SocketFrame) => void
  /** Tells those who listen to the events of the WebSocket. @returns whether there are any. */
  emit: (event: SocketEvent) => boolean
  /** Closes the connection, with 1000 unless told otherwise, and leaves what waits for its end. */
  readonly release: (code?: number, reason?: string) => void
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
  let settle: (ended: Promise<void>) => void = ignore
  const done = new Promise<void>((resolve) => {
    settle = resolve
  })
  const base = newSession(client, options)
  const session: SocketSession = Object.assign(base, {
    plan,
    options,
    done,
    backOff: newBackOff(base.settings),
    sent: 0,
    pump: ignore,
    wake: ignore,
    frames: [],
    take: ignore,
    emit: () => false,
    release: (code = 1000, reason = '') => {
      const { interrupt, socket } = session
      session.interrupt = ignore
      session.socket = undefined
      clearTimeout(session.alarm)
      clearInterval(session.beat)
      interrupt()
      // What is held back would hide the other side's answer.
      if (socket?.isPaused) socket.resume?.()
      socket?.close(code, reason)
    },
    finish: (outcome: Outcome) => {
      if (session.ended || (session.outcome && !outcome.isLocal)) return
      session.outcome = outcome
      session.release()
      session.pump()
      // Whoever reads gets to the end by way of what came before.
      const isUnread = session.isRead && (options.onMessage || session.frames.length)
      if (outcome.isLocal || !isUnread) session.end()
      session.wake()
    },
    end: () => {
      if (session.ended) return
      session.ended = true
      settle(tellEnd(session))
    },
  })
  return session
}

/** Tells the callbacks, and the log of a mistake that nobody else learns of. Rejects with what the socket failed with. */
async function tellEnd(session: SocketSession): Promise<void> {
  const { options, outcome = {} } = session
  const { onComplete, onError, signal } = options
  const { error, isLocal } = outcome
  try {
    setStatus(session, 'closed')
    // Its kind says which of these it is.
    if (error instanceof StreamError && !signal?.aborted) onError?.(error as SocketFailure)
    if ('error' in outcome) throw error
    if (!isLocal) onComplete?.()
  } catch (error) {
    if (error && !session.isHeard && !signal?.aborted && !(error instanceof StreamError)) report(error)
    throw error
  }
}

/** Closes the connection because of an error. */
export function failConnection(session: SocketSession, error: unknown): void {
  session.interrupt(error)
  session.release(4000)
}
