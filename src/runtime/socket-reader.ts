import { StreamError } from './errors.js'
import { newDecoder } from './socket-decoder.js'
import { type DecodeMessage, frameCost, type SocketFrame } from './socket-messages.js'
import type { SocketSession } from './socket-session.js'

/** Gives the next message. Rejects with what it, or the socket, failed with. Not called before the last one is answered. */
type Step = () => Promise<IteratorResult<unknown, undefined>>

/** How much waits before the other side is held back, where the platform can do that. */
const enough = 65_536

/** Iteration, by one reader at a time; `onMessage` is one from the start. Others take up after a message that cannot be decoded. */
export function newReader(session: SocketSession, decode: DecodeMessage): AsyncIterable<unknown> {
  const step = newStep(session, decode)
  if (session.options.onMessage) {
    session.isRead = true
    deliver(session, step)
  }
  return {
    [Symbol.asyncIterator]() {
      if (session.isRead) throw new StreamError('already read', { kind: 'closed' })
      session.isRead = true
      session.isHeard = true
      // Calls of `next()` are answered in order, also those that do not wait for the one before.
      let last: Promise<unknown> = Promise.resolve()
      const iterator: AsyncIterableIterator<unknown> = {
        next: () => {
          const result = last.then(step, step)
          last = result
          return result
        },
        return: async (value?: unknown) => {
          session.finish({ isLocal: true })
          return { value, done: true }
        },
        [Symbol.asyncIterator]: () => iterator,
      }
      return iterator
    },
  }
}

async function deliver(session: SocketSession, step: Step): Promise<void> {
  try {
    for (let result = await step(); !result.done; result = await step())
      if (!session.ended) await session.options.onMessage?.(result.value)
  } catch (error) {
    session.finish({ isLocal: true, error })
  }
}

/** Keeps what comes until it is read. The end comes after it, unless it is of this side. */
function newStep(session: SocketSession, decode: DecodeMessage): Step {
  const { maxQueued = 4_194_304, onInvalid, onMessage } = session.options
  const read = newDecoder(session, decode)
  const frames: SocketFrame[] = []
  let size = 0
  let isTold = false

  session.isUnread = () => !!session.isRead && (!!onMessage || frames.length > 0)
  session.take = (frame) => {
    size += frameCost(frame)
    if (frames.length && size > maxQueued) throw new StreamError('too much waits to be read', { kind: 'limit' })
    if (size > enough) session.socket?.pause?.()
    frames.push(frame)
    session.wake()
  }
  return async () => {
    while (!session.outcome?.isLocal) {
      const frame = frames.shift()
      if (frame === undefined) {
        if (session.outcome) break
        await new Promise<void>((resolve) => {
          session.wake = resolve
        })
        continue
      }
      size -= frameCost(frame)
      if (size < enough) session.socket?.resume?.()
      const message = read(frame)
      if (!(message instanceof StreamError)) return { value: message, done: false }
      if (onMessage || onInvalid === 'skip') continue
      session.isRead = false
      throw message
    }
    session.end()
    if (!isTold) {
      isTold = true
      await session.done
    }
    return { value: undefined, done: true }
  }
}
