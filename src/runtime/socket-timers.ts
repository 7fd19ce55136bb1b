import { StreamError } from './errors.js'
import type { Limit } from './session.js'
import { failConnection, type SocketSession } from './socket-session.js'

/** Timers take more, such as `Infinity`, for none at all. */
const longest = 2_147_483_647

/** Fails the connection where something does not come in time; takes the place of what was expected before. */
export function expectWithin(session: SocketSession, { missing, after }: Limit): void {
  const ring = (): void => {
    // Nothing can come while it is held back.
    if (session.socket?.isPaused) expectWithin(session, { missing, after })
    else
      failConnection(session, new StreamError(`no ${missing} within ${after} ms`, { kind: 'timeout', retryable: true }))
  }
  clearTimeout(session.alarm)
  if (after) session.alarm = setTimeout(ring, Math.min(after, longest))
}

/** Sends a message at intervals while the connection is open: pings are not visible to scripts (RFC 6455 section 5.5.2). */
export function startHeartbeat(session: SocketSession): void {
  const { heartbeat } = session.options
  if (!heartbeat) return
  const { interval, message } = heartbeat
  const frame = typeof message === 'string' ? message : session.plan.send?.(message)
  const beat = (): unknown => frame && session.socket?.send(frame)
  session.beat = setInterval(beat, Math.min(interval, longest))
}
