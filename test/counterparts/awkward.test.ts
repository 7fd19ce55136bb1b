import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import fastify from 'fastify'
import { Hono } from 'hono'
import { stream as honoStream, streamSSE } from 'hono/streaming'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newClient, openBinary, openNdjson, openText, requestJson, requestVoid } from '../../src/runtime/index.js'
import { openAny, planOf } from '../runtime/answers.js'
import { serve, sleep } from '../runtime/scripted-server.js'
import { listening, started } from './feed.js'

const events = 'text/event-stream'

describe('Hono, as it is written', () => {
  const start = () => {
    const app = new Hono()
    app.get('/plain', (context) => honoStream(context, async (stream) => void (await stream.write('data: a\n\n'))))
    app.get('/early', (context) => context.json({ error: 'no' }, 401))
    app.get('/head', (context) => context.body(null, 200))
    app.post('/created', (context) => context.body(null, 201))
    app.get('/empty', (context) => context.body('', 200, { 'content-type': events }))
    app.get('/name', (context) => streamSSE(context, (stream) => stream.writeSSE({ event: '', data: '', id: '' })))
    return listening(createServer(getRequestListener(app.fetch)))
  }
  const at = (path: string, method = 'GET') => planOf(events, { path, method })

  it('a stream without a media type is refused by an event stream and taken by the others', async () => {
    const { client } = await started(start)
    await expect(openAny(client, { reconnect: false }, at('/plain')).toArray()).rejects.toMatchObject({
      kind: 'content-type',
      excerpt: 'data: a\n\n',
    })
    expect(await openText(client, undefined, planOf('text/plain', { path: '/plain' })).text()).toBe('data: a\n\n')
  })
  it('its JSON errors are the body of the failure', async () => {
    const { client } = await started(start)
    await expect(openAny(client, {}, at('/early')).toArray()).rejects.toMatchObject({
      kind: 'http',
      status: 401,
      body: { error: 'no' },
    })
  })
  it('HEAD and an empty 201 are answers without content', async () => {
    const { client } = await started(start)
    await requestVoid(client, undefined, at('/head', 'HEAD'))
    await requestVoid(client, undefined, at('/created', 'POST'))
  })
  it('an event stream without an event completes', async () => {
    const { client } = await started(start)
    expect(await openAny(client, {}, at('/empty')).toArray()).toEqual([])
  })
  it('empty fields are an event without a name and without an id', async () => {
    const { client } = await started(start)
    expect(await openAny(client, { reconnect: false }, at('/name')).toArray()).toEqual([
      { event: 'message', data: '', id: '' },
    ])
  })
})

describe('Fastify, as it is written', () => {
  async function start(): Promise<ReturnType<typeof newClient>> {
    const app = fastify()
    app.get('/raw', (_, reply) => {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': events })
      reply.raw.write('data: a\n\n')
      reply.raw.destroy()
    })
    app.get('/rows', (_, reply) => {
      async function* rows(): AsyncGenerator<string> {
        yield '{"n":1}\n{"n"'
        await sleep(2)
        yield ':2}\n'
        await sleep(20)
        throw new Error('no')
      }
      return reply.type('application/x-ndjson').send(Readable.from(rows()))
    })
    app.get('/range', (_, reply) => reply.code(206).type('application/zip').send(Buffer.from('part')))
    app.get('/nothing', (_, reply) => reply.code(200).type('application/json').send(''))
    app.get('/moved', (_, reply) => reply.code(304).send())
    onTestFinished(() => app.close())
    return newClient({ baseUrl: await app.listen({ port: 0, host: '127.0.0.1' }) })
  }

  it('an answer that is destroyed after an event is a drop', async () => {
    const client = await start()
    await expect(
      openAny(client, { reconnect: false }, planOf(events, { path: '/raw' })).toArray(),
    ).rejects.toMatchObject({ kind: 'network' })
  })
  it('a generator that fails gives its records, then an error', async () => {
    const seen: unknown[] = []
    const plan = planOf('application/x-ndjson', { path: '/rows' })
    const stream = openNdjson(await start(), { onChunk: (row) => seen.push(row) }, plan)
    await expect(stream.done).rejects.toMatchObject({ kind: 'network' })
    expect(seen).toEqual([{ n: 1 }, { n: 2 }])
  })
  it('206 is an answer, 304 is none, and an empty one is not JSON', async () => {
    const client = await start()
    expect((await openBinary(client, undefined, planOf('application/zip', { path: '/range' })).bytes()).length).toBe(4)
    await expect(requestJson(client, undefined, planOf('application/json', { path: '/moved' }))).rejects.toMatchObject({
      kind: 'http',
      status: 304,
    })
    await expect(
      requestJson(client, undefined, planOf('application/json', { path: '/nothing' })),
    ).rejects.toMatchObject({ kind: 'parse' })
  })
})

describe('node:http, as it is written', () => {
  it('a Content-Length that cuts an event off is a drop', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': events, 'content-length': '13' }).end('data: a\n\ndata: b\n\n')
    })
    const stream = openAny(server.client, { reconnect: false })
    await expect(stream.toArray()).rejects.toMatchObject({
      kind: 'network',
      message: 'ended in the middle of an event',
    })
  })
  it('an answer that comes before the request was read is told', async () => {
    const http = createServer((_, response) => void response.writeHead(413, { connection: 'close' }).end('too much'))
    const { client } = await started(() => listening(http))
    const request = () => ({ method: 'POST', path: '/', body: { body: 'x'.repeat(8_000_000) } })
    await expect(requestJson(client, undefined, { request, accept: '*/*' })).rejects.toMatchObject({
      kind: expect.stringMatching(/^(http|network)$/),
    })
  })
})
