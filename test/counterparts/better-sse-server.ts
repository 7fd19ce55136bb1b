import { createServer } from 'node:http'
import { type Channel, createSession, type SessionOptions } from 'better-sse'
import express, { type Request, type Response } from 'express'
import { listening, type Running, type Visits } from './feed.js'

/** What a test wants to reach: a channel that all sessions of `/open` join, and their answers. */
export interface Reached {
  readonly channel?: Channel
  readonly opened?: Response[]
}

/** Starts better-sse with Express. It answers with `X-Accel-Buffering: no`. */
export async function startBetterSse(visits: Visits, { channel, opened }: Reached = {}): Promise<Running> {
  const app = express()
  const open = (options: SessionOptions) => async (request: Request, response: Response) => {
    const session = await createSession(request, response, options)
    session.push({ n: 0 }, 'step')
    session.on('disconnected', () => visits.closed++)
    channel?.register(session)
    opened?.push(response)
  }
  app.get('/feed', async (request, response) => {
    const session = await createSession(request, response)
    const events = visits.next(session.lastId)
    await session.batch((buffer) => {
      for (const { event, data, id } of events) buffer.push(data, event, id)
    })
    response.end()
  })
  app.get('/open', open({}))
  app.get('/quick', open({ keepAlive: 20 }))
  app.get('/over', async (request, response) => {
    await createSession(request, response, { statusCode: 204 })
    response.end()
  })
  app.post('/chat', express.json(), async (request, response) => {
    const session = await createSession(request, response)
    await session.iterate([...request.body.words, '[DONE]'], { eventName: 'message' })
    response.end()
  })
  return listening(createServer(app))
}
