import { getEventListeners } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { newClient, openBinary, openNdjson, openText, StreamError, type StreamStatus } from '../../src/runtime/index.js'
import { answering, openAny, planOf } from './answers.js'
import { begin, serve, sleep, until } from './scripted-server.js'

const events = 'text/event-stream'
const never = (): Promise<never> => new Promise(() => {})

/** Rejects where something does not come within a second. */
function soon<T>(work: Promise<T>): Promise<T> {
  return Promise.race([work, sleep(1000).then(() => Promise.reject(new Error('not within a second')))])
}

describe('row 34: an end while something else is waited for', () => {
  it.each(['close', 'abort'])('%s in onStatusChange does not wait for the back-off', async (way) => {
    const server = await serve((response) => response.writeHead(503).end())
    const controller = new AbortController()
    const stream = openAny(server.client, {
      signal: controller.signal,
      minDelay: 60_000,
      maxDelay: 60_000,
      onStatusChange: (status) => {
        if (status !== 'reconnecting') return
        if (way === 'close') stream.close()
        else controller.abort('mine')
      },
    })
    const reading = soon(stream.toArray())
    if (way === 'close') expect(await reading).toEqual([])
    else await expect(reading).rejects.toBe('mine')
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })
  it('close() does not wait for the promise of onUnknownEvent', async () => {
    const stream = openAny(answering(['data: a\n\n'], events), { onUnknownEvent: never }, { events: {} })
    const reading = stream.toArray()
    await sleep(10)
    stream.close()
    expect(await soon(reading)).toEqual([])
  })
  it('close() while the body of an error is read ends it quietly', async () => {
    const server = await serve((response) => {
      begin(response, 'text/plain', 400).write('half')
    })
    const onError = vi.fn()
    const stream = openAny(server.client, { onError })
    const reading = stream.toArray()
    await until(() => server.requests.length === 1)
    await sleep(20)
    stream.close()
    expect(await soon(reading)).toEqual([])
    expect(onError).not.toHaveBeenCalled()
    await server.released()
  })
})

describe('row 35: after close() no callback is called', () => {
  it('not onOpen, where the status open was answered with it', async () => {
    const log: string[] = []
    const stream = openAny(answering(['data: a\n\n'], events), {
      onOpen: () => log.push('onOpen'),
      onMessage: () => log.push('onMessage'),
      onStatusChange: (status) => {
        log.push(status)
        if (status === 'open') stream.close()
      },
    })
    await stream.done
    await sleep(5)
    expect(log).toEqual(['connecting', 'open', 'closed'])
  })
  it('not onUnknownEvent nor onMessage, where an unknown event was answered with it', async () => {
    const log: unknown[] = []
    const text = 'event: x\ndata: 1\n\nevent: y\ndata: 2\n\nevent: a\ndata: 3\n\n'
    const stream = openAny(
      answering([text], events),
      {
        onUnknownEvent: ({ event }) => {
          log.push(event)
          stream.close()
        },
        onMessage: ({ event }) => log.push(event),
      },
      { events: { a: 'text' } },
    )
    await stream.done
    await sleep(5)
    expect(log).toEqual(['x'])
  })
  it.each([0, 1, 2, 3, 4, 5, 6, 8])('whatever the turn between the answer and its use: %i', async (turns) => {
    const statuses: StreamStatus[] = []
    const cancel = vi.fn()
    let answer: (response: Response) => void = () => {}
    const client = newClient({
      baseUrl: 'https://api.test',
      fetch: () => new Promise((resolve) => (answer = resolve)),
    })
    const log: string[] = []
    const stream = openBinary(
      client,
      {
        onStatusChange: (status) => statuses.push(status),
        onOpen: () => log.push('onOpen'),
        onProgress: () => log.push('onProgress'),
        onChunk: () => log.push('onChunk'),
      },
      planOf('image/png'),
    )
    await sleep(1)
    answer(new Response(new ReadableStream({ start: (to) => to.enqueue(Uint8Array.of(1)), cancel })))
    for (let turn = 0; turn < turns; turn++) await undefined
    const before = [...log]
    stream.close()
    await stream.done
    await sleep(5)
    expect(stream.status).toBe('closed')
    expect(statuses.at(-1)).toBe('closed')
    expect(log).toEqual(before)
    expect(cancel).toHaveBeenCalledOnce()
  })
})

