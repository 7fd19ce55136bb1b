import { StreamError, type StreamFailure } from './errors.js'
import type { Session, StreamStatus } from './exchange.js'
import { ignore, setStatus } from './exchange.js'

/**
 * What every streaming function returns. Items come by callbacks, which start the stream at once, or by iteration or a
 * collector, which start it with the first read; one of them, once.
 */
export interface StreamHandle<Item> extends AsyncIterable<Item> {
  /** Closes the connection. May be called at any time and any number of times; iteration then ends quietly. */
  close(): void
  /**
   * Resolves when the stream ended by itself or by `close()`, rejects when it failed or its signal was aborted; never
   * an unhandled rejection. Taking it from a stream that nobody reads by the end of the current task reads the stream
   * to its end and drops the items.
   */
  readonly done: Promise<void>
  readonly status: StreamStatus
  [Symbol.asyncIterator](): AsyncIterableIterator<Item>
}

/** Where the items come from, and where they go if there are callbacks for them. */
export interface Source<Item> {
  /** The next items, at least one; `undefined` at the end. Called again only when the last ones were taken. */
  readonly pull: () => Promise<readonly Item[] | undefined>
  /** Awaited before the next item is delivered. */
  readonly deliver?: ((item: Item) => unknown) | undefined
}

/** How a session ended; nothing of it after `close()`. */
interface Outcome {
  readonly isComplete?: boolean
  readonly isAbort?: boolean
  readonly error?: unknown
}

/** Makes the handle. The stream starts at once if the source delivers, else with the first read. */
export function openStream<Item>(session: Session, { pull, deliver }: Source<Item>): StreamHandle<Item> {
  const { settings } = session
  const { signal } = settings
  let batch: readonly Item[] = []
  let index = 0
  let isStarted = false
  let isClaimed = !!deliver
  let isWatched = false
  let failure: Outcome | undefined
  // Calls of next() that have not settled, and the last of them.
  let waiting = 0
  let turn: Promise<unknown> = Promise.resolve()
  let settleDone = (failure?: Outcome): unknown => failure
  const done = new Promise<void>((resolve, reject) => {
    settleDone = (failure) => (failure ? reject(failure.error) : resolve())
  })
  done.catch(ignore)

  const end = (outcome: Outcome): void => {
    if (session.ended) return
    const { error, isAbort, isComplete } = outcome
    session.ended = true
    batch = []
    signal?.removeEventListener('abort', onAbort)
    session.release()
    session.interrupt()
    if ('error' in outcome) failure = outcome
    try {
      setStatus(session, 'closed')
      if (isComplete) settings.onComplete?.()
      // `Errors` is a promise of the document; nothing here can check it.
      if (!isAbort && error instanceof StreamError) settings.onError?.(error as StreamFailure)
    } catch (error) {
      failure = { error }
    }
    settleDone(failure)
    // A mistake in a callback must not be lost where nobody waits for the stream.
    if (deliver && !isWatched && failure && !isAbort && !(failure.error instanceof StreamError)) report(failure.error)
  }
  const onAbort = (): void => end({ error: signal?.reason, isAbort: true })

  /** Gets the next items; `false` when the stream has ended. */
  const fill = async (): Promise<boolean> => {
    try {
      if (!isStarted) {
        isStarted = true
        signal?.addEventListener('abort', onAbort)
        if (signal?.aborted) onAbort()
        if (!session.ended) setStatus(session, 'connecting')
      }
      const items = session.ended ? undefined : await pull()
      if (!items) end({ isComplete: true })
      else if (!session.ended) {
        batch = items
        index = 0
      }
    } catch (error) {
      end({ error })
    }
    return !session.ended
  }

  const take = async (): Promise<IteratorResult<Item>> => {
    while (index >= batch.length) {
      if (await fill()) continue
      const failed = failure
      failure = undefined
      if (failed) throw failed.error
      return { value: undefined, done: true }
    }
    // The index is below the length, here and below, so there is an item.
    return { value: batch[index++] as Item, done: false }
  }

  const next = (): Promise<IteratorResult<Item>> => {
    if (!waiting && index < batch.length) return Promise.resolve({ value: batch[index++] as Item, done: false })
    const settle = (): unknown => waiting--
    waiting++
    const result = turn.then(take)
    turn = result.then(settle, settle)
    return result
  }

  const run = async (use: (item: Item) => unknown): Promise<void> => {
    // Callbacks start only when the caller has its handle.
    await undefined
    try {
      while (index < batch.length || (await fill())) {
        const result = use(batch[index++] as Item)
        if (isPromise(result)) await result
      }
    } catch (error) {
      end({ error })
    }
  }
  if (deliver) run(deliver)

  return {
    close: () => end({}),
    get done() {
      isWatched = true
      Promise.resolve().then(() => {
        if (isClaimed || session.ended) return
        isClaimed = true
        run(ignore)
      })
      return done
    },
    get status() {
      return session.status
    },
    [Symbol.asyncIterator]() {
      if (isClaimed) throw new StreamError('already read', { kind: 'closed' })
      isClaimed = true
      const iterator: AsyncIterableIterator<Item> = {
        next,
        return: (value?: unknown) => {
          end({})
          return Promise.resolve({ value, done: true })
        },
        [Symbol.asyncIterator]: () => iterator,
      }
      return iterator
    },
  }
}

/** Reads all items. Rejects as the iteration does; `close()` ends it with what has come so far. */
export async function toArray<Item>(handle: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of handle) items.push(item)
  return items
}

/** Whether a callback returned something to wait for. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  // A value that is not null or undefined can be asked for any field.
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

/** Shows an exception of the user's that nobody else would hear of. */
export function report(error: unknown): void {
  // Browsers, Bun and Deno have it, Node has not.
  const { reportError = console.error } = globalThis as { reportError?: (error: unknown) => void }
  reportError(error)
}
