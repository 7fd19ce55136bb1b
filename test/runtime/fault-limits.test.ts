import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { newClient, openText, requestJson, requestVoid } from '../../src/runtime/index.js'
import { answering, bodyOf, openAny, planOf } from './answers.js'
import { styles } from './outcome.js'
import { begin, serve, sleep, until } from './scripted-server.js'

const events = 'text/event-stream'

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
