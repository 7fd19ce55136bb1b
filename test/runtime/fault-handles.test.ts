import { describe, expect, it, vi } from 'vitest'
import { authorize, newClient, openNdjson, type StreamStatus } from '../../src/runtime/index.js'
import { answering, openAny, planOf } from './answers.js'
import { outcomeOf, styles } from './outcome.js'
import { begin, type ScriptedServer, serve, sleep, until } from './scripted-server.js'

const events = 'text/event-stream'

/** Sends an event and then nothing. */
function serveOne(): Promise<ScriptedServer> {
  return serve((response) => {
    begin(response, events).write('data: a\n\n')
  })
}

describe('row 33: an abort before the start', () => {
  it.each(styles)('in the style of %s makes no request and rejects with its reason', async (style) => {
    const fetch = vi.fn()
    const client = newClient({ baseUrl: 'https://api.test', fetch })
    const signal = AbortSignal.abort(new Error('mine'))
    const { thrown, reported } = await outcomeOf(client, { style, options: { signal } })
    expect(thrown).toEqual([new Error('mine')])
    expect(reported).toEqual([])
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('row 34: an abort or a close', () => {
  const moments: Record<string, () => Promise<ScriptedServer>> = {
    'while it connects': () => serve(() => {}),
    'in mid-stream': serveOne,
    'during the back-off': () => serve((response) => response.writeHead(503).end()),
  }
  for (const [moment, start] of Object.entries(moments)) {
    it.each(styles)(`${moment}, in the style of %s`, async (style) => {
      const server = await start()
      const controller = new AbortController()
      const reading = outcomeOf(server.client, {
        style,
        options: { signal: controller.signal, minDelay: 60_000, maxDelay: 60_000 },
      })
      await until(() => server.requests.length === 1)
      await sleep(20)
      const before = performance.now()
      controller.abort('mine')
      const { thrown, reported, completed, statuses } = await reading
      // Nothing waits for the end of the back-off, which is a minute away.
      expect(performance.now() - before).toBeLessThan(1000)
      expect({ thrown, reported, completed, last: statuses.pop() }).toEqual({
        thrown: ['mine'],
        reported: [],
        completed: 0,
        last: 'closed',
      })
      await server.released()
    })
    it(`${moment}: close() ends it quietly`, async () => {
      const server = await start()
      const onError = vi.fn()
      const stream = openAny(server.client, { minDelay: 60_000, maxDelay: 60_000, onError, onComplete: onError })
      const reading = stream.toArray()
      await until(() => server.requests.length === 1)
      await sleep(20)
      stream.close()
      stream.close()
      expect((await reading).length).toBe(moment === 'in mid-stream' ? 1 : 0)
      await stream.done
      expect(stream.status).toBe('closed')
      expect(onError).not.toHaveBeenCalled()
      await server.released()
    })
  }
  it('while a token is waited for ends at once, and nothing is sent later', async () => {
    const fetch = vi.fn()
    const client = newClient({ baseUrl: 'https://api.test', fetch })
    let give = (): void => {}
    const credential = () => new Promise<undefined>((resolve) => (give = () => resolve(undefined)))
    const request = () => ({ method: 'GET', path: '/', security: authorize([[credential]]) })
    const stream = openAny(client, {}, { request })
    const reading = stream.toArray()
    await sleep(5)
    stream.close()
    expect(await reading).toEqual([])
    give()
    await sleep(5)
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('row 35: an end inside a callback', () => {
  it('lets no further callback run', async () => {
    const seen: unknown[] = []
    const onComplete = vi.fn()
    const stream = openAny(answering(['data: a\n\ndata: b\n\n', 'data: c\n\n'], events), {
      on: { message: (data) => seen.push(data, stream.close()) },
      onMessage: () => seen.push('never'),
      onComplete,
    })
    await stream.done
    expect(seen).toEqual(['a', undefined])
    expect(onComplete).not.toHaveBeenCalled()
  })
})

describe('row 36: a callback that throws', () => {
  const broken = (): never => {
    throw new Error('mine')
  }
  it.each([
    ['onMessage', { onMessage: broken }],
    ['onMessage, later', { onMessage: async () => broken() }],
    ['on', { on: { message: broken } }],
    ['onOpen', { onOpen: broken }],
    ['onStatusChange', { onStatusChange: broken }],
  ])('in %s closes the stream, and done rejects with it', async (_, options) => {
    const server = await serveOne()
    const onError = vi.fn()
    const stream = openAny(server.client, { onMessage: () => {}, ...options, onError })
    await expect(stream.done).rejects.toThrow('mine')
    expect(onError).not.toHaveBeenCalled()
    expect(server.requests.length).toBeLessThan(2)
    await server.released()
  })
  it('is reported where nobody waits for done', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const server = await serveOne()
    openAny(server.client, { onMessage: broken })
    await until(() => error.mock.calls.length > 0)
    expect(error).toHaveBeenCalledExactlyOnceWith(new Error('mine'))
    error.mockRestore()
  })
  it('in onComplete or onError reaches done', async () => {
    await expect(openAny(answering(['data: a\n\n'], events), { onComplete: broken }).done).rejects.toThrow('mine')
    await expect(openAny(answering([''], 'text/html'), { onError: broken }).done).rejects.toThrow('mine')
  })
})

it('row 37: what a callback returns is awaited before the next item', async () => {
  const log: string[] = []
  const stream = openAny(answering(['data: a\n\ndata: b\n\n', 'data: c\n\n'], events), {
    on: {
      message: async (data) => {
        log.push(`on ${data}`)
        await sleep(3)
      },
    },
    onMessage: async ({ data }) => {
      log.push(`begin ${data}`)
      await sleep(3)
      log.push(`end ${data}`)
    },
  })
  await stream.done
  expect(log).toEqual(['on a', 'begin a', 'end a', 'on b', 'begin b', 'end b', 'on c', 'begin c', 'end c'])
})

it.each(styles)('rows 37, 38: a slow reader holds the server back, in the style of %s', async (style) => {
  const megabyte = `${JSON.stringify('x'.repeat(1_000_000))}\n`
  let sent = 0
  const server = await serve((response) => {
    begin(response, 'application/x-ndjson')
    const more = (): void => {
      while (sent < 200) {
        sent++
        if (!response.write(megabyte)) return void response.once('drain', more)
      }
    }
    more()
  })
  let seen = 0
  const plan = planOf('application/x-ndjson')
  const onChunk = (): Promise<void> => {
    seen++
    return sleep(5)
  }
  const stream = openNdjson(server.client, style === 'callbacks' ? { onChunk } : {}, plan)
  if (style === 'iteration') {
    for await (const _ of stream) {
      await sleep(5)
      if (++seen === 20) break
    }
  } else await until(() => seen >= 20)
  stream.close()
  expect(sent - seen).toBeLessThan(16)
})

describe('row 39: leaving the loop closes the connection', () => {
  it.each(['break', 'throw', 'return'])('by %s', async (way) => {
    const server = await serveOne()
    const stream = openAny(server.client)
    const read = async (): Promise<void> => {
      for await (const _ of stream) {
        if (way === 'throw') throw new Error('mine')
        if (way === 'return') return
        break
      }
    }
    await read().catch((error) => expect(error.message).toBe('mine'))
    await server.released()
    await stream.done
    expect(stream.status).toBe('closed')
  })
})

describe('row 40: reading twice', () => {
  it('is an error that says so', async () => {
    const stream = openAny(answering(['data: a\n\n'], events))
    await stream.toArray()
    await expect(stream.toArray()).rejects.toMatchObject({ kind: 'closed', message: 'already read' })
    expect(() => stream[Symbol.asyncIterator]()).toThrow('already read')
  })
  it('beside callbacks is one too', async () => {
    const seen: unknown[] = []
    const stream = openAny(answering(['data: a\n\n'], events), { onMessage: ({ data }) => seen.push(data) })
    await expect(stream.toArray()).rejects.toThrow('already read')
    await stream.done
    expect(seen).toEqual(['a'])
  })
})

describe('row 41: close()', () => {
  it('at any time and any number of times is harmless', async () => {
    const statuses: StreamStatus[] = []
    const stream = openAny(answering(['data: a\n\n'], events), {
      onOpen: () => stream.close(),
      onStatusChange: (status) => statuses.push(status),
      onMessage: () => statuses.push('open'),
    })
    await stream.done
    stream.close()
    expect(statuses).toEqual(['connecting', 'open', 'closed'])
  })
  it('before the start sends nothing and ends the iteration', async () => {
    const fetch = vi.fn()
    const stream = openAny(newClient({ baseUrl: 'https://api.test', fetch }))
    stream.close()
    expect(await stream.toArray()).toEqual([])
    await stream.done
    expect(fetch).not.toHaveBeenCalled()
  })
  it('in the same turn as the call sends nothing', async () => {
    const fetch = vi.fn()
    const stream = openAny(newClient({ baseUrl: 'https://api.test', fetch }), { onMessage: () => {} })
    stream.close()
    await stream.done
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('row 42: rejections', () => {
  it('of done that nobody waits for are handled', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const onError = vi.fn()
    openAny(answering([''], 'text/html'), { onMessage: () => {}, onError })
    openAny(answering([''], 'text/html'), { onMessage: () => {} })
    await openAny(answering([''], 'text/html'))
      .toArray()
      .catch(() => {})
    await sleep(20)
    process.off('unhandledRejection', unhandled)
    expect(onError).toHaveBeenCalledTimes(1)
    expect(unhandled).not.toHaveBeenCalled()
  })
})

describe('done', () => {
  it('taken by itself reads the stream to its end', async () => {
    const onUnknownEvent = vi.fn()
    const stream = openAny(answering(['data: a\n\n'], events), { onUnknownEvent }, { events: {} })
    await stream.done
    expect(onUnknownEvent).toHaveBeenCalledExactlyOnceWith({ event: 'message', data: 'a', id: '' })
  })
  it('taken before a reader of the same turn leaves the items to it', async () => {
    const stream = openAny(answering(['data: a\n\n'], events))
    const { done } = stream
    expect(await stream.toArray()).toHaveLength(1)
    await done
  })
})
