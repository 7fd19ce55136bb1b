import { StreamError } from './errors.js'
import { ignore, type Session, setStatus } from './exchange.js'
import type { SocketFailure } from './socket-close.js'
import { report } from './stream.js'

/** Why a socket is over; nothing of it after `close()`. */
export interface Outcome {
  /** The server ended it. */
  readonly isComplete?: true
  /** Messages that came before it are still to be read. */
  readonly keepsUnread?: true
  readonly isAbort?: true
  readonly error?: unknown
}

/** How a socket ends, and who is told. */
export interface Lifecycle {
  readonly done: Promise<void>
  readonly outcome: () => Outcome | undefined
  /** Tells that it connects, unless it is aborted already. */
  readonly start: () => void
  /** There are no more connections. The first outcome counts. */
  readonly finish: (outcome: Outcome) => void
  /** What was left has been read: tells all. */
  readonly end: () => void
}

export interface LifecycleOptions {
  readonly onComplete: (() => void) | undefined
  readonly onError: ((error: SocketFailure) => void) | undefined
  /** Called at `finish`, before anyone is told. */
  readonly onFinish: (outcome: Outcome) => void
  /** Nothing is left to be read, or nobody is reading. */
  readonly isRead: () => boolean
  /** Somebody learns of an exception by other ways than `onError`. */
  readonly isHeard: () => boolean
}

export function newLifecycle(session: Session, options: LifecycleOptions): Lifecycle {
  const { signal } = session.settings
  let outcome: Outcome | undefined
  let settle: (failure?: Outcome) => void = ignore
  const done = new Promise<void>((resolve, reject) => {
    settle = (failure) => (failure ? reject(failure.error) : resolve())
  })
  done.catch(ignore)

  const end = (): void => {
    if (session.ended || !outcome) return
    session.ended = true
    const { error, isAbort, isComplete } = outcome
    try {
      setStatus(session, 'closed')
      if (isComplete) options.onComplete?.()
      // Its kind says which of these it is.
      if (!isAbort && error instanceof StreamError) options.onError?.(error as SocketFailure)
    } catch (error) {
      outcome = { error }
    }
    const failure = 'error' in outcome ? outcome : undefined
    settle(failure)
    // A mistake in a callback must not be lost.
    if (failure && !failure.isAbort && !(failure.error instanceof StreamError) && !options.isHeard())
      report(failure.error)
  }

  const finish = (next: Outcome): void => {
    if (outcome) return
    outcome = next
    signal?.removeEventListener('abort', onAbort)
    session.release()
    session.interrupt()
    options.onFinish(next)
    if (!next.keepsUnread || options.isRead()) end()
  }
  const onAbort = (): void => finish({ error: signal?.reason, isAbort: true })
  const start = (): void => {
    if (!outcome && signal?.aborted) onAbort()
    if (outcome) return
    signal?.addEventListener('abort', onAbort)
    setStatus(session, 'connecting')
  }
  return { done, outcome: () => outcome, start, finish, end }
}
