import { ignore, type Session, wait } from './exchange.js'
import { type CloseInfo, closeError, isDone } from './socket-close.js'
import { prepareSocket } from './socket-handshake.js'
import { type HeartbeatFrame, newLiveness } from './socket-liveness.js'
import { encodeMessage, type SocketFrame } from './socket-messages.js'
import type { SocketOptions, SocketPlan } from './socket-options.js'
import type { PlatformSocket, SocketEvent } from './socket-platform.js'

/** What a connection needs, and whom it tells. */
export interface ConnectionOptions {
  readonly plan: SocketPlan
  readonly given: Pick<SocketOptions<unknown, unknown>, 'heartbeat' | 'reconnectCodes'>
  /** What it is closed with from this side. */
  readonly farewell: { info: CloseInfo }
  readonly onOpen: (socket: PlatformSocket) => void
  /** Called for each frame until the connection is closed from this side. Throws where there is no room for it. */
  readonly onFrame: (frame: SocketFrame) => void
  /** Called for each event, of which only `close` comes after the connection is closed from this side. */
  readonly onEvent: (event: SocketEvent) => void
}

/** A promise of `undefined` that others settle. */
interface Deferred {
  readonly promise: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Connects and waits for the end. Resolves when the server is done (1000, or no code); rejects with a `StreamError` for
 * a refusal, a loss, another close code, and where nothing came for `idleTimeout`.
 */
export async function runConnection(session: Session, options: ConnectionOptions): Promise<void> {
  const { settings } = session
  const { farewell, plan } = options
  const { idleTimeout, connectTimeout } = settings
  const opened = newDeferred()
  const ended = newDeferred()
  // Closed at once: a frame that comes after one that had no room must not be taken.
  const fail = (error: unknown): void => {
    farewell.info = { code: 4000, reason: '' }
    session.release()
    ended.reject(error)
  }
  const liveness = newLiveness({ idleTimeout, heartbeat: heartbeatOf(options) }, fail)
  let socket: PlatformSocket | undefined
  let isLive = true
  farewell.info = { code: 1000, reason: '' }
  session.release = () => {
    if (!isLive) return
    isLive = false
    liveness.stop()
    socket?.close(farewell.info.code, farewell.info.reason)
  }

  const open = async (): Promise<void> => {
    const start = await prepareSocket(plan.request(), { settings, format: plan.handshake })
    // The time for it may have run out.
    if (!isLive) return
    const made = start()
    socket = made
    made.binaryType = 'arraybuffer'
    const handle = newHandler(made, { ...options, opened, ended })
    const listen = (event: SocketEvent): void => {
      try {
        if (isLive) {
          liveness.see()
          if (event.type === 'open') liveness.start(made)
          handle(event)
        } else if (event.type === 'close') options.onEvent(event)
      } catch (error) {
        fail(error)
      }
    }
    // They stay: `ws` throws where an error event has no listener.
    for (const type of ['open', 'message', 'error', 'close'] as const) made.addEventListener(type, listen)
    await opened.promise
  }

  try {
    await wait(session, Promise.race([open(), ended.promise]), { after: connectTimeout, missing: 'connection' })
    await wait(session, ended.promise, { after: undefined, missing: '' })
  } finally {
    session.release()
  }
}

type Handling = ConnectionOptions & { readonly opened: Deferred; readonly ended: Deferred }

function newHandler(socket: PlatformSocket, options: Handling): (event: SocketEvent) => void {
  const { opened, ended, given, onOpen, onFrame, onEvent } = options
  let isOpen = false
  let problem: string | undefined
  return (event) => {
    const { type, data, code = 1006, reason = '', message } = event
    if (type === 'open') {
      isOpen = true
      onOpen(socket)
      opened.resolve()
    }
    onEvent(event)
    if (type === 'error') problem = message
    // `binaryType` leaves text and ArrayBuffer.
    if (type === 'message') onFrame(data as SocketFrame)
    if (type !== 'close') return
    if (isOpen && isDone(code)) ended.resolve()
    else ended.reject(closeError({ code, reason, isOpen, problem, reconnectCodes: given.reconnectCodes ?? [] }))
  }
}

function heartbeatOf({ given, plan }: ConnectionOptions): HeartbeatFrame | undefined {
  if (!given.heartbeat) return undefined
  const { interval, message } = given.heartbeat
  return { interval, frame: typeof message === 'string' ? message : encodeMessage(message, plan.send) }
}

function newDeferred(): Deferred {
  let resolve = ignore
  let reject: Deferred['reject'] = ignore
  const promise = new Promise<void>((fulfil, refuse) => {
    resolve = fulfil
    reject = refuse
  })
  promise.catch(ignore)
  return { promise, resolve, reject }
}
