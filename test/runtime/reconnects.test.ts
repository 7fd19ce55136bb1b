import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { apiKeyHeader, authorize, bearer, form, newClient, openSse, withQuery } from '../../src/runtime/index.js'
import { answering, openAny, planOf } from './answers.js'
import { outcomeOf, styles } from './outcome.js'
import { begin, serve, sleep } from './scripted-server.js'

const events = 'text/event-stream'

describe('rows 26, 27: delays', () => {
  it('have jitter at their cap too', async () => {
    const delays: number[] = []
    const server = await serve((response) => response.writeHead(503).end())
    const stream = openAny(server.client, {
      minDelay: 1,
      maxDelay: 8,
      maxAttempts: 9,
      onMessage: () => {},
      onStatusChange: (_, reconnect) => {
        if (reconnect) delays.push(reconnect.delay)
      },
    })
    await stream.done.catch(() => {})
    const capped = delays.slice(4)
    expect(capped).toHaveLength(4)
    expect(new Set(capped).size).toBeGreaterThan(1)
  })
  it.each(['0', '-1', 'soon', new Date(0).toUTCString()])('are their own where Retry-After is %s', async (value) => {
    const delays: number[] = []
    const server = await serve((response) => response.writeHead(503, { 'retry-after': value }).end())
    const stream = openAny(server.client, {
      minDelay: 4,
      maxDelay: 8,
      onMessage: () => {},
      onStatusChange: (_, reconnect) => {
        if (reconnect) delays.push(reconnect.delay)
        if (reconnect) stream.close()
      },
    })
    await stream.done
    expect(delays.every((delay) => delay >= 4 && delay <= 6)).toBe(true)
  })
})

describe.each(styles)('row 28: in the style of %s', (style) => {
  it('a connection that held without an event starts the count of attempts anew', async () => {
    const server = await serve(async (response, _, attempt) => {
      if (attempt === 5) return void response.writeHead(204).end()
      const { socket } = begin(response, events)
      response.write(': here\n\n')
      await sleep(40)
      socket?.destroy()
    })
    const { thrown, completed } = await outcomeOf(server.client, {
      style,
      options: { maxAttempts: 3, minDelay: 1, maxDelay: 10 },
    })
    expect([thrown, completed, server.requests.length]).toEqual([[], 1, 5])
  })
  it('one that is dropped at once without an event does not', async () => {
    const server = await serve((response) => {
      begin(response, events).write(': here\n\n', () => response.socket?.destroy())
    })
    const { thrown } = await outcomeOf(server.client, {
      style,
      options: { maxAttempts: 3, minDelay: 1, maxDelay: 1000 },
    })
    expect(thrown).toMatchObject([{ kind: 'network' }])
    expect(server.requests).toHaveLength(3)
  })
})

describe('row 29: Last-Event-ID', () => {
  it('may have a tab, which headers may have', async () => {
    const server = await serve((response, _, attempt) => {
      if (attempt === 1) begin(response, events).end('id: a\tb\ndata: a\n\n')
      else response.writeHead(204).end()
    })
    await openAny(server.client, { minDelay: 1 }).toArray()
    expect(server.requests[1]?.headers['last-event-id']).toBe('a\tb')
  })
  it('is that of the last event, also where the first one stood in the headers', async () => {
    const server = await serve((response, _, attempt) => {
      if (attempt < 3) begin(response, events).end(`id: ${attempt}\ndata: a\n\n`)
      else response.writeHead(204).end()
    })
    await openAny(server.client, { headers: { 'Last-Event-ID': '0' }, minDelay: 1, maxDelay: 2 }).toArray()
    expect(server.requests.map((request) => request.headers['last-event-id'])).toEqual(['0', '1', '2'])
  })
})

it('row 8: a redirect to another origin drops Authorization, not a key in a header of its own', async () => {
  const other = await serve((response) => {
    begin(response, events).end('data: a\n\n')
  })
  const { url } = await serve((response) => response.writeHead(307, { location: `${other.url}/x` }).end())
  const client = newClient({ baseUrl: url, auth: { token: 't', key: 'k' } })
  const security = authorize([[bearer('token'), apiKeyHeader('key', 'x-key')]])
  const onOpen = vi.fn()
  const request = () => ({ method: 'GET', path: '/', security })
  await openAny(client, { onOpen, reconnect: false }, { request }).toArray()
  expect(onOpen.mock.calls[0]?.[0].url).toBe(`${other.url}/x`)
  expect(other.requests[0]?.headers).toMatchObject({ 'x-key': 'k' })
  expect(other.requests[0]?.headers.authorization).toBe(undefined)
})

// Row 49: Node takes the eleventh listener of one signal for a leak.
it('row 49: a signal of another make than that of Node, such as that of jsdom, ends it too', async () => {
  const server = await serve((response) => begin(response, events).write('data: a\n\n'))
  const listeners = new Set<() => void>()
  const signal = {
    aborted: false,
    reason: 'mine',
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  }
  // What is used of a signal.
  const options = { signal: signal as unknown as AbortSignal }
  const abort = (): void => {
    signal.aborted = true
    for (const listener of listeners) listener()
  }
  await expect(openAny(server.client, { ...options, onMessage: abort }).done).rejects.toBe('mine')
  await server.released()
  expect(listeners.size).toBe(0)
})

it('row 49: many streams at a time on one signal cause no warning, and leave no listener', async () => {
  const warning = vi.fn()
  process.on('warning', warning)
  const { signal } = new AbortController()
  const client = answering(['data: a\n\n'], events)
  await Promise.all(Array.from({ length: 1000 }, () => openAny(client, { signal }).toArray()))
  await sleep(5)
  process.off('warning', warning)
  expect(getEventListeners(signal, 'abort')).toEqual([])
  expect(warning).not.toHaveBeenCalled()
})

it('row 42: a value that no request can have is told to onError', async () => {
  const onError = vi.fn()
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const request = () => ({ method: 'GET', path: withQuery('/', form('since', new Date(Number.NaN))) })
  openSse(
    newClient({ baseUrl: 'http://127.0.0.1:1' }),
    { onMessage: () => {}, onError },
    { ...planOf(events), request },
  )
  await sleep(20)
  log.mockRestore()
  expect(onError).toHaveBeenCalledOnce()
})
