import type { CallDefaults, ReconnectOption } from './client.js'
import { StreamError } from './errors.js'
import { ignore, type Session, setStatus, wait } from './session.js'

/** Counts attempts and spaces them out. */
export interface BackOff {
  /** Attempts in a row that neither brought an item nor held. */
  attempts: number
  /** The delay that the server asked for last, in milliseconds. */
  retry?: number | undefined
  /** When the connection was accepted. */
  openedAt?: number | undefined
  /** Milliseconds until the next attempt is due; `undefined` where there is to be none. */
  readonly nextDelay: () => number | undefined
}

/** Spaces out the attempts of a session. */
export interface Reconnector extends BackOff {
  /** Closes the connection and waits until the next attempt is due; rejects with `error` if there is to be none. */
  readonly recover: (error: unknown) => Promise<void>
}

/**
 * Delays grow from `minDelay`, or what the server asks for, by two each time, with up to half as much again at random, up
 * to `maxDelay` at most. They start anew once a connection has held for twice `maxDelay`, not at its first byte: a server
 * that accepts and drops is not stormed.
 */
export function newBackOff({
  minDelay = 1000,
  maxDelay = 30_000,
  maxAttempts,
}: Pick<CallDefaults, ReconnectOption>): BackOff {
  let limit = maxAttempts ?? 5
  let growth = 1
  const state: BackOff = {
    attempts: 0,
    nextDelay: () => {
      const { openedAt, retry = minDelay } = state
      state.openedAt = undefined
      if (openedAt !== undefined) {
        limit = maxAttempts ?? Infinity
        if (performance.now() - openedAt > 2 * maxDelay) {
          growth = 1
          state.attempts = 0
        }
      }
      if (state.attempts >= limit) return undefined
      // `retry: 0` makes no hot loop, unless the user sets one up.
      const least = Math.max(retry, Math.min(minDelay, 50), 1)
      // At the cap there is jitter too: clients that lost the same server do not come back at the same moment.
      const delay = Math.min(least * growth, maxDelay / 1.5) * (1 + Math.random() / 2)
      growth *= 2
      return Math.max(delay, Math.min(least, maxDelay))
    },
  }
  return state
}

/** Delays as above; `Retry-After` is honoured up to a minute (RFC 9110 section 10.2.3). */
export function newReconnector(session: Session): Reconnector {
  const backOff = newBackOff(session.settings)
  return Object.assign(backOff, {
    recover: async (error: unknown) => {
      if (!(error instanceof StreamError && error.retryable)) throw error
      const least = backOff.nextDelay()
      if (least === undefined) throw error
      session.release()
      const delay = Math.max(least, Math.min(retryAfter(error), 60_000))
      setStatus(session, 'reconnecting', { attempt: backOff.attempts, delay, error })
      // Time that runs out ends the wait, and so does the end of the session.
      await wait(session, new Promise(ignore), { after: delay }).catch(ignore)
    },
  })
}

/** Milliseconds, of seconds or a date; 0 where there is none. */
function retryAfter({ headers }: StreamError): number {
  const value = headers?.get('retry-after') ?? ''
  return /^\d+$/.test(value) ? +value * 1000 : Date.parse(value) - Date.now() || 0
}
