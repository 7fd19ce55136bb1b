import { StreamError } from './errors.js'
import type { SocketFrame } from './socket-messages.js'
import type { PlatformSocket } from './socket-platform.js'

/** A frame that is sent at every interval, in milliseconds. */
export interface HeartbeatFrame {
  readonly interval: number
  readonly frame: SocketFrame
}

/** Watches whether the other side is still there: pings and pongs are not visible to scripts (RFC 6455 section 5.5.2). */
export interface Liveness {
  readonly start: (socket: PlatformSocket) => void
  /** Something came. */
  readonly see: () => void
  readonly stop: () => void
}

/** Calls `fail` where nothing came for `idleTimeout` milliseconds. */
export function newLiveness(
  {
    idleTimeout,
    heartbeat,
  }: { readonly idleTimeout: number | undefined; readonly heartbeat: HeartbeatFrame | undefined },
  fail: (error: StreamError) => void,
): Liveness {
  let idle: ReturnType<typeof setTimeout> | undefined
  let beat: ReturnType<typeof setInterval> | undefined
  let seen = 0

  // One timer that looks at the clock: setting one for each message costs more than the message.
  const check = (limit: number): void => {
    const rest = limit - (performance.now() - seen)
    if (rest > 0) idle = setTimeout(check, rest, limit)
    else fail(new StreamError(`no message within ${limit} ms`, { kind: 'timeout', retryable: true }))
  }
  const see = (): void => {
    seen = performance.now()
  }
  return {
    see,
    start: (socket) => {
      see()
      if (idleTimeout) check(idleTimeout)
      if (heartbeat)
        beat = setInterval(() => socket.readyState === 1 && socket.send(heartbeat.frame), heartbeat.interval)
    },
    stop: () => {
      clearTimeout(idle)
      clearInterval(beat)
    },
  }
}
