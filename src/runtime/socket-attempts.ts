import { StreamError } from './errors.js'
import { ignore, type ReconnectInfo, type StreamStatus, setStatus } from './session.js'
import type { CloseInfo } from './socket-close.js'
import { runConnection } from './socket-connection.js'
import type { SocketSession } from './socket-session.js'

/** Connects, and connects again for as long as that is of use and safe. Ends the session; never rejects. */
export async function keepConnected(session: SocketSession): Promise<void> {
  const { done, options, settings } = session
  const { signal } = options
  const abort = (): void => session.finish({ isLocal: true, error: signal?.reason })
  settings.onStatusChange = (status: StreamStatus, info?: ReconnectInfo): void =>
    options.onStatusChange?.(status, info && { ...info, unconfirmed: session.sent })
  signal?.addEventListener('abort', abort)
  done.catch(ignore).then(() => signal?.removeEventListener('abort', abort))
  // The caller gets its handle first.
  await undefined
  if (signal?.aborted) abort()
  try {
    if (!session.outcome) setStatus(session, 'connecting')
    while (!session.outcome) await attempt(session)
  } catch (error) {
    session.finish({ isLocal: !(error instanceof StreamError), error })
  }
}

/** Connects once, and waits until it is time for the next attempt. Rejects where there is to be none. */
async function attempt(session: SocketSession): Promise<void> {
  const { plan, settings, backOff } = session
  const { reconnect = 'auto', minDelay = 1000 } = settings
  backOff.attempts++
  session.sent = 0
  const error = await runConnection(session)
  if (session.outcome) return
  const isSafe = reconnect === 'auto' ? plan.receive || !session.sent : reconnect
  if (!isSafe || !(error instanceof StreamError && error.retryable)) throw error
  // A `StreamError` carries any body. 1013 says that the server has too much to do.
  const info = error.body as CloseInfo | undefined
  backOff.retry = info?.code === 1013 ? minDelay * 5 : undefined
  const delay = backOff.nextDelay()
  if (delay === undefined) throw error
  setStatus(session, 'reconnecting', { attempt: backOff.attempts, delay, error })
  await pause(session, delay)
}

/** Waits, but not longer than the session lasts. */
function pause(session: SocketSession, delay: number): Promise<unknown> {
  return new Promise((resolve) => {
    session.interrupt = resolve
    if (session.outcome) resolve(undefined)
    else session.alarm = setTimeout(resolve, delay)
  })
}
