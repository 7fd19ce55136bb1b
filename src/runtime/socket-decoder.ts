import { StreamError } from './errors.js'
import type { SocketFailure } from './socket-close.js'
import type { DecodeMessage, SocketFrame } from './socket-messages.js'
import type { SocketSession } from './socket-session.js'

/** Makes what reads the frames of a socket in order. It gives an error of kind `parse`, and tells `onError`, where it cannot. */
export function newDecoder(session: SocketSession, decode: DecodeMessage): (frame: SocketFrame) => unknown {
  let position = 0
  return (frame) => {
    position++
    try {
      const message = decode(frame)
      if (message !== undefined) return message
    } catch {
      // The exception of JSON.parse shows the text.
    }
    const error = new StreamError(`message ${position} cannot be decoded`, {
      kind: 'parse',
      position,
      excerpt: `${frame}`.slice(0, 1024),
    })
    try {
      // It is of kind `parse`.
      session.options.onError?.(error as SocketFailure)
    } catch (error) {
      session.finish({ isLocal: true, error })
    }
    return error
  }
}
