import { StreamError } from './errors.js'
import { frameSize, type SocketFrame } from './socket-messages.js'
import type { PlatformSocket } from './socket-platform.js'
import { newSocketQueue } from './socket-queue.js'

/** Messages that wait to be sent, in order, over as many connections as it takes; none is sent twice. */
export interface Outbox {
  /** Resolves once the message is handed to an open connection whose buffer had room. */
  readonly send: (frame: SocketFrame) => Promise<void>
  /** Sends over this connection, which is open, from now on. */
  readonly attach: (socket: PlatformSocket) => void
  /** The connection is lost. @returns how many messages were sent over it. */
  readonly detach: () => number
  /** Rejects what waits with the error, if there is one, and all that follows with kind `closed`. */
  readonly fail: (error: unknown) => void
}

export interface OutboxOptions {
  /** The total size of what may wait, in UTF-16 code units and bytes. */
  readonly limit: number | undefined
  /** Bytes in the buffer of the connection above which nothing is added. */
  readonly highWaterMark: number | undefined
  /** Reject where there is no room at once, in place of waiting. */
  readonly refuses: boolean
}

interface Waiting {
  readonly size: number
  readonly frame: SocketFrame
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export function newOutbox({ limit, highWaterMark = 262_144, refuses }: OutboxOptions): Outbox {
  const queue = newSocketQueue<Waiting>(limit)
  let socket: PlatformSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false
  let sent = 0

  const isFull = (): boolean => !!socket && socket.bufferedAmount > highWaterMark

  const pump = (): void => {
    clearTimeout(timer)
    // [spec] WHATWG WebSockets: what is sent when it closes is dropped without a word. No event tells of room.
    while (socket?.readyState === 1 && !queue.isEmpty()) {
      if (isFull()) {
        timer = setTimeout(pump, 5)
        return
      }
      const next = queue.shift()
      if (next) socket.send(next.frame)
      sent++
      next?.resolve()
    }
  }

  return {
    send: (frame) =>
      new Promise((resolve, reject) => {
        if (isClosed) throw closedError()
        if ((refuses && isFull()) || !queue.push({ size: frameSize(frame), frame, resolve, reject }))
          throw new StreamError('too much waits to be sent', { kind: 'limit' })
        pump()
      }),
    attach: (next) => {
      socket = next
      pump()
    },
    detach: () => {
      const count = sent
      socket = undefined
      sent = 0
      return count
    },
    fail: (error = closedError()) => {
      isClosed = true
      clearTimeout(timer)
      for (let next = queue.shift(); next; next = queue.shift()) next.reject(error)
    },
  }
}

function closedError(): StreamError {
  return new StreamError('closed: the message was not sent', { kind: 'closed' })
}
