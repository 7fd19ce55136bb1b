import { StreamError } from './errors.js'
import { encodeMessage, frameSize, type SocketFrame } from './socket-messages.js'
import type { SocketSession } from './socket-session.js'

/** A message that waits: its frame, and what settles its promise. */
type Waiting = readonly [frame: SocketFrame, resolve: () => void, reject: (error: unknown) => void]

/**
 * Makes `send`. Messages wait in order, over as many connections as it takes; none is sent twice. Each counts 256
 * besides its length, so that a flood of empty ones is bounded too.
 */
export function newSender(session: SocketSession): (message: unknown) => Promise<void> {
  const { highWaterMark = 262_144, maxQueued = 4_194_304, whenFull } = session.options
  const waiting: Waiting[] = []
  let size = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const isFull = (): boolean => !!session.socket && session.socket.bufferedAmount > highWaterMark
  const pump = (): void => {
    const { outcome, socket } = session
    clearTimeout(timer)
    if (outcome) for (const [, , reject] of waiting.splice(0)) reject(outcome.error ?? closed())
    // [spec] WHATWG WebSockets: what is sent when it closes is dropped without a word. No event tells of room.
    while (waiting[0] && socket?.readyState === 1) {
      if (isFull()) {
        timer = setTimeout(pump, 5)
        return
      }
      const [frame, resolve] = waiting[0]
      socket.send(frame)
      waiting.shift()
      size -= frameSize(frame) + 256
      session.sent++
      resolve()
    }
  }
  session.watchers.push(pump)

  return async (message) => {
    const frame = encodeMessage(message, session.plan.send)
    if (session.outcome) throw closed()
    const next = size + frameSize(frame) + 256
    if ((whenFull === 'fail' && isFull()) || (size && next > maxQueued))
      throw new StreamError('too much waits to be sent', { kind: 'limit' })
    size = next
    return new Promise((resolve, reject) => {
      waiting.push([frame, resolve, reject])
      pump()
    })
  }
}

function closed(): StreamError {
  return new StreamError('closed: not sent', { kind: 'closed' })
}
