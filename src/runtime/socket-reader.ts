import { StreamError } from './errors.js'
import { ignore } from './exchange.js'
import type { SocketFailure } from './socket-close.js'
import type { Inbox } from './socket-inbox.js'
import type { Lifecycle } from './socket-lifecycle.js'
import { decodeMessage, type SocketPayload } from './socket-messages.js'
import { isPromise } from './stream.js'

/** Gives the messages to whoever reads them: the callback, one iteration at a time, or `reply()`. */
export interface Reader {
  readonly isReading: () => boolean
  readonly iterate: () => AsyncIterableIterator<unknown>
  /** Calls `use` for each message. */
  readonly deliver: (use: (message: unknown) => unknown) => Promise<void>
  readonly reply: () => Promise<unknown>
}

export interface ReaderOptions {
  readonly inbox: Inbox
  readonly lifecycle: Lifecycle
  readonly payload: SocketPayload | undefined
  readonly onInvalid: 'throw' | 'skip' | undefined
  readonly onError: ((error: SocketFailure) => void) | undefined
}

/** Who reads, and what becomes of messages that cannot be decoded. */
interface Reading {
  isReading: boolean
  isSkipping: boolean
}

export function newReader(options: ReaderOptions): Reader {
  const { lifecycle, onInvalid } = options
  const reading: Reading = { isReading: false, isSkipping: onInvalid === 'skip' }
  const take = newTake(options, reading)
  let turn: Promise<unknown> = Promise.resolve()
  let replied: Promise<unknown> | undefined

  const next = (): Promise<IteratorResult<unknown>> => {
    const result = turn.then(take)
    turn = result.catch(ignore)
    return result
  }
  const claim = (): void => {
    if (reading.isReading) throw new StreamError('already read', { kind: 'closed' })
    reading.isReading = true
  }
  const readReply = async (): Promise<unknown> => {
    claim()
    const { done, value } = await next()
    reading.isReading = false
    if (done) throw new StreamError('closed without a reply', { kind: 'closed' })
    return value
  }

  return {
    isReading: () => reading.isReading,
    reply: () => {
      replied ??= readReply()
      return replied
    },
    deliver: async (use) => {
      claim()
      reading.isSkipping = true
      try {
        for (let item = await next(); !item.done; item = await next()) {
          const result = use(item.value)
          if (isPromise(result)) await result
        }
      } catch (error) {
        lifecycle.finish({ error })
      }
    },
    iterate: () => {
      claim()
      const iterator: AsyncIterableIterator<unknown> = {
        next,
        return: (value?: unknown) => {
          lifecycle.finish({})
          return Promise.resolve({ value, done: true })
        },
        [Symbol.asyncIterator]: () => iterator,
      }
      return iterator
    },
  }
}

/** Takes the next message; rejects once with what ended the socket, and for each message that cannot be decoded. */
function newTake(
  { inbox, lifecycle, payload, onError }: ReaderOptions,
  reading: Reading,
): () => Promise<IteratorResult<unknown>> {
  let position = 0
  let isTold = false
  return async () => {
    for (;;) {
      const frame = await inbox.next()
      const outcome = lifecycle.outcome()
      // After a local close nothing is delivered, not even what was on its way to the reader.
      if (frame === undefined || (outcome && !outcome.keepsUnread)) {
        lifecycle.end()
        if (isTold || !outcome || !('error' in outcome)) return { value: undefined, done: true }
        isTold = true
        throw outcome.error
      }
      position++
      try {
        return { value: decodeMessage(frame, { payload, position }), done: false }
      } catch (error) {
        // `decodeMessage` throws nothing else.
        onError?.(error as SocketFailure)
        if (reading.isSkipping) continue
        // The connection stays, and may be read on.
        reading.isReading = false
        throw error
      }
    }
  }
}
