import { describe, expect, it } from 'vitest'
import { openNdjson, openText, type StreamError } from '../../src/runtime/index.js'
import { answering, openAny, planOf } from './answers.js'
import { outcomeOf, styles } from './outcome.js'
import { begin, serve, sleep } from './scripted-server.js'

const events = 'text/event-stream'

describe.each(styles)('in the style of %s', (style) => {
  describe('row 12: a clean end between events', () => {
    it.each([
      ['auto', 'data: a\n\n', 1],
      ['auto', 'id: 1\ndata: a\n\n', 3],
      ['auto', 'retry: 1\n\ndata: a\n\n', 3],
      ['always', 'data: a\n\n', 3],
      ['on-drop', 'id: 1\ndata: a\n\n', 1],
      [false, 'id: 1\ndata: a\n\n', 1],
    ] as const)('%s after %j makes %i requests', async (reconnect, text, requests) => {
      const server = await serve((response, _, attempt) => {
        if (attempt < 3) begin(response, events).end(text)
        else response.writeHead(204).end()
      })
      const { completed, thrown } = await outcomeOf(server.client, { style, options: { reconnect } })
      expect({ completed, thrown, requests: server.requests.length }).toEqual({ completed: 1, thrown: [], requests })
    })
  })

  it.each(['auto', 'always', 'on-drop'] as const)(
    'row 13: an end in the middle of an event is a drop in %s',
    async (reconnect) => {
      const server = await serve((response, _, attempt) => {
        if (attempt === 1) begin(response, events).end('id: 1\ndata: a\n\nid: 2\ndata: b\n')
        else if (attempt === 2) begin(response, events).end('id: 2\ndata: b\n\n')
        else response.writeHead(204).end()
      })
      const { data } = await outcomeOf(server.client, { style, options: { reconnect } })
      expect(data).toEqual(['a', 'b'])
      expect(server.requests[1]?.headers['last-event-id']).toBe('1')
    },
  )
  it.each(['id: 2\n', 'event: x\n', 'data: b', 'da'])(
    'row 13: %j at the end is an error without reconnect',
    async (rest) => {
      const { data, thrown } = await outcomeOf(answering(['data: a\n\n', rest], events), {
        style,
        options: { reconnect: false },
      })
      expect(data).toEqual(['a'])
      expect(thrown).toMatchObject([{ kind: 'network', message: 'ended in the middle of an event' }])
    },
  )
  it.each(['', ': bye\n', ': by', 'retry: 5\n', 'data: [DONE]', 'data: [DONE]\n', 'data:[DONE]'])(
    'row 13: %j at the end cuts nothing off',
    async (rest) => {
      const client = answering(['data: 1\n\n', rest], events)
      const { thrown, completed } = await outcomeOf(client, {
        style,
        options: { reconnect: false },
        plan: { data: 'json' },
      })
      expect({ thrown, completed }).toEqual({ thrown: [], completed: 1 })
    },
  )
  it('row 14: a reset in the middle is a network error', async () => {
    const server = await serve((response) => {
      begin(response, events).write('data: a\n\n', () => response.socket?.destroy())
    })
    const { data, thrown } = await outcomeOf(server.client, { style, options: { reconnect: false } })
    expect(data).toEqual(['a'])
    expect(thrown).toMatchObject([{ kind: 'network', message: 'connection lost' }])
  })
  it('row 18: a stall is a timeout that any byte puts off, and reconnects', async () => {
    const server = await serve(async (response, _, attempt) => {
      if (attempt > 1) {
        response.writeHead(204).end()
        return
      }
      begin(response, events)
      for (const text of [':\n', 'data: a\n', '\n', ':\n']) {
        await sleep(100)
        response.write(text)
      }
    })
    const { data, completed, statuses } = await outcomeOf(server.client, { style, options: { idleTimeout: 300 } })
    expect(data).toEqual(['a'])
    expect(completed).toBe(1)
    expect(statuses).toEqual(['connecting', 'open', 'reconnecting', 'open', 'closed'])
  })
  it('row 20: an event that is too long is a limit error', async () => {
    const chunk = `${'x'.repeat(999)}`
    const endless = answering(['data: ', ...Array<string>(50).fill(chunk)], events)
    expect((await outcomeOf(endless, { style, options: { maxItemLength: 10_000 } })).thrown).toMatchObject([
      { kind: 'limit' },
    ])
    const lines = answering(Array<string>(50).fill(`data: ${chunk}\n`), events)
    expect((await outcomeOf(lines, { style, options: { maxItemLength: 10_000 } })).thrown).toMatchObject([
      { kind: 'limit' },
    ])
  })
  it('row 21: data that is not JSON ends the stream, after what came before it', async () => {
    const client = answering(['data: 1\n\ndata: secret\n\ndata: 3\n\n'], events)
    const { data, thrown } = await outcomeOf(client, { style, plan: { data: 'json' } })
    expect(data).toEqual([1])
    expect(thrown).toMatchObject([{ kind: 'parse', position: 2, message: 'event 2 is not JSON', excerpt: 'secret' }])
    const skipped = await outcomeOf(client, { style, options: { onInvalid: 'skip' }, plan: { data: 'json' } })
    expect(skipped.data).toEqual([1, 3])
  })
  it('row 24: many empty lines, comments and unknown fields are no events', async () => {
    const noise = '\n'.repeat(50_000) + ':\n'.repeat(50_000) + 'x\n'.repeat(50_000)
    const { data } = await outcomeOf(answering([noise, noise, 'data: a\n\n'], events), { style })
    expect(data).toEqual(['a'])
  })
  it('row 30: a POST that drops is not sent again', async () => {
    const server = await serve((response) => {
      begin(response, events).write('id: 1\ndata: a\n\n', () => response.socket?.destroy())
    })
    const { thrown } = await outcomeOf(server.client, { style, plan: planOf(events, { method: 'POST' }) })
    expect(thrown).toMatchObject([{ kind: 'network' }])
    expect(server.requests).toHaveLength(1)
  })
})

