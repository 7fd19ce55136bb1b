import { lost } from './errors.js'
import { setStatus } from './session.js'
import { closeError, refusalError } from './socket-close.js'
import { prepareSocket } from './socket-handshake.js'
import type { SocketFrame } from './socket-messages.js'
import { eventTypes, type SocketEvent } from './socket-platform.js'
import { failConnection, type SocketSession } from './socket-session.js'
import { expectWithin, startHeartbeat } from './socket-timers.js'

/** Makes one connection and waits for its end. @returns what it failed with; of no meaning once there is an outcome. */
export function runConnection(session: SocketSession): Promise<unknown> {
  return new Promise((resolve) => {
    session.interrupt = resolve
    expectWithin(session, { missing: 'connection', after: session.settings.connectTimeout })
    connect(session)
  })
}

async function connect(session: SocketSession): Promise<void> {
  const { interrupt } = session
  // The time for it may run out meanwhile, and the next connection begin.
  const isCurrent = (): boolean => session.interrupt === interrupt
  try {
    const start = await prepareSocket(session)
    if (!isCurrent()) return
    const socket = start()
    session.socket = socket
    socket.binaryType = 'arraybuffer'
    const listen = (event: SocketEvent): void => {
      if (session.socket === socket) handle(session, event)
      else if (event.type === 'close') session.emit(event)
    }
    // They stay: `ws` throws where an error event has no listener.
    for (const type of eventTypes) socket.addEventListener(type, listen)
  } catch (error) {
    if (isCurrent()) failConnection(session, error)
  }
}

function handle(session: SocketSession, event: SocketEvent): void {
  const { type } = event
  try {
    if (type === 'open') open(session)
    if (type === (session.plan.receive ? 'message' : 'open')) session.backOff.attempts = 0
    const isHeard = session.emit(event)
    // Whoever was told may have closed it.
    if (!session.socket || (type === 'error' && session.status === 'open')) return
    // Node 22 tells of a refusal by an error alone; others close as well.
    if (session.status !== 'open') throw refusalError(event.message)
    if (type === 'close') {
      end(session, event)
      return
    }
    expectWithin(session, { missing: 'message', after: session.settings.idleTimeout })
    // Whoever listens may leave the messages unread.
    // `binaryType` leaves text and ArrayBuffer.
    if (type === 'message' && (session.isRead || !isHeard)) session.take(event.data as SocketFrame)
  } catch (error) {
    failConnection(session, error)
  }
}

function open(session: SocketSession): void {
  session.backOff.openedAt = performance.now()
  setStatus(session, 'open')
  // Whoever was told may have closed it.
  if (session.socket) session.options.onOpen?.(session.socket)
  if (session.socket) startHeartbeat(session)
  session.pump()
}

function end(session: SocketSession, event: SocketEvent): void {
  const error = closeError(event, session.options.reconnectCodes)
  if (error || session.settings.reconnect === 'always') throw error ?? lost('ended by the server')
  session.finish({})
}
