import { builtinModule } from './builtin-module.js'
import { StreamError, type StreamFailure } from './errors.js'
import { ignore, observe, type Session, type StreamStatus, setStatus } from './session.js'

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

/** Where items come from. */
export interface Source<Item> {
  /** The next item that is there already; `undefined` where more has to be read. */
  readonly take: () => Item | undefined
  /** Reads more, which may hold no whole item; `false` where it was the last. */
  readonly read: () => Promise<boolean>
}

/** Makes the handle. With `deliver` the stream starts at once, else with the first read. */
export function openStream<Item>(
  session: Session,
  source: Source<Item>,
  deliver?: (item: Item) => unknown,
): StreamHandle<Item> {
  const life = newLife(session)
  let isClaimed = !!deliver
  let isRead = false

  const take = newTake(life, session, source)
  /** Never rejects; `false` says that the stream has ended. */
  const readMore = async (): Promise<boolean> => {
    try {
      life.start()
      if (isRead) life.end(session.settings.onComplete)
      else if (!session.ended) isRead = !(await source.read())
    } catch (error) {
      life.fail(error)
    }
    return !session.ended
  }
  const readAll = async (use: (item: Item) => unknown): Promise<void> => {
    // The caller gets its handle first.
    await undefined
    if (isClaimed && use !== deliver) return
    isClaimed = true
    try {
      do {
        for (let item = take(); item !== undefined; item = take()) {
          const result = use(item)
          if (isPromise(result)) await result
        }
      } while (await readMore())
    } catch (error) {
      life.fail(error)
    }
  }
  if (deliver) {
    life.isUnheard = true
    readAll(deliver)
  }

  return {
    close: () => life.end(),
    get done() {
      life.isUnheard = false
      readAll(ignore)
      return life.done
    },
    get status() {
      return session.status
    },
    [Symbol.asyncIterator]() {
      if (isClaimed) throw new StreamError('already read', { kind: 'closed' })
      isClaimed = true
      return newIterator(life, take, readMore)
    },
  }
}

/** Takes the next item that is there. Never throws: what goes wrong ends the stream. */
function newTake<Item>(life: Life, session: Session, { take }: Source<Item>): () => Item | undefined {
  return () => {
    let item: Item | undefined
    try {
      if (!session.ended) item = take()
    } catch (error) {
      life.fail(error)
    }
    return item
  }
}

/** Calls of `next()` are answered in order, also those that do not wait for the one before. */
function newIterator<Item>(
  life: Life,
  take: () => Item | undefined,
  readMore: () => Promise<boolean>,
): AsyncIterableIterator<Item> {
  // What is there belongs to the calls that still wait.
  let waiting = 0
  let last: Promise<unknown> | undefined
  let outcome: Promise<void> | undefined = life.done

  const answer = async (): Promise<IteratorResult<Item>> => {
    let value = take()
    while (value === undefined && (await readMore())) value = take()
    waiting--
    if (value !== undefined) return { value, done: false }
    // Only the first call after a failure learns of it.
    const first = outcome
    outcome = undefined
    await first
    return { value, done: true }
  }

  return {
    next: () => {
      // Most items are there: the way to them is short.
      const value = waiting ? undefined : take()
      if (value !== undefined) return Promise.resolve({ value, done: false })
      const result = waiting++ && last ? last.then(answer, answer) : answer()
      last = result
      return result
    },
    return: async (value?: unknown) => {
      life.isUnheard ??= true
      life.end()
      return { value, done: true }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** How a stream starts and ends. */
interface Life {
  readonly done: Promise<void>
  /** Tells that it connects, the first time. */
  readonly start: () => void
  /** Ends it, the first time: closes the connection and tells those who want to know, `tell` last. */
  readonly end: (tell?: () => unknown, failure?: Failure) => void
  /** Ends it with an error. */
  readonly fail: (error: unknown) => void
  /** Nobody waits for it: a mistake in a callback must not be lost. */
  isUnheard?: boolean
}

/** What a stream ended with. */
interface Failure {
  readonly error: unknown
}

function newLife(session: Session): Life {
  const { signal, onError } = session.settings
  let isStarted = false
  let settle: (failure?: Failure) => void = ignore

  const reportMistake = (error: unknown): void => {
    if (error && !signal?.aborted && !(error instanceof StreamError)) report(error)
  }
  const abort = (): void => life.fail(signal?.reason)

  const life: Life = {
    done: new Promise<void>((resolve, reject) => {
      settle = (failure) => (failure ? reject(failure.error) : resolve())
    }),
    start: () => {
      if (isStarted || session.ended) return
      isStarted = true
      if (signal) listen(signal, abort)
      if (signal?.aborted) abort()
      else setStatus(session, 'connecting')
    },
    end: (tell, failure) => {
      if (session.ended) return
      session.ended = true
      signal?.removeEventListener('abort', abort)
      session.release()
      session.interrupt()
      try {
        setStatus(session, 'closed')
        observe(session, tell?.())
        settle(failure)
      } catch (error) {
        settle({ error })
      }
    },
    fail: (error) => {
      if (session.ended) reportMistake(error)
      life.end(
        // `Errors` is a promise of the document; nothing here can check it.
        () => !signal?.aborted && error instanceof StreamError && onError?.(error as StreamFailure),
        { error },
      )
    },
  }
  life.done.catch((error) => life.isUnheard && reportMistake(error))
  session.fail = life.fail
  return life
}

/** Node takes the eleventh listener of a signal for a leak; each of ours goes with its stream. */
function listen(signal: AbortSignal, abort: () => void): void {
  try {
    builtinModule('node:events')?.setMaxListeners?.(0, signal)
  } catch {
    // Signals of another make, such as those of jsdom, do not warn.
  }
  signal.addEventListener('abort', abort)
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
