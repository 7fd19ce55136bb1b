import type { SocketSession } from './socket-session.js'

/** Sends a message at intervals while a connection is open: pings are not visible to scripts (RFC 6455 section 5.5.2). */
export function newHeartbeat(session: SocketSession): void {
  const { heartbeat } = session.options
  if (!heartbeat) return
  const { interval, message } = heartbeat
  // Bytes go as they are, which the type of the message says.
  const frame =
    typeof message === 'string' || session.plan.send !== 'json' ? (message as string) : JSON.stringify(message)
  let timer: ReturnType<typeof setInterval> | undefined
  session.watchers.push(() => {
    clearInterval(timer)
    const { socket } = session
    if (socket) timer = setInterval(() => socket.readyState === 1 && socket.send(frame), interval)
  })
}
