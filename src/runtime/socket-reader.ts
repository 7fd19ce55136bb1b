import { StreamError } from './errors.js'
import { ignore } from './session.js'
import type { SocketFailure } from './socket-close.js'
import { decodeMessage, frameSize, type SocketFrame, type SocketPayload } from './socket-messages.js'
import type { SocketSession } from './socket-session.js'

/** The messages, for one reader at a time. Leaving the loop does not close the socket. */
export type Read = () => AsyncGenerator<unknown, void, undefined>

/** How much waits before the other side is held back, where the platform can do that. */
const enough = 65_536

/** Makes what reads. Iteration takes up after a message that cannot be decoded; callbacks and `skip` go on. */
export function newReader(session: SocketSession, payload: SocketPayload | undefined): Read {
  const { onError, onInvalid, onMessage } = session.options
  const next = newInbox(session, () => !!onMessage)
  let position = 0
  let isTold = false

  async function* read(): ReturnType<Read> {
    for (let frame = await next(); frame !== undefined; frame = await next()) {
      const message = decodeMessage(frame, { payload, position: ++position })
      if (!(message instanceof StreamError)) {
        yield message
        continue
      }
      try {
        // It is of kind `parse`.
        onError?.(message as SocketFailure)
      } catch (error) {
        session.finish({ isLocal: true, error })
      }
      if (onMessage || onInvalid === 'skip') continue
      session.isRead = false
      throw message
    }
    session.end()
    const { outcome } = session
    if (isTold || !outcome || !('error' in outcome)) return
    isTold = true
    throw outcome.error
  }
  return () => {
    if (session.isRead) throw new StreamError('already read', { kind: 'closed' })
    session.isRead = true
    return read()
  }
}

/**
 * Keeps what comes until it is read; `undefined` at the end. Each message counts 256 besides its length, so that a flood of
 * empty ones is bounded too; one alone may be larger.
 */
function newInbox(session: SocketSession, isDelivered: () => boolean): () => Promise<SocketFrame | undefined> {
  const { maxQueued = 4_194_304 } = session.options
  const { maxItemLength = 16_777_216 } = session.settings
  const frames: SocketFrame[] = []
  let size = 0
  let wake = ignore

  session.isUnread = () => !!session.isRead && (isDelivered() || frames.length > 0)
  session.watchers.push(() => {
    if (session.outcome?.isLocal) frames.length = 0
    wake()
  })
  session.take = (frame) => {
    const length = frameSize(frame)
    const next = size + length + 256
    const isTooLong = length > maxItemLength
    if (isTooLong || (frames.length && next > maxQueued))
      throw new StreamError(isTooLong ? 'a message is too long' : 'too much waits to be read', { kind: 'limit' })
    size = next
    if (size > enough) session.socket?.pause?.()
    frames.push(frame)
    wake()
  }
  return async () => {
    while (!frames.length && !session.outcome) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    const frame = frames.shift()
    if (frame !== undefined) size -= frameSize(frame) + 256
    if (size < enough && session.socket?.isPaused) session.socket.resume?.()
    return frame
  }
}
