import { StreamError } from './errors.js'
import { ignore } from './session.js'
import { newDecoder } from './socket-decoder.js'
import type { DecodeMessage } from './socket-messages.js'
import type { SocketSession } from './socket-session.js'

/** Makes `reply`: the one answer, which is the first message. Where none is declared it is the end. */
export function newReply(session: SocketSession, decode: DecodeMessage | undefined): () => Promise<unknown> {
  const { done, options } = session
  const reply = decode
    ? new Promise<unknown>((resolve, reject) => {
        const read = newDecoder(session, decode)
        session.isRead = true
        session.take = (frame) => {
          const message = read(frame)
          if (!(message instanceof StreamError)) resolve(message)
          else if (options.onInvalid !== 'skip') reject(message)
        }
        done.then(() => reject(new StreamError('closed without a reply', { kind: 'closed' })), reject)
      })
    : done
  // Nobody may ask for it.
  reply.catch(ignore)
  return () => {
    session.isHeard = true
    return reply
  }
}