describe('row 36: a mistake in a callback is never lost', () => {
  function loggedErrors(): unknown[] {
    const logged: unknown[] = []
    const spy = vi.spyOn(console, 'error').mockImplementation((error) => logged.push(error))
    onTestFinished(() => spy.mockRestore())
    return logged
  }
  it.each(['at once', 'later'])('also where the callback has closed the stream before, %s', async (when) => {
    const logged = loggedErrors()
    const stream = openAny(answering(['data: a\n\n'], events), {
      onMessage: () => {
        stream.close()
        if (when === 'later') return sleep(1).then(() => Promise.reject(new Error('mine')))
        throw new Error('mine')
      },
    })
    await stream.done
    await sleep(10)
    expect(logged).toEqual([new Error('mine')])
  })
  it('but what an abort caused in it is none', async () => {
    const logged = loggedErrors()
    const controller = new AbortController()
    const stream = openAny(answering(['data: a\n\n'], events), {
      signal: controller.signal,
      onMessage: () => {
        controller.abort('mine')
        controller.signal.throwIfAborted()
      },
    })
    await expect(stream.done).rejects.toBe('mine')
    await sleep(5)
    expect(logged).toEqual([])
  })
  it('in onStatusChange is told where break closes the stream', async () => {
    const logged = loggedErrors()
    const onStatusChange = (status: StreamStatus): void => {
      if (status === 'closed') throw new Error('mine')
    }
    for await (const _ of openAny(answering(['data: a\n\n', 'data: b\n\n'], events), { onStatusChange })) break
    expect(logged).toEqual([new Error('mine')])
  })
  it('in onProgress rejects the collector', async () => {
    const onProgress = (): never => {
      throw new Error('mine')
    }
    await expect(openBinary(answering(['a'], 'image/png'), { onProgress }, planOf('image/png')).blob()).rejects.toThrow(
      'mine',
    )
  })
  it('an error of another stream that onUnknownEvent rejects with does not reconnect this one', async () => {
    const server = await serve((response) => begin(response, events).end('retry: 1\n\ndata: a\n\n'))
    const mine = new StreamError('mine', { kind: 'network', retryable: true })
    const options = { minDelay: 1, onUnknownEvent: () => Promise.reject(mine) }
    await expect(openAny(server.client, options, { events: {} }).toArray()).rejects.toBe(mine)
    expect(server.requests).toHaveLength(1)
  })
})

describe('next()', () => {
  it('answers calls in their order, also those that come while three others wait', async () => {
    const chunk = Array.from({ length: 9 }, (_, index) => `${index}\n`).join('')
    const plan = planOf('application/x-ndjson')
    const iterator = openNdjson<number>(answering([chunk, chunk], ''), undefined, plan)[Symbol.asyncIterator]()
    const got: [call: number, value: number][] = []
    let calls = 0
    const call = async (): Promise<void> => {
      const mine = calls++
      const { done, value } = await iterator.next()
      if (done) return
      got.push([mine, value])
      await call()
    }
    await Promise.all([call(), call(), call(), call()])
    const all = Array.from({ length: 18 }, (_, index) => [index, index % 9])
    expect(got).toEqual(all)
  })
  it('is done after return(), before the start and in the middle', async () => {
    for (const reads of [0, 1]) {
      const stream = openAny(answering(['data: a\n\ndata: b\n\n'], events))
      const iterator = stream[Symbol.asyncIterator]()
      if (reads) await iterator.next()
      expect(await iterator.return?.()).toEqual({ done: true, value: undefined })
      expect(await iterator.next()).toEqual({ done: true, value: undefined })
      await stream.done
    }
  })
  it('that waits is answered by return()', async () => {
    const server = await serve((response) => {
      begin(response, events).write(':\n\n')
    })
    const iterator = openAny(server.client)[Symbol.asyncIterator]()
    const waiting = iterator.next()
    await until(() => server.requests.length === 1)
    await iterator.return?.()
    expect(await soon(waiting)).toEqual({ done: true, value: undefined })
    await server.released()
  })
})

describe('row 40: a collector after a partial read', () => {
  it('rejects, and leaves the stream to its reader', async () => {
    const text = openText(answering(['a', 'b'], 'text/plain'), undefined, planOf('text/plain'))
    const iterator = text[Symbol.asyncIterator]()
    expect(await iterator.next()).toEqual({ done: false, value: 'a' })
    await expect(text.text()).rejects.toMatchObject({ kind: 'closed', message: 'already read' })
    expect(await iterator.next()).toEqual({ done: false, value: 'b' })
    const bytes = openBinary(answering(['a'], ''), undefined, planOf('image/png'))
    await bytes[Symbol.asyncIterator]().next()
    for (const read of [bytes.blob, bytes.bytes]) await expect(read()).rejects.toMatchObject({ kind: 'closed' })
  })
})
