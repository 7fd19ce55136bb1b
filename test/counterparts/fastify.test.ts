import { fastifySSE } from '@fastify/sse'
import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { newClient, requestJson } from '../../src/runtime/index.js'
import { openAny, planOf } from '../runtime/answers.js'
import { type Running, started, testFeed, urlOf, type Visits } from './feed.js'

async function start(visits: Visits): Promise<Running> {
  const app: FastifyInstance = Fastify({ forceCloseConnections: true })
  await app.register(fastifySSE, { heartbeatInterval: 20 })
  app.get('/feed', { sse: true }, async (_, reply) => {
    for (const event of visits.next(reply.sse.lastEventId)) await reply.sse.send(event)
  })
  app.get('/open', { sse: 'only' }, async (_, reply) => {
    reply.sse.keepAlive()
    reply.sse.onClose(() => visits.closed++)
    await reply.sse.send({ event: 'step', data: { n: 0 } })
  })
  app.post<{ Body: { words: string[] } }>('/chat', { sse: 'manual' }, async (request, reply) => {
    for (const data of [...request.body.words, '[DONE]']) await reply.sse.send({ data })
  })
  app.get('/both', { sse: 'dual' }, async (_, reply) => {
    if (!reply.sse) return { n: 1 }
    await reply.sse.send({ data: { n: 1 } })
    return undefined
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { url: urlOf(app.server), stop: () => app.close() }
}

describe('@fastify/sse', () => {
  testFeed(start, { sentinel: '"[DONE]"' })

  it('answers with the kind that Accept asks for', async () => {
    const { client } = await started(start)
    const both = { path: '/both' }
    expect(await requestJson(client, {}, planOf('application/json', both))).toEqual({ n: 1 })
    expect(await openAny(client, {}, { ...planOf('text/event-stream', both), data: 'json' }).toArray()).toMatchObject([
      { data: { n: 1 } },
    ])
    await expect(requestJson(client, {}, planOf('application/json', { path: '/open' }))).rejects.toMatchObject({
      kind: 'http',
      status: 406,
    })
  })
  it('sends heartbeats, which are a sign of life', async () => {
    const { client } = await started(start)
    const quick = newClient({ ...client.options, idleTimeout: 150, maxAttempts: 1 })
    const seen: unknown[] = []
    const plan = planOf('text/event-stream', { path: '/open' })
    const stream = openAny(quick, { onMessage: ({ data }) => seen.push(data) }, plan)
    setTimeout(() => stream.close(), 600)
    await stream.done
    expect(seen).toEqual(['{"n":0}'])
  })
})
