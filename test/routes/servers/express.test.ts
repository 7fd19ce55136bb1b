/** The annotated Express app of `fixtures/routes/express`, driven by the client that is generated from it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byCallbacks, byIteration, type Client, type Running, run } from './client.js'

describe('the client of the annotated Express app', () => {
  let running: Running
  let client: Client

  beforeAll(async () => {
    running = await run('express', 'src/app.ts')
    client = running.client
  })

  afterAll(() => running?.stop())

  const events = [
    { event: 'progress', data: { percent: 50, at: '1970-01-01T00:00:00.000Z' } },
    { event: 'ping' },
    { event: 'finished', data: { result: 'a/b' } },
  ]

  it('gets named events by both styles, with a token', async () => {
    const user = client.as({ bearerAuth: 'let-me-in' })
    const params = { id: 'a/b', from: 50 }
    const { items } = await byIteration(user.call('getApiJobsByIdEvents', params))
    expect(items).toMatchObject(events)
    const called = await byCallbacks((options) => user.call('getApiJobsByIdEvents', params, options), 'onMessage')
    expect(called.items).toMatchObject(events)
    expect(called.end).toBe('done')
  })

  it('is refused without one, with the body of the answer', async () => {
    const { error } = await byIteration(client.call('getApiJobsByIdEvents', { id: 'a' }))
    expect(error).toMatchObject({ kind: 'http', status: 401, body: { message: 'who are you' } })
  })

  it('gets the records of a generator over POST by both styles', async () => {
    const params = { body: { count: 3 } }
    const rows = [{ row: 1 }, { row: 2 }, { row: 3 }]
    expect(await byIteration(client.call('postApiRows', params))).toEqual({ items: rows })
    const open = (options: object) => client.call('postApiRows', params, options)
    expect(await byCallbacks(open, 'onChunk')).toEqual({ items: rows, end: 'done' })
  })

  it('gets an answer token by token, up to [DONE]', async () => {
    const params = { body: { prompt: 'two words' } }
    const { items } = await byIteration(client.call('postApiAnswers', params))
    expect(items).toMatchObject([{ data: { token: 'two' } }, { data: { token: 'words' } }])
  })

  it('gets text by lines, and a file with its name', async () => {
    const lines: string[] = []
    for await (const line of client.call('getApiJobsByIdLog', { id: '7' }).lines()) lines.push(line)
    expect(lines).toEqual(['log of 7', 'second line'])
    const file = await client.call('downloadArtefact', { id: '7' }).blob()
    expect([file.name, file.type, file.size]).toEqual(['job.zip', 'application/zip', 3])
  })
})
