import { getEventListeners } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  newClient,
  openBinary,
  openNdjson,
  openText,
  requestJson,
  requestVoid,
  StreamError,
  type StreamStatus,
} from '../../src/runtime/index.js'
import { answering, bodyOf, openAny, planOf } from './answers.js'
import { styles } from './outcome.js'
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

describe('a fetch that does not know its signal', () => {
  it.each(['close()', 'the connect timeout'])('gives its late answer back after %s', async (way) => {
    const cancel = vi.fn()
    let answer: (response: Response) => void = () => {}
    const fetch = (): Promise<Response> => new Promise((resolve) => (answer = resolve))
    const stream = openAny(newClient({ baseUrl: 'https://api.test', fetch }), {
      reconnect: false,
      connectTimeout: way === 'close()' ? undefined : 5,
    })
    const reading = stream.toArray().catch(() => {})
    await sleep(20)
    stream.close()
    await reading
    answer(new Response(new ReadableStream({ cancel }), { headers: { 'content-type': events } }))
    await sleep(5)
    expect(cancel).toHaveBeenCalledOnce()
  })
})

describe('answers that are wrong and never end', () => {
  it.each(styles)('an event stream under another type is refused with what came of it, by %s', async (style) => {
    const server = await serve((response) => {
      begin(response, 'text/plain').write('data: a\n\n')
    })
    const stream = openAny(server.client, style === 'callbacks' ? { onMessage: () => {} } : {})
    const reading = style === 'callbacks' ? stream.done : stream.toArray()
    await expect(reading).rejects.toMatchObject({ kind: 'content-type', excerpt: 'data: a\n\n' })
    await server.released()
  })
  it('an error whose body stalls is told with what came of it', async () => {
    const server = await serve((response) => {
      begin(response, 'application/json', 404).write('{"half"')
    })
    await expect(openAny(server.client).toArray()).rejects.toMatchObject({ kind: 'http', status: 404, body: '{"half"' })
    await server.released()
  })
})

describe('limits of time', () => {
  it.each([Infinity, 2 ** 31, 1e15])('of %d are none, not the shortest', async (limit) => {
    const server = await serve(async (response) => {
      await sleep(15)
      begin(response, events)
      await sleep(15)
      response.end('data: a\n\n')
    })
    const options = { connectTimeout: limit, idleTimeout: limit, reconnect: false } as const
    expect(await openAny(server.client, options).toArray()).toHaveLength(1)
  })
  it('row 26: a delay without a cap is not taken for none', async () => {
    const server = await serve((response) => begin(response, events).end('retry: 99999999999999\n\n'))
    const stream = openAny(server.client, { maxDelay: Infinity, onMessage: () => {} })
    await until(() => stream.status === 'reconnecting')
    await sleep(20)
    stream.close()
    expect(server.requests).toHaveLength(1)
  })
})

describe('answers without a body', () => {
  const client = (status: number) =>
    newClient({ baseUrl: 'https://api.test', fetch: async () => new Response(null, { status }) })
  it.each([200, 201, 202, 204])('are what a request without content is answered with: %i', async (status) => {
    expect(await requestVoid(client(status), undefined, planOf('*/*', { method: 'POST' }))).toBe(undefined)
  })
  it('are what HEAD is answered with', async () => {
    const server = await serve((response) => response.writeHead(200, { 'content-length': '5' }).end())
    expect(await requestVoid(server.client, undefined, planOf('*/*', { method: 'HEAD' }))).toBe(undefined)
  })
  it('row 47: are errors elsewhere', async () => {
    await expect(requestJson(client(200), undefined, planOf('application/json'))).rejects.toMatchObject({
      kind: 'content-type',
      message: 'no body in place of application/json',
    })
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

describe('row 20: lines of text', () => {
  it('that are too long are a limit error', async () => {
    const chunks = Array<string>(50).fill('x'.repeat(999))
    const stream = openText(answering(chunks, ''), { maxItemLength: 10_000 }, planOf('text/plain'))
    const read = async (): Promise<void> => {
      for await (const _ of stream.lines()) throw new Error('a line')
    }
    await expect(read()).rejects.toMatchObject({ kind: 'limit' })
    expect(stream.status).toBe('closed')
  })
  it('are not counted together', async () => {
    const chunks = Array<string>(50).fill(`${'x'.repeat(999)}\n`)
    let count = 0
    const stream = openText(answering(chunks, ''), { maxItemLength: 999 }, planOf('text/plain'))
    for await (const line of stream.lines()) count += line.length
    expect(count).toBe(49_950)
  })
})

describe('an event stream over GET', () => {
  it('is not taken from the cache of a browser', async () => {
    const fetch = vi.fn(async () => new Response(bodyOf(['data: a\n\n']), { headers: { 'content-type': events } }))
    const client = newClient({ baseUrl: 'https://api.test', fetch })
    await openAny(client).toArray()
    vi.stubGlobal('location', {})
    onTestFinished(() => void vi.unstubAllGlobals())
    await openAny(client).toArray()
    expect(fetch).toHaveBeenNthCalledWith(1, expect.anything(), expect.objectContaining({ cache: undefined }))
    expect(fetch).toHaveBeenNthCalledWith(2, expect.anything(), expect.objectContaining({ cache: 'no-store' }))
  })
})
