/** The NestJS app of `fixtures/routes/nestjs` on a real server, driven by the client that is generated from it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byCallbacks, byIteration, type Client, type Running, run } from './client.js'

describe('the client of the NestJS app', () => {
  // NestJS gives every event an id, which tells a client that the stream can be resumed: it would ask again at the end.
  const once = { reconnect: false }
  let running: Running
  let client: Client

  beforeAll(async () => {
    running = await run('nestjs', 'src/app.module.ts')
    client = running.client
  })

  afterAll(() => running?.stop())

  it('gets named events of an observable, with its parameters, by both styles', async () => {
    const events = [
      { event: 'progress', data: { jobId: '7', percent: 5 } },
      { event: 'progress', data: { jobId: '7', percent: 55 } },
    ]
    const params = { id: '7', from: '5' }
    const { items } = await byIteration(client.call('getApiJobsByIdEvents', params, once))
    expect(items).toMatchObject(events)
    const open = (options: object) => client.call('getApiJobsByIdEvents', params, { ...options, ...once })
    expect(await byCallbacks(open, 'onMessage')).toMatchObject({ items: events, end: 'done' })
  })

  it('gets past the guard with a token, and is refused without', async () => {
    const user = client.as({ bearerAuth: 'let-me-in' })
    const { items } = await byIteration(user.call('getApiJobsFinished', { priority: 'high' }, once))
    expect(items).toMatchObject([{ data: { jobId: 'high', at: '1970-01-01T00:00:00.000Z' } }])
    const { error } = await byIteration(client.call('getApiJobsFinished', {}, once))
    expect(error).toMatchObject({ kind: 'http', status: 401 })
  })

  it('gets JSON that the method wrote itself, and sends the header it asks for', async () => {
    const { items } = await byIteration(client.call('getApiJobsLines', { 'x-tenant': 'acme' }, once))
    expect(items).toMatchObject([{ data: { jobId: 'acme', percent: 1 } }])
  })

  it('gets events over POST', async () => {
    const { items } = await byIteration(client.call('postApiJobsStart', { body: { title: 'new' } }))
    expect(items).toMatchObject([{ data: { jobId: 'new', percent: 0 } }])
  })

  it('gets a file, and records that were written by hand', async () => {
    const file = await client.call('getApiJobsByIdReport', { id: '7' }).blob()
    expect([file.type, await file.text()]).toEqual(['application/pdf', 'report of 7'])
    const { items } = await byIteration(client.call('postApiJobsExport', { body: { title: 'x' } }))
    expect(items).toEqual([{ jobId: 'a', percent: 1 }])
  })
})
