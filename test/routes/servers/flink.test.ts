/**
 * The Flink app of `fixtures/routes/flink` on its real server, driven by the client that is generated from it. Flink takes
 * 75 MB, so that it is installed in the fixture (`npm ci --prefix fixtures/routes/flink`) and not with this package.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixtures } from '../dialects/fixtures.js'
import { byCallbacks, byIteration, type Client, type Running, run } from './client.js'

const isInstalled = existsSync(join(fixtures, 'flink/node_modules/@flink-app/streaming-plugin'))

describe.skipIf(!isInstalled)('the client of the Flink app (needs npm ci --prefix fixtures/routes/flink)', () => {
  let running: Running
  let client: Client

  beforeAll(async () => {
    running = await run('flink', 'src/app.ts')
    client = running.client
  })

  afterAll(() => running?.stop())

  it('gets events with a token by both styles', async () => {
    const user = client.as({ bearerAuth: () => 'let-me-in' })
    const params = { jobId: 'a/b', from: 50 }
    const events = [
      { data: { type: 'progress', jobId: 'a/b', percent: 50, at: '1970-01-01T00:00:00.000Z' } },
      { data: { type: 'finished', jobId: 'a/b', result: 'done' } },
    ]
    const { items } = await byIteration(user.call('getJobEvents', params))
    expect(items).toMatchObject(events)
    const open = (options: object) => user.call('getJobEvents', params, options)
    expect(await byCallbacks(open, 'onMessage')).toMatchObject({ items: events, end: 'done' })
  })

  it('is refused without a token, with the body that the type states', async () => {
    const { error } = await byIteration(client.call('getJobEvents', { jobId: 'a' }))
    const detail = 'Authentication required'
    expect(error).toMatchObject({
      kind: 'http',
      status: 401,
      body: { status: 401, error: { title: 'Unauthorized', detail } },
    })
  })

  it('gets events over POST by both styles', async () => {
    const params = { body: { message: 'two words' } }
    const tokens = [{ data: { index: 0, token: 'two' } }, { data: { index: 1, token: 'words' } }]
    const { items } = await byIteration(client.call('postChat', params))
    expect(items).toMatchObject(tokens)
    const open = (options: object) => client.call('postChat', params, options)
    expect(await byCallbacks(open, 'onMessage')).toMatchObject({ items: tokens, end: 'done' })
  })

  it('fails with the error that the server sends among the events', async () => {
    const params = { body: { message: 'one two', failAfter: 1 } }
    const { items, error } = await byIteration(client.call('postChat', params))
    expect(items).toMatchObject([{ data: { token: 'one' } }])
    expect(error).toMatchObject({ kind: 'remote', body: { message: 'the model is gone' } })
    const open = (options: object) => client.call('postChat', params, options)
    const called = await byCallbacks(open, 'onMessage')
    expect(called).toMatchObject({ items: [{ data: { token: 'one' } }], end: expect.stringMatching(/^remote: /) })
  })

  it('gets records in the default format of the plugin by both styles', async () => {
    const params = { body: { table: 'users', rows: 2 } }
    const rows = [
      { table: 'users', id: 0 },
      { table: 'users', id: 1 },
    ]
    expect(await byIteration(client.call('postExport', params))).toEqual({ items: rows })
    const open = (options: object) => client.call('postExport', params, options)
    expect(await byCallbacks(open, 'onChunk')).toEqual({ items: rows, end: 'done' })
  })

  it('fails with the error that the handler throws among the records', async () => {
    const params = { body: { table: 'broken', rows: 1 } }
    const { items, error } = await byIteration(client.call('postExport', params))
    expect(items).toEqual([{ table: 'broken', id: 0 }])
    expect(error).toMatchObject({ kind: 'remote', body: 'the disk is gone' })
  })

  it('gets what an inline handler writes', async () => {
    expect(await byIteration(client.call('getCountByTo', { to: '2' }))).toEqual({
      items: [{ count: 1, even: false }, { count: 2, even: true }, { done: true }],
    })
  })
})
