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

/** Makes the handle. The stream starts at once if the source delivers, else with the first read. */
export function openStream<Item>(session: Session, { pull, deliver }: Source<Item>): StreamHandle<Item> {
  const { settings } = session
  const { signal } = settings
  let batch: readonly Item[] = []
  let index = 0
  let isClaimed = false
  let isStarted = false
  let isWatched = false
  let failure: { readonly error: unknown } | undefined
  // Calls of next() that have not settled, and the last of them.
  let waiting = 0
  let turn: Promise<unknown> = Promise.resolve()
  let resolveDone: () => void
  let rejectDone: (error: unknown) => void
  const done = new Promise<void>((resolve, reject) => {
    resolveDone = resolve
    rejectDone = reject
  })
  done.catch(ignore)

  const onAbort = (): void => end({ error: signal?.reason, isAbort: true })

  /** Ends the session; only the first call counts. */
  function end(how: { readonly error?: unknown; readonly isAbort?: boolean; readonly isComplete?: boolean }): void {
    if (session.ended) return
    session.ended = true
    batch = []
    index = 0
    signal?.removeEventListener('abort', onAbort)
    session.release()
    session.interrupt()
    if ('error' in how) failure = { error: how.error }
    try {
      setStatus(session, 'closed')
      if (how.isComplete) settings.onComplete?.()
      // `Errors` is a promise of the document about the body; nothing here can check it.
      if (!how.isAbort && how.error instanceof StreamError) settings.onError?.(how.error as StreamFailure)
    } catch (error) {
      failure = { error }
    }
    if (failure) rejectDone(failure.error)
    else resolveDone()
    // A mistake in a callback must not be lost where nobody waits for the stream.
    if (failure && deliver && !isWatched && !how.isAbort && !(failure.error instanceof StreamError))
      report(failure.error)
  }

  /** Gets the next items; `false` when the stream has ended. */
  async function fill(): Promise<boolean> {
    try {
      if (!isStarted) start()
      const items = session.ended ? undefined : await pull()
      if (session.ended) return false
      index = 0
      batch = items ?? []
      if (!items) end({ isComplete: true })
    } catch (error) {
      end({ error })
    }
    return !session.ended
  }

  function start(): void {
    isStarted = true
    if (session.ended) return
    if (signal?.aborted) onAbort()
    else {
      signal?.addEventListener('abort', onAbort)
      setStatus(session, 'connecting')
    }
  }

  async function take(): Promise<IteratorResult<Item>> {
    while (index >= batch.length) {
      if (await fill()) continue
      const failed = failure
      failure = undefined
      if (failed) throw failed.error
      return { value: undefined, done: true }
    }
    return { value: batch[index++] as Item, done: false }
  }

  function next(): Promise<IteratorResult<Item>> {
    // The index is below the length, so there is an item.
    if (!waiting && index < batch.length) return Promise.resolve({ value: batch[index++] as Item, done: false })
    waiting++
    const result = turn.then(take)
    const settle = (): void => {
      waiting--
    }
    turn = result.then(settle, settle)
    return result
  }

  async function run(use: (item: Item) => unknown): Promise<void> {
    isClaimed = true
    // Callbacks start only when the caller has its handle.
    await undefined
    try {
      while (index < batch.length || (await fill())) {
        // The index is below the length, so there is an item.
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
      if (!isClaimed && !session.ended) Promise.resolve().then(() => (isClaimed ? undefined : run(ignore)))
      return done
    },
    get status() {
      return session.status
    },
    [Symbol.asyncIterator]() {
      if (isClaimed)
        throw new StreamError('this stream is read already: by callbacks, a loop, a collector or `done`', {
          kind: 'closed',
        })
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

function report(error: unknown): void {
  // Browsers, Bun and Deno have it, Node has not.
  const { reportError } = globalThis as { reportError?: (error: unknown) => void }
  if (reportError) reportError(error)
  else console.error(error)
}
