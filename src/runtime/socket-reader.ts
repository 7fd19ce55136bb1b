import { StreamError } from './errors.js'
import { newDecoder } from './socket-decoder.js'
import { type DecodeMessage, frameCost } from './socket-messages.js'
import type { SocketSession } from './socket-session.js'

/** The messages, for one reader at a time. Leaving the loop does not close the socket. */
type Read = () => AsyncGenerator<unknown, void, undefined>

/** How much waits before the other side is held back, where the platform can do that. */
const enough = 65_536

/** Iteration; `onMessage` starts it at once. It takes up after a message that cannot be decoded. */
export function newReader(session: SocketSession, decode: DecodeMessage): AsyncIterable<unknown> {
  const read = newRead(session, decode)
  const claim: Read = () => {
    if (session.isRead) throw new StreamError('already read', { kind: 'closed' })
    session.isRead = true
    return read()
  }
  if (session.options.onMessage) deliver(session, claim())
  return {
    [Symbol.asyncIterator]() {
      const messages = claim()
      const leave = messages.return
      session.isHeard = true
      // It would wait for the message that is being waited for.
      messages.return = (value) => {
        session.finish({ isLocal: true })
        return leave.call(messages, value)
      }
      return messages
    },
  }
}

async function deliver(session: SocketSession, messages: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const message of messages) if (!session.ended) await session.options.onMessage?.(message)
  } catch (error) {
    session.finish({ isLocal: true, error })
  }
}

/** Keeps what comes until it is read. The end comes after it, unless it is of this side. */
function newRead(session: SocketSession, decode: DecodeMessage): Read {
  const { maxQueued = 4_194_304, onInvalid, onMessage } = session.options
  const { frames, settings } = session
  const { maxItemLength = 16_777_216 } = settings
  const decodeNext = newDecoder(session, decode)
  let size = 0

  session.take = (frame) => {
    const cost = frameCost(frame)
    size += cost
    const isTooLong = cost > maxItemLength + 256
    if (isTooLong || (frames.length && size > maxQueued))
      throw new StreamError(isTooLong ? 'a message is too long' : 'too much waits to be read', { kind: 'limit' })
    if (size > enough) session.socket?.pause?.()
    frames.push(frame)
    session.wake()
  }
  return async function* () {
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
      if (size < enough && session.socket?.isPaused) session.socket.resume?.()
      const message = decodeNext(frame)
      if (!(message instanceof StreamError)) yield message
      else if (!onMessage && onInvalid !== 'skip') {
        session.isRead = false
        throw message
      }
    }
    session.end()
    await session.done
  }
}
