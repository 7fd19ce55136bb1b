import { StreamError, type StreamFailure } from './errors.js'
import { ignore, type Session, type StreamStatus, setStatus } from './exchange.js'

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

/** Gets the next item, at once where it is there; `undefined` at the end. Called again only when that is settled. */
export type Next<Item> = () => Item | undefined | Promise<Item | undefined>

/** Makes the handle. With `deliver` the stream starts at once, else with the first read. */
export function openStream<Item>(
  session: Session,
  next: Next<Item>,
  deliver?: (item: Item) => unknown,
): StreamHandle<Item> {
  const life = newLife(session)
  let isClaimed = false

  const advance: Next<Item> = () => {
    try {
      life.start()
      return session.ended ? undefined : next()
    } catch (error) {
      return Promise.reject(error)
    }
  }

  const run = async (use: (item: Item) => unknown): Promise<void> => {
    isClaimed = true
    // The caller gets its handle first.
    await undefined
    try {
      for (;;) {
        let item = advance()
        if (item instanceof Promise) item = await item
        if (item === undefined || session.ended) break
        const result = use(item)
        if (isPromise(result)) await result
      }
      life.end(session.settings.onComplete)
    } catch (error) {
      life.fail(error)
    }
  }
  if (deliver) {
    life.isUnheard = true
    run(deliver)
  }

  return {
    close: () => life.end(),
    get done() {
      life.isUnheard = false
      Promise.resolve().then(() => {
        if (!isClaimed) run(ignore)
      })
      return life.done
    },
    get status() {
      return session.status
    },
    [Symbol.asyncIterator]() {
      if (isClaimed) throw new StreamError('already read', { kind: 'closed' })
      isClaimed = true
      return newIterator(session, life, advance)
    },
  }
}

/** Calls of `next()` are answered in order, also those that do not wait for the one before. */
function newIterator<Item>(session: Session, life: Life, advance: Next<Item>): AsyncIterableIterator<Item> {
  let waiting = 0
  let last: Promise<unknown>

  const settle = async (found: ReturnType<Next<Item>>): Promise<IteratorResult<Item>> => {
    waiting++
    try {
      const value = await found
      if (value !== undefined && !session.ended) return { value, done: false }
      life.end(session.settings.onComplete)
    } catch (error) {
      life.fail(error)
    } finally {
      waiting--
    }
    const { failure } = life
    life.failure = undefined
    if (failure) throw failure.error
    return { value: undefined, done: true }
  }

  const iterator: AsyncIterableIterator<Item> = {
    next: () => {
      const found = waiting ? last.then(advance, advance) : advance()
      // Most items are there: the way to them is short.
      if (found !== undefined && !(found instanceof Promise)) return Promise.resolve({ value: found, done: false })
      const result = settle(found)
      last = result
      return result
    },
    return: async (value?: unknown) => {
      life.end()
      return { value, done: true }
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

/** How a stream starts and ends. */
interface Life {
  readonly done: Promise<void>
  /** Tells that it connects, the first time. */
  readonly start: () => void
  /** Ends it, the first time: closes the connection and tells those who want to know, `tell` last. */
  readonly end: (tell?: () => void) => void
  /** Ends it with an error. */
  readonly fail: (error: unknown) => void
  /** What it ended with, until that is thrown. */
  failure?: { readonly error: unknown } | undefined
  /** Nobody waits for it: a mistake in a callback must not be lost. */
  isUnheard?: boolean
}

function newLife(session: Session): Life {
  const { settings } = session
  const { signal } = settings
  let isStarted = false
  let settle = ignore
  const done = new Promise<void>((resolve, reject) => {
    settle = () => (life.failure ? reject(life.failure.error) : resolve())
  })
  done.catch(ignore)

  const fail = (error: unknown): void =>
    life.end(() => {
      life.failure = { error }
      // `Errors` is a promise of the document; nothing here can check it.
      if (!signal?.aborted && error instanceof StreamError) settings.onError?.(error as StreamFailure)
    })
  const abort = (): void => fail(signal?.reason)

  const life: Life = {
    done,
    start: () => {
      if (isStarted || session.ended) return
      isStarted = true
      signal?.addEventListener('abort', abort)
      if (signal?.aborted) abort()
      else setStatus(session, 'connecting')
    },
    end: (tell) => {
      if (session.ended) return
      session.ended = true
      signal?.removeEventListener('abort', abort)
      session.release()
      session.interrupt()
      try {
        setStatus(session, 'closed')
        tell?.()
      } catch (error) {
        life.failure = { error }
      }
      settle()
      const { failure, isUnheard } = life
      if (isUnheard && failure && !signal?.aborted && !(failure.error instanceof StreamError)) report(failure.error)
    },
    fail,
  }
  return life
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

/** Tells the page, or the log, of a mistake that nobody else would learn of. */
export function report(error: unknown): void {
  // Browsers, Bun and Deno have it, Node has not.
  const { reportError = console.error } = globalThis as { reportError?: (error: unknown) => void }
  reportError(error)
}
