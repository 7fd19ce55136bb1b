/** The Hono app of `fixtures/routes/hono` on a real server, driven by the client that is generated from it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byCallbacks, byIteration, type Client, type Running, run } from './client.js'

describe('the client of the Hono app', () => {
  let running: Running
  let client: Client

  beforeAll(async () => {
    running = await run('hono', 'src/server.ts')
    client = running.client
  })

  afterAll(() => running?.stop())

  it('gets events by the type that each has, at the path where the router is mounted, by both styles', async () => {
    const events = [
      { event: 'progress', data: { type: 'progress', percent: 50 } },
      { event: 'finished', data: { type: 'finished', at: '1970-01-01T00:00:00.000Z' } },
    ]
    const { items } = await byIteration(client.call('getV1ApiJobsByIdEvents', { id: '7' }))
    expect(items).toMatchObject(events)
    const open = (options: object) => client.call('getV1ApiJobsByIdEvents', { id: '7' }, options)
    expect(await byCallbacks(open, 'onMessage')).toMatchObject({ items: events, end: 'done' })
  })

  it('sends what the validators want, and gets unnamed, named and empty events', async () => {
    const params = { id: '7', limit: 2, body: { prompt: 'two words' } }
    const { items } = await byIteration(client.call('postV1ApiJobsByIdAnswer', params))
    expect(items).toMatchObject([
      { event: 'message', data: { token: 'two' } },
      { event: 'message', data: { token: 'words' } },
      { event: 'usage', data: { tokens: 2 } },
      { event: 'ping' },
    ])
  })

  it('gets data that is a text and not JSON', async () => {
    const { items } = await byIteration(client.call('getClock'))
    expect(items).toMatchObject([{ event: 'time', data: '1970-01-01T00:00:00.000Z' }])
  })

  it('gets the text of streamText, the records and the octets of stream', async () => {
    expect(await client.call('getV1ApiJobsByIdLog', { id: '7' }).text()).toBe('first — 🦜\nsecond\n')
    const rows = [
      { type: 'progress', percent: 50 },
      { type: 'finished', at: '1970-01-01T00:00:00.000Z' },
    ]
    expect(await byIteration(client.call('getV1ApiJobsByIdRows', { id: '7' }))).toEqual({ items: rows })
    const open = (options: object) => client.call('getV1ApiJobsByIdRows', { id: '7' }, options)
    expect(await byCallbacks(open, 'onChunk')).toEqual({ items: rows, end: 'done' })
    expect([...(await client.call('getV1ApiJobsByIdArtefact', { id: '7' }).bytes())]).toEqual([0, 255, 1])
  })
})
