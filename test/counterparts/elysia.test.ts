import type { Server } from 'node:http'
import { node } from '@elysiajs/node'
import { Elysia, sse } from 'elysia'
import { describe, expect, it } from 'vitest'
import { openNdjson } from '../../src/runtime/index.js'
import { planOf } from '../runtime/answers.js'
import { sleep } from '../runtime/scripted-server.js'
import { type Running, started, testFeed, urlOf, type Visits } from './feed.js'

async function start(visits: Visits): Promise<Running> {
  const app = new Elysia({ adapter: node() })
    .get('/feed', async function* ({ headers }) {
      for (const event of visits.next(headers['last-event-id'])) yield sse({ ...event })
    })
    .get('/open', async function* () {
      try {
        for (;;) {
          yield sse({ event: 'step', data: { n: 0 } })
          await sleep(20)
        }
      } finally {
        visits.closed++
      }
    })
    .post('/chat', async function* ({ body }) {
      // The test posts nothing else.
      const { words } = body as { words: string[] }
      for (const word of words) yield sse({ data: JSON.stringify(word) })
      yield sse({ data: '[DONE]' })
    })
    .get('/objects', function* () {
      yield { n: 1 }
      yield { n: 2 }
    })
  return new Promise((resolve) => {
    app.listen({ port: 0, hostname: '127.0.0.1' }, (started) => {
      // The type is that of Bun's server; here there is one of Node below it, which knows its port and stops at once.
      const { server } = (started as unknown as { raw: { node: { server: Server } } }).raw.node
      const stop = (): void => {
        server.close()
        server.closeAllConnections()
      }
      server.on('listening', () => resolve({ url: urlOf(server), stop }))
    })
  })
}

describe('Elysia on Node', () => {
  testFeed(start)

  it('puts objects one after the other without a separator, which is an error and no records', async () => {
    const { client } = await started(start)
    await expect(
      openNdjson(client, {}, planOf('application/json', { path: '/objects' })).toArray(),
    ).rejects.toMatchObject({
      kind: 'parse',
      position: 1,
      excerpt: '{"n":1}{"n":2}',
    })
  })
})