describe('rows 3, 30: a POST that is busy', () => {
  it('is not sent again unless asked', async () => {
    const server = await serve((response, _, attempt) => {
      if (attempt === 1) response.writeHead(503).end()
      else begin(response, events).end('data: a\n\n')
    })
    const plan = planOf(events, { method: 'POST' })
    await expect(openAny(server.client, {}, plan).toArray()).rejects.toMatchObject({ kind: 'http', status: 503 })
    expect(await openAny(server.client, { reconnect: 'on-drop' }, plan).toArray()).toMatchObject([{ data: 'a' }])
  })
  it('is sent again with its body, but a stream cannot be', async () => {
    const server = await serve((response, _, attempt) => {
      if (attempt === 2) begin(response, events).end('data: a\n\n')
      else response.writeHead(503).end()
    })
    const request = (body: string | ReadableStream<Uint8Array>) => () => ({
      method: 'POST',
      path: '/',
      body: { body, duplex: typeof body === 'string' ? undefined : ('half' as const) },
    })
    const options = { reconnect: 'on-drop', minDelay: 1 } as const
    await openAny(server.client, options, { request: request('text') }).toArray()
    expect(server.requests.map(({ text }) => text)).toEqual(['text', 'text'])
    const body = new Response('bytes').body ?? ''
    await expect(openAny(server.client, options, { request: request(body) }).toArray()).rejects.toThrow(
      'a stream cannot be sent again',
    )
    expect(server.requests[2]?.text).toBe('bytes')
  })
})

describe('rows 13, 14: NDJSON and text', () => {
  it('a tail that a reset cut off is an error, not an item', async () => {
    const server = await serve((response) => {
      begin(response, 'application/x-ndjson').write('1\n2', () => response.socket?.destroy())
    })
    const seen: unknown[] = []
    const stream = openNdjson(server.client, { onChunk: (item) => seen.push(item) }, planOf('application/x-ndjson'))
    await expect(stream.done).rejects.toMatchObject({ kind: 'network' })
    expect(seen).toEqual([1])
  })
  it('a body shorter than its Content-Length is an error', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '10' })
      response.write('short', () => response.socket?.destroy())
    })
    await expect(openText(server.client, undefined, planOf('text/plain')).text()).rejects.toMatchObject({
      kind: 'network',
    })
  })
})

it('row 15: a character that the end cut off is U+FFFD in text', async () => {
  const client = answering(['a', Uint8Array.of(0xf0, 0x9f)], 'text/plain')
  expect(await openText(client, undefined, planOf('text/plain')).text()).toBe('a\ufffd')
})

describe('text', () => {
  it('splits into lines whatever their ends and the chunks', async () => {
    const client = answering(['a\r', '\nb', 'c\n\nd\r', 'e\n', 'f'], 'text/plain')
    const lines: string[] = []
    for await (const line of openText(client, undefined, planOf('text/plain')).lines()) lines.push(line)
    expect(lines).toEqual(['a', 'bc', '', 'd', 'e', 'f'])
  })
  it('drops one byte order mark and keeps the rest', async () => {
    const client = answering([Uint8Array.of(0xef), Uint8Array.of(0xbb, 0xbf), '\ufeffa'], 'text/plain')
    expect(await openText(client, undefined, planOf('text/plain')).text()).toBe('\ufeffa')
  })
})

