import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { describe, expect, it } from 'vitest'
import { openAny, planOf } from '../runtime/answers.js'
import { listening, type Running, started, testFeed, type Visits } from './feed.js'

function start(visits: Visits): Promise<Running> {
  const app = new Hono()
  app.get('/feed', (context) => {
    const events = visits.next(context.req.header('last-event-id'))
    return streamSSE(context, async (stream) => {
      for (const { data, ...event } of events) await stream.writeSSE({ ...event, data: JSON.stringify(data) })
    })
  })
  app.get('/open', (context) =>
    streamSSE(context, async (stream) => {
      await stream.writeSSE({ event: 'step', data: '{"n":0}' })
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      visits.closed++
    }),
  )
  app.post('/chat', async (context) => {
    const { words } = await context.req.json()
    return streamSSE(context, async (stream) => {
      for (const word of words) await stream.writeSSE({ data: JSON.stringify(word) })
      await stream.writeSSE({ data: '[DONE]' })
    })
  })
  app.get('/lines', (context) => streamSSE(context, (stream) => stream.writeSSE({ data: ' a\r\n  b\n' })))
  app.get('/broken', (context) =>
    streamSSE(
      context,
      async (stream) => {
        await stream.writeSSE({ data: 'whole' })
        throw new Error('no')
      },
      async () => {},
    ),
  )
  return listening(createServer(getRequestListener(app.fetch)))
}

describe('Hono', () => {
  testFeed(start)

  it('keeps every space and line of its text', async () => {
    const { client } = await started(start)
    expect(await openAny(client, {}, planOf('text/event-stream', { path: '/lines' })).toArray()).toMatchObject([
      { event: 'message', data: ' a\n  b\n', id: '' },
    ])
  })
  it('reports an exception of its handler as an event, which ends the stream', async () => {
    const { client } = await started(start)
    const plan = { ...planOf('text/event-stream', { path: '/broken' }), remoteErrorEvent: 'error' }
    const seen: unknown[] = []
    const stream = openAny(client, { onMessage: ({ data }) => seen.push(data) }, plan)
    await expect(stream.done).rejects.toMatchObject({ kind: 'remote', body: 'no' })
    expect(seen).toEqual(['whole'])
  })
})
