import { StreamError } from './errors.js'
import { type EncodeMessage, frameCost, type SocketFrame } from './socket-messages.js'
import type { SocketSession } from './socket-session.js'

/** A message that waits: its frame, and what settles its promise. */
type Waiting = readonly [frame: SocketFrame, resolve: () => void, reject: (error: unknown) => void]

/** Makes `send`. Messages wait in order, over as many connections as it takes; none is sent twice. */
export function newSender(session: SocketSession, encode: EncodeMessage): (message: unknown) => Promise<void> {
  const { highWaterMark = 262_144, maxQueued = 4_194_304, whenFull } = session.options
  const waiting: Waiting[] = []
  let size = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const isFull = (): boolean => !!session.socket && session.socket.bufferedAmount > highWaterMark
  session.pump = () => {
    const { outcome, socket } = session
    clearTimeout(timer)
    if (outcome) for (const [, , reject] of waiting.splice(0)) reject(outcome.error ?? closed())
    // [spec] WHATWG WebSockets: what is sent when it closes is dropped without a word. No event tells of room.
    while (waiting[0] && socket?.readyState === 1) {
      if (isFull()) {
        timer = setTimeout(session.pump, 5)
        return
      }
      const [frame, resolve, reject] = waiting[0]
      waiting.shift()
      size -= frameCost(frame)
      try {
        socket.send(frame)
        session.sent++
        resolve()
      } catch (error) {
        reject(error)
      }
    }
  }
  // What is thrown here rejects.
  return (message) =>
    new Promise((resolve, reject) => {
      const frame = encode(message)
      // What is neither text nor bytes has no cost.
      if (frame === undefined || !frameCost(frame))
        throw new StreamError('cannot be sent: not a message', { kind: 'network' })
      if (session.outcome) throw closed()
      const next = size + frameCost(frame)
      if ((whenFull === 'fail' && isFull()) || (size && next > maxQueued))
        throw new StreamError('too much waits to be sent', { kind: 'limit' })
      size = next
      waiting.push([frame, resolve, reject])
      session.pump()
    })
}

function closed(): StreamError {
  return new StreamError('closed: not sent', { kind: 'closed' })
}