describe('rows 26, 27, 28: delays', () => {
  async function delaysOf(text: string, options: { minDelay: number; maxDelay: number }): Promise<number[]> {
    const delays: number[] = []
    const server = await serve((response) => begin(response, events).end(text))
    const stream = openAny(server.client, {
      ...options,
      reconnect: 'always',
      onMessage: () => {},
      onStatusChange: (_, reconnect) => {
        if (reconnect) delays.push(reconnect.delay)
        if (delays.length === 6) stream.close()
      },
    })
    await stream.done
    return delays
  }
  it('grow from minDelay to maxDelay with jitter, also where each connection brings an event', async () => {
    const delays = await delaysOf('data: a\n\n', { minDelay: 8, maxDelay: 100 })
    const least = [8, 16, 32, 64, 66, 66]
    const most = [12, 24, 48, 96, 100, 100]
    expect(delays.every((delay, index) => delay >= (least[index] ?? 0) && delay <= (most[index] ?? 0))).toBe(true)
  })
  it('begin with what the server asks for, capped', async () => {
    expect((await delaysOf('retry: 20\n\ndata: a\n\n', { minDelay: 1, maxDelay: 22 }))[0]).toBeGreaterThanOrEqual(20)
    expect(await delaysOf('retry: 99999999999999\n\n', { minDelay: 1, maxDelay: 5 })).toEqual([5, 5, 5, 5, 5, 5])
  })
  it('have a floor where the server asks for none', async () => {
    const [first = 0] = await delaysOf('retry: 0\n\n', { minDelay: 1000, maxDelay: 60 })
    expect(first).toBeGreaterThanOrEqual(50)
  })
})

it('row 28: the delay starts anew once a connection has held', async () => {
  const delays: number[] = []
  const server = await serve(async (response, _, attempt) => {
    begin(response, events)
    if (attempt === 3) await sleep(60)
    response.end('data: a\n\n')
  })
  const stream = openAny(server.client, {
    reconnect: 'always',
    minDelay: 4,
    maxDelay: 20,
    onMessage: () => {},
    onStatusChange: (_, reconnect) => {
      if (reconnect) delays.push(reconnect.delay)
      if (delays.length === 3) stream.close()
    },
  })
  await stream.done
  expect(delays[1]).toBeGreaterThanOrEqual(8)
  expect(delays[2]).toBeLessThanOrEqual(6)
})

describe('maxAttempts', () => {
  it('counts attempts in a row that bring no event', async () => {
    const server = await serve((response, _, attempt) => {
      if (attempt === 3) begin(response, events).end('data: a\n\nda')
      else response.writeHead(503).end()
    })
    const stream = openAny(server.client, { maxAttempts: 3, minDelay: 1, maxDelay: 10_000 })
    await expect(stream.toArray()).rejects.toMatchObject({ status: 503 })
    expect(server.requests).toHaveLength(6)
  })
  it('of one never reconnects before the first event', async () => {
    const server = await serve((response) => response.writeHead(503).end())
    await expect(openAny(server.client, { maxAttempts: 1 }).toArray()).rejects.toMatchObject({ status: 503 })
    expect(server.requests).toHaveLength(1)
  })
})

describe('what the server says in the stream', () => {
  it('its own error ends it and is not retried', async () => {
    const server = await serve((response) =>
      begin(response, events).end('id: 1\ndata: 1\n\nevent: error\ndata: {"message":"no"}\n\ndata: 2\n\n'),
    )
    const errors: StreamError[] = []
    const stream = openAny(
      server.client,
      { onError: (error) => errors.push(error) },
      { data: 'json', remoteErrorEvent: 'error' },
    )
    await expect(stream.toArray()).rejects.toMatchObject({ kind: 'remote', body: { message: 'no' } })
    expect(errors).toHaveLength(1)
    expect(server.requests).toHaveLength(1)
  })
  it.each([
    ['data: [DONE]\n\n', { data: 'json' as const }],
    ['event: end\ndata: [DONE]\n\n', { events: { message: 'json' as const } }],
    ['data: stop\n\n', { sentinel: 'stop' }],
  ])('the sentinel %j completes it', async (text, plan) => {
    const server = await serve((response) => {
      begin(response, events).write(`id: 1\ndata: 1\n\n${text}data: 2\n\n`)
    })
    expect(await openAny(server.client, {}, plan).toArray()).toHaveLength(1)
    await server.released()
  })
  it('[DONE] is text where the data is text', async () => {
    expect(await openAny(answering(['data: [DONE]\n\n'], events)).toArray()).toMatchObject([{ data: '[DONE]' }])
  })
})
