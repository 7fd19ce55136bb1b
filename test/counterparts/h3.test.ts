import { EventStream, H3, serve } from 'h3'
import { describe, expect, it } from 'vitest'
import { openAny, planOf } from '../runtime/answers.js'
import { type Running, started, testFeed, type Visits } from './feed.js'

async function start(visits: Visits): Promise<Running> {
  const app = new H3()
  app.get('/feed', (event) => {
    const stream = new EventStream(event)
    const events = visits.next(event.req.headers.get('last-event-id'))
    stream.push(events.map(({ data, ...rest }) => ({ ...rest, data: JSON.stringify(data) }))).then(() => stream.close())
    return stream
  })
  app.get('/open', (event) => {
    const stream = new EventStream(event)
    stream.onClosed(() => visits.closed++)
    stream.push({ event: 'step', data: '{"n":0}' })
    return stream
  })
  app.post('/chat', async (event) => {
    // The test posts nothing else.
    const body = (await event.req.json()) as { words: string[] }
    const stream = new EventStream(event)
    const words = body.words.map((word) => JSON.stringify(word))
    stream.push([...words, '[DONE]']).then(() => stream.close())
    return stream
  })
  app.get('/lines', (event) => {
    const stream = new EventStream(event)
    stream
      .pushComment('hello')
      .then(() => stream.push(' a\n\n  b'))
      .then(() => stream.close())
    return stream
  })
  const server = serve(app, { port: 0, hostname: '127.0.0.1', silent: true })
  await server.ready()
  return { url: server.url ?? '', stop: () => server.close(true) }
}

describe('h3', () => {
  testFeed(start)

  it('keeps every space and line of its text, and passes over its comments', async () => {
    const { client } = await started(start)
    expect(await openAny(client, {}, planOf('text/event-stream', { path: '/lines' })).toArray()).toMatchObject([
      { event: 'message', data: ' a\n\n  b', id: '' },
    ])
  })
})
