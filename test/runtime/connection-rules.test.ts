/** The rules of an event source's connection, in the order of HTML 9.2.3 and 9.2.4. [spec] https://html.spec.whatwg.org/#sse-processing-model */
import { describe, expect, it } from 'vitest'
import { openAny } from './answers.js'
import { outcomeOf, styles } from './outcome.js'
import { begin, serve, sleep } from './scripted-server.js'

const events = 'text/event-stream'

describe.each(styles)('in the style of %s', (style) => {
  it('connection rule 1: the request is a GET that accepts event streams and says where to resume', async () => {
    const server = await serve((response, _, attempt) => {
      if (attempt === 1) begin(response, events).end('id: é\ndata: a\n\n')
      else response.writeHead(204).end()
    })
    await outcomeOf(server.client, { style })
    const sent = server.requests.map(({ method, headers }) => [method, headers.accept, headers['last-event-id']])
    // Node shows the bytes of a header as Latin-1.
    expect(sent).toEqual([
      ['GET', events, undefined],
      ['GET', events, 'Ã©'],
    ])
  })

  it.each([200, 201, 202])('connection rule 2: %i with an event stream is one', async (status) => {
    const server = await serve((response) => begin(response, events, status).end('data: a\n\n'))
    const { data, statuses, completed } = await outcomeOf(server.client, { style })
    expect({ data, statuses, completed }).toEqual({
      data: ['a'],
      statuses: ['connecting', 'open', 'closed'],
      completed: 1,
    })
  })

  it.each([
    { status: 200, type: 'application/json', kind: 'content-type' },
    { status: 200, type: 'text/event-streams', kind: 'content-type' },
    { status: 404, type: events, kind: 'http' },
  ])('connection rule 2: $status with $type fails for good', async ({ status, type, kind }) => {
    const server = await serve((response) => begin(response, type, status).end('data: a\n\n'))
    const { data, thrown, reported } = await outcomeOf(server.client, { style, options: { reconnect: 'always' } })
    expect({ data, requests: server.requests.length }).toEqual({ data: [], requests: 1 })
    expect(thrown).toMatchObject([{ kind }])
    expect(reported).toEqual(thrown)
  })

  it('connection rule 3: a connection that breaks is made again', async () => {
    const server = await serve(async (response, _, attempt) => {
      if (attempt > 2) return response.writeHead(204).end()
      begin(response, events).write(`data: ${attempt}\n\n`)
      await sleep(20)
      return response.socket?.destroy()
    })
    const { data, thrown, completed } = await outcomeOf(server.client, { style })
    expect({ data, thrown, completed }).toEqual({ data: ['1', '2'], thrown: [], completed: 1 })
  })

  it('connection rule 4: an end is followed by a wait and another attempt, as the standard has it', async () => {
    const server = await serve((response, _, attempt) => {
      if (attempt > 2) response.writeHead(204).end()
      else begin(response, events).end(`data: ${attempt}\n\n`)
    })
    const { data, statuses } = await outcomeOf(server.client, { style, options: { reconnect: 'always' } })
    expect(data).toEqual(['1', '2'])
    expect(statuses).toEqual(['connecting', 'open', 'reconnecting', 'open', 'reconnecting', 'open', 'closed'])
  })

  it('connection rule 6: a POST is not sent again by itself, whatever the server numbers', async () => {
    const server = await serve((response) => begin(response, events).end('id: 1\nretry: 1\ndata: a\n\ndata: b'))
    const request = () => ({ method: 'POST', path: '/' })
    const { data, thrown } = await outcomeOf(server.client, { style, plan: { request } })
    expect({ data, requests: server.requests.length }).toEqual({ data: ['a'], requests: 1 })
    expect(thrown).toMatchObject([{ kind: 'network' }])
  })
})

it('connection rule 5: close() ends the connection for good, whatever the mode', async () => {
  const server = await serve((response) => begin(response, events).write('id: 1\nretry: 1\ndata: a\n\n'))
  const stream = openAny(server.client, { reconnect: 'always', minDelay: 1, onMessage: () => stream.close() })
  await stream.done
  stream.close()
  await server.released()
  await sleep(20)
  expect(server.requests.length).toBe(1)
})

it('connection rule 7: an answer that does not come in time is told with the limit of browsers', async () => {
  const server = await serve(() => {})
  const stream = openAny(server.client, { connectTimeout: 20, reconnect: false, onMessage: () => {} })
  await expect(stream.done).rejects.toThrow(/^no answer .*6 connections per origin.* within 20 ms$/)
})
