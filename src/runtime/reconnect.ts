import type { StreamError } from './errors.js'
import { type Session, setStatus, wait } from './exchange.js'

/** Counts attempts and spaces them out. */
export interface Reconnector {
  /** An attempt begins. */
  readonly onAttempt: () => void
  /** The server accepted the attempt. */
  readonly onOpen: () => void
  /** An item came: attempts count from zero again. */
  readonly onItem: () => void
  /** The server asks for this delay, in milliseconds. */
  readonly onRetry: (delay: number) => void
  /** Closes the connection and waits until the next attempt is due; rejects with `error` if there is to be none. */
  readonly recover: (error: StreamError) => Promise<void>
}

/**
 * Delays grow from `minDelay`, or what the server asks for, by two each time up to `maxDelay`, with up to half as much
 * again at random. They start anew once a connection has held for twice `maxDelay`, not at its first byte: a server
 * that accepts and drops is not stormed. `Retry-After` is honoured up to a minute.
 */
export function newReconnector(session: Session): Reconnector {
  const { minDelay = 1000, maxDelay = 30_000, maxAttempts } = session.settings
  let attempts = 0
  let limit = maxAttempts ?? 5
  let growth = 1
  let base = minDelay
  let openedAt = Infinity
  return {
    onAttempt: () => {
      attempts++
    },
    onOpen: () => {
      limit = maxAttempts ?? Infinity
      openedAt = performance.now()
    },
    onItem: () => {
      attempts = 0
    },
    onRetry: (delay) => {
      // No hot loop for `retry: 0`, unless the user set one up.
      base = Math.max(delay, Math.min(minDelay, 50))
    },
    recover: async (error) => {
      if (performance.now() - openedAt > 2 * maxDelay) {
        attempts = 0
        growth = 1
      }
      openedAt = Infinity
      if (attempts >= limit) throw error
      session.release()
      const backOff = Math.min(maxDelay, base * growth * (1 + Math.random() / 2))
      const delay = Math.max(backOff, Math.min(error.retryAfter ?? 0, 60_000))
      growth *= 2
      setStatus(session, 'reconnecting', { attempt: attempts, delay, error })
      await wait(session, { after: delay })
    },
  }
}
