import { StreamError } from './errors.js'
import { closeError, farewell, refusalError } from './socket-close.js'
import { prepareSocket } from './socket-handshake.js'
import type { SocketFrame } from './socket-messages.js'
import { eventTypes, type PlatformSocket, type SocketEvent } from './socket-platform.js'
import type { SocketSession } from './socket-session.js'

/** Closes the connection from this side, with 4000 where there is an error. */
type Settle = (error?: unknown) => void

/**
 * Connects and waits for the end. Resolves when the server is done (1000, or no code); rejects with a `StreamError` for
 * a refusal, a loss, another close code, and where nothing came in time; with nothing when the session ended.
 */
export function runConnection(session: SocketSession, onOpen: (socket: PlatformSocket) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let socket: PlatformSocket | undefined
    let isLive = true
    const settle: Settle = (error) => {
      // Closed at once: a frame that comes after one that had no room must not be taken.
      if (error) session.farewell = farewell(4000)
      session.release()
      if (error) reject(error)
      else resolve()
    }
    const expect = newAlarm(session, settle)
    session.farewell = farewell()
    session.interrupt = reject
    session.release = () => {
      isLive = false
      session.socket = undefined
      expect('')
      session.notify()
      // What is held back would hide the other side's answer.
      if (socket?.isPaused) socket.resume?.()
      socket?.close(...session.farewell)
    }

    const connect = async (): Promise<void> => {
      const start = await prepareSocket(session)
      // The time for it may have run out.
      if (!isLive) return
      const made = start()
      socket = made
      made.binaryType = 'arraybuffer'
      const handle = newHandler(session, { socket: made, onOpen, expect, settle })
      const listen = (event: SocketEvent): void => {
        if (isLive) handle(event)
        else if (event.type === 'close') session.emit(event)
      }
      // They stay: `ws` throws where an error event has no listener.
      for (const type of eventTypes) made.addEventListener(type, listen)
    }
    expect('connection', session.settings.connectTimeout)
    connect().catch(settle)
  })
}

/** Ends a connection where something is missing for so many milliseconds; each call takes the place of the one before. */
type Alarm = (missing: string, after?: number) => void

function newAlarm(session: SocketSession, settle: Settle): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined
  const expect: Alarm = (missing, after) => {
    clearTimeout(timer)
    if (!after) return
    timer = setTimeout(() => {
      // Nothing can come while it is held back.
      if (session.socket?.isPaused) expect(missing, after)
      else settle(new StreamError(`no ${missing} within ${after} ms`, { kind: 'timeout', retryable: true }))
    }, after)
  }
  return expect
}

interface Handling {
  readonly socket: PlatformSocket
  readonly onOpen: (socket: PlatformSocket) => void
  readonly expect: Alarm
  readonly settle: Settle
}

function newHandler(
  session: SocketSession,
  { socket, onOpen, expect, settle }: Handling,
): (event: SocketEvent) => void {
  return (event) => {
    const { type, data, code = 1006, reason = '', message } = event
    try {
      if (type === 'open') {
        session.socket = socket
        onOpen(socket)
        session.notify()
      }
      const isHeard = session.emit(event)
      if (type === 'message' || type === 'open') expect('message', session.settings.idleTimeout)
      if (type === 'message') {
        // Whoever listens may leave the messages unread. `binaryType` leaves text and ArrayBuffer.
        if (session.isRead || !isHeard) session.take(data as SocketFrame)
      }
      // Node 22 tells of a refusal by an error alone; others close as well.
      else if (!session.socket) settle(refusalError(message))
      else if (type === 'close') settle(closeError({ code, reason }, session.options.reconnectCodes))
    } catch (error) {
      settle(error)
    }
  }
}
