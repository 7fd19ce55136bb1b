import { StreamError, type StreamFailure } from './errors.js'
import { ignore, type Session, type StreamStatus, setStatus } from './session.js'

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
  /** Each step reads more, which may hold no whole item; it goes on when there is nothing left to take. */
  readonly steps: AsyncIterator<unknown>
}

/** Makes the handle. With `deliver` the stream starts at once, else with the first read. */
export function openStream<Item>(
  session: Session,
  source: Source<Item>,
  deliver?: (item: Item) => unknown,
): StreamHandle<Item> {
  const life = newLife(session)
  const reading: Reading<Item> = {
    life,
    take: () => (session.ended ? undefined : source.take()),
    more: () => (session.ended ? undefined : source.steps.next()),
    complete: () => life.end(session.settings.onComplete),
  }
  let isClaimed = false

  const run = async (use: (item: Item) => unknown): Promise<void> => {
    isClaimed = true
    // The caller gets its handle first.
    await undefined
    await readAll(reading, use)
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
      return newIterator(reading)
    },
  }
}

/** A source whose stream can be closed at any time. */
interface Reading<Item> {
  readonly life: Life
  readonly take: () => Item | undefined
  /** Reads more; nothing where the stream has ended. */
  readonly more: () => Promise<IteratorResult<unknown>> | undefined
  /** Ends the stream because there is no more. */
  readonly complete: () => void
}

async function readAll<Item>(
  { life, take, more, complete }: Reading<Item>,
  use: (item: Item) => unknown,
): Promise<void> {
  try {
    life.start()
    while ((await more())?.done === false) {
      for (let item = take(); item !== undefined; item = take()) {
        const result = use(item)
        if (isPromise(result)) await result
      }
    }
    complete()
  } catch (error) {
    life.fail(error)
  }
}

/** Calls of `next()` are answered in order, also those that do not wait for the one before. */
function newIterator<Item>({ life, take, more, complete }: Reading<Item>): AsyncIterableIterator<Item> {
  // What is there belongs to the calls that still wait.
  let waiting = 0
  const answered = (): void => {
    waiting--
  }

  async function* readOn(): AsyncGenerator<Item, undefined, undefined> {
    try {
      life.start()
      while ((await more())?.done === false) {
        for (let item = take(); item !== undefined; item = take()) yield item
      }
      complete()
    } catch (error) {
      life.fail(error)
    }
    if (life.failure) throw life.failure.error
    return undefined
  }
  const rest = readOn()

  const iterator: AsyncIterableIterator<Item> = {
    next: () => {
      try {
        // Most items are there: the way to them is short.
        const value = waiting ? undefined : take()
        if (value !== undefined) return Promise.resolve({ value, done: false })
      } catch (error) {
        life.fail(error)
      }
      waiting++
      const result = rest.next()
      result.then(answered, answered)
      return result
    },
    return: async (value?: unknown) => {
      life.isUnheard ??= true
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
  /** Tells that it connects; called once. */
  readonly start: () => void
  /** Ends it, the first time: closes the connection and tells those who want to know, `tell` last. */
  readonly end: (tell?: () => void) => void
  /** Ends it with an error. */
  readonly fail: (error: unknown) => void
  /** What it ended with. */
  failure?: { readonly error: unknown }
  /** Nobody waits for it: a mistake in a callback must not be lost. */
  isUnheard?: boolean
}

function newLife(session: Session): Life {
  const { settings } = session
  const { signal } = settings
  let settle = ignore
  const done = new Promise<void>((resolve, reject) => {
    settle = () => (life.failure ? reject(life.failure.error) : resolve())
  })
  done.catch(ignore)

  const reportMistake = (error: unknown): void => {
    if (error && !signal?.aborted && !(error instanceof StreamError)) report(error)
  }
  const fail = (error: unknown): void => {
    if (session.ended) reportMistake(error)
    life.end(() => {
      life.failure = { error }
      // `Errors` is a promise of the document; nothing here can check it.
      if (!signal?.aborted && error instanceof StreamError) settings.onError?.(error as StreamFailure)
    })
  }
  const abort = (): void => fail(signal?.reason)

  const life: Life = {
    done,
    start: () => {
      if (session.ended) return
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
      if (isUnheard) reportMistake(failure?.error)
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
