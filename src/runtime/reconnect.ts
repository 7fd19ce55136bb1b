import { StreamError } from './errors.js'
import { ignore, type Session, setStatus, wait } from './session.js'

/** Counts attempts and spaces them out. */
export interface Reconnector {
  /** Attempts in a row that neither brought an event nor held. */
  attempts: number
  /** The delay that the server asked for last, in milliseconds. */
  retry?: number | undefined
  /** When the connection was accepted. */
  openedAt?: number | undefined
  /** Closes the connection and waits until the next attempt is due; rejects with `error` if there is to be none. */
  readonly recover: (error: unknown) => Promise<void>
}

/**
 * Delays grow from `minDelay`, or what the server asks for, by two each time, with up to half as much again at random, up
 * to `maxDelay` at most. They start anew once a connection has held for twice `maxDelay`, not at its first byte: a server
 * that accepts and drops is not stormed. `Retry-After` is honoured up to a minute (RFC 9110 section 10.2.3).
 */
export function newReconnector(session: Session): Reconnector {
  const { minDelay = 1000, maxDelay = 30_000, maxAttempts } = session.settings
  let limit = maxAttempts ?? 5
  let growth = 1
  const state: Reconnector = {
    attempts: 0,
    recover: async (error) => {
      if (!(error instanceof StreamError && error.retryable)) throw error
      const { openedAt, retry = minDelay } = state
      state.openedAt = undefined
      if (openedAt !== undefined) {
        limit = maxAttempts ?? Infinity
        if (performance.now() - openedAt > 2 * maxDelay) {
          growth = 1
          state.attempts = 0
        }
      }
      if (state.attempts >= limit) throw error
      session.release()
      // `retry: 0` makes no hot loop, unless the user sets one up.
      const least = Math.max(retry, Math.min(minDelay, 50), 1)
      // At the cap there is jitter too: clients that lost the same server do not come back at the same moment.
      const backOff = Math.min(least * growth, maxDelay / 1.5) * (1 + Math.random() / 2)
      const delay = Math.max(backOff, Math.min(least, maxDelay), Math.min(retryAfter(error), 60_000))
      growth *= 2
      setStatus(session, 'reconnecting', { attempt: state.attempts, delay, error })
      // Time that runs out ends the wait, and so does the end of the session.
      await wait(session, new Promise(ignore), { after: delay }).catch(ignore)
    },
  }
  return state
}

/** Milliseconds, of seconds or a date; 0 where there is none. */
function retryAfter({ headers }: StreamError): number {
  const value = headers?.get('retry-after') ?? ''
  return /^\d+$/.test(value) ? +value * 1000 : Date.parse(value) - Date.now() || 0
}
