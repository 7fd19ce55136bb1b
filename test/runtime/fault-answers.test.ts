import { describe, expect, it } from 'vitest'
import { newClient, openBinary, openNdjson, openText, requestJson, requestVoid } from '../../src/runtime/index.js'
import { answering, bodyOf, openAny, planOf } from './answers.js'
import { outcomeOf, styles } from './outcome.js'
import { begin, serve } from './scripted-server.js'

const unreachable = newClient({ baseUrl: 'http://127.0.0.1:1' })

describe.each(styles)('in the style of %s', (style) => {
  it('row 1: a server that cannot be reached is a network error, after five attempts', async () => {
    const { thrown, reported, statuses } = await outcomeOf(unreachable, { style })
    expect(thrown).toMatchObject([{ kind: 'network', message: 'no connection' }])
    expect((thrown[0] as Error).cause).toBeInstanceOf(TypeError)
    expect(reported).toEqual(thrown)
    expect(statuses).toEqual(['connecting', 'reconnecting', 'reconnecting', 'reconnecting', 'reconnecting', 'closed'])
  })
  it.each([400, 401, 403, 404, 405, 410, 422, 409, 501, 505])(
    'rows 2, 5: %i ends at once, with its body',
    async (status) => {
      const server = await serve((response) =>
        begin(response, 'application/problem+json', status).end('{"title":"no"}'),
      )
      const { thrown, reported } = await outcomeOf(server.client, { style })
      expect(thrown).toMatchObject([{ kind: 'http', status, body: { title: 'no' }, retryable: false }])
      expect(reported).toEqual(thrown)
      expect(server.requests).toHaveLength(1)
    },
  )
  it.each([408, 425, 429, 500, 502, 503, 504])('rows 3, 4: %i is asked again', async (status) => {
    const server = await serve((response, _, attempt) => {
      if (attempt < 3) begin(response, 'text/plain', status).end('busy')
      else begin(response, 'text/event-stream').end('data: a\n\n')
    })
    const { data, completed, statuses } = await outcomeOf(server.client, { style })
    expect(data).toEqual(['a'])
    expect(completed).toBe(1)
    expect(statuses).toEqual(['connecting', 'reconnecting', 'reconnecting', 'open', 'closed'])
  })
  it('row 6: 204 completes, at a reconnect too', async () => {
    const server = await serve((response, _, attempt) => {
      if (attempt > 1) response.writeHead(204).end()
      else begin(response, 'text/event-stream').end('id: 1\ndata: a\n\n')
    })
    const { data, completed, thrown } = await outcomeOf(server.client, { style })
    expect({ data, completed, thrown, requests: server.requests.length }).toEqual({
      data: ['a'],
      completed: 1,
      thrown: [],
      requests: 2,
    })
  })
  it.each(['application/json', 'text/html', 'text/plain', ''])(
    'rows 9, 10: %j is not an event stream',
    async (type) => {
      const { thrown } = await outcomeOf(answering(['<html>secret'], type), { style })
      expect(thrown).toMatchObject([{ kind: 'content-type', excerpt: '<html>secret' }])
      expect((thrown[0] as Error).message).toBe(`${type || 'no media type'} in place of text/event-stream`)
    },
  )
  it('row 11: parameters and case of the media type do not count, and it is always UTF-8', async () => {
    const { data } = await outcomeOf(answering(['data: é\n\n'], 'Text/Event-Stream; charset=latin1'), { style })
    expect(data).toEqual(['é'])
  })
})

it('row 2: a body is cut at 64 KiB', async () => {
  const server = await serve((response) => begin(response, 'text/plain', 400).end('x'.repeat(1_000_000)))
  await expect(openAny(server.client).toArray()).rejects.toMatchObject({ body: 'x'.repeat(65_536) })
  await server.released()
})

it('row 3: Retry-After is honoured, in seconds and as a date, up to a minute', async () => {
  const delays: number[] = []
  const dates = ['1', new Date(Date.now() + 2500).toUTCString(), '9999', 'soon']
  const server = await serve((response, _, attempt) => {
    response.writeHead(429, { 'retry-after': dates[attempt - 1] }).end()
  })
  const stream = openAny(server.client, {
    minDelay: 1,
    onMessage: () => {},
    onStatusChange: (_, reconnect) => {
      if (reconnect) delays.push(reconnect.delay)
      if (delays.length === 3) stream.close()
    },
  })
  await stream.done
  expect(delays[0]).toBe(1000)
  expect(delays[1]).toBeGreaterThan(100)
  expect(delays[1]).toBeLessThan(2500)
  expect(delays[2]).toBe(60_000)
})

describe('row 7: 204 and 205 have nothing in them', () => {
  it.each([204, 205])('%i', async (status) => {
    const { client } = await serve((response) => response.writeHead(status).end())
    expect(await openNdjson(client, undefined, planOf('application/jsonl')).toArray()).toEqual([])
    expect(await openText(client, undefined, planOf('text/plain')).text()).toBe('')
    expect((await openBinary(client, undefined, planOf('image/png')).blob()).size).toBe(0)
    expect(await requestJson(client, undefined, planOf('application/json'))).toBe(undefined)
    expect(await requestVoid(client, undefined, planOf('application/json'))).toBe(undefined)
  })
})

it('row 8: redirects are followed and the last URL is told', async () => {
  const server = await serve((response, { url }) => {
    if (url === '/stream') response.writeHead(307, { location: '/other' }).end()
    else begin(response, 'text/event-stream').end('data: a\n\n')
  })
  const urls: string[] = []
  await openAny(server.client, { onOpen: ({ url }) => urls.push(url) }).toArray()
  expect(urls).toEqual([`${server.url}/other`])
})

it('row 8: a redirect loop is a network error, and redirects can be refused', async () => {
  const server = await serve((response) => response.writeHead(302, { location: '/stream' }).end())
  await expect(openAny(server.client, { reconnect: false }).toArray()).rejects.toMatchObject({ kind: 'network' })
  const before = server.requests.length
  await expect(openAny(server.client, { reconnect: false, redirect: 'error' }).toArray()).rejects.toMatchObject({
    kind: 'network',
  })
  expect(server.requests.length).toBe(before + 1)
})

describe('row 10: what else each kind takes', () => {
  const html = answering(['<html>'], 'text/html')
  it('text takes any text but HTML that is not declared', async () => {
    expect(await openText(answering(['a'], 'text/csv'), undefined, planOf('text/plain')).text()).toBe('a')
    expect(await openText(answering(['a'], ''), undefined, planOf('text/plain')).text()).toBe('a')
    expect(await openText(html, undefined, planOf('text/html')).text()).toBe('<html>')
    await expect(openText(html, undefined, planOf('text/plain')).text()).rejects.toMatchObject({ kind: 'content-type' })
    await expect(openText(html, undefined, planOf('*/*')).text()).rejects.toMatchObject({ kind: 'content-type' })
    await expect(
      openText(answering(['{}'], 'application/json'), undefined, planOf('text/plain')).text(),
    ).rejects.toMatchObject({ kind: 'content-type' })
  })
  it('binary takes anything but HTML that is not declared', async () => {
    expect(
      (await openBinary(answering(['a'], 'application/octet-stream'), undefined, planOf('image/*')).bytes()).length,
    ).toBe(1)
    await expect(openBinary(html, undefined, planOf('image/*')).blob()).rejects.toMatchObject({ kind: 'content-type' })
  })
  it('JSON takes all that ends in json, or no type', async () => {
    for (const type of ['application/json', 'text/json', 'application/problem+json', '']) {
      expect(await requestJson(answering(['[1]'], type), undefined, planOf('application/json'))).toEqual([1])
    }
    await expect(requestJson(html, undefined, planOf('application/json'))).rejects.toMatchObject({
      kind: 'content-type',
    })
  })
})

it('rows 19, 44: headers that never come are a timeout', async () => {
  const server = await serve(() => {})
  await expect(openAny(server.client, { connectTimeout: 30, reconnect: false }).toArray()).rejects.toMatchObject({
    kind: 'timeout',
    message: 'no answer (over HTTP/1.1 browsers keep 6 connections per origin) within 30 ms',
  })
  await server.released()
})

it('row 47: an answer without a body is an error that says so', async () => {
  const client = newClient({
    baseUrl: 'https://api.test',
    fetch: async () => new Response(null, { headers: { 'content-type': 'text/event-stream' } }),
  })
  await expect(openAny(client).toArray()).rejects.toMatchObject({
    kind: 'content-type',
    message: 'no body in place of text/event-stream',
  })
})

it('JSON that is not JSON is a parse error, reported once', async () => {
  const reported: unknown[] = []
  const call = requestJson(
    answering(['nope'], 'application/json'),
    { onError: (error) => reported.push(error) },
    planOf('application/json'),
  )
  await expect(call).rejects.toMatchObject({ kind: 'parse', excerpt: 'nope' })
  expect(reported).toMatchObject([{ kind: 'parse' }])
})

it('row 48: a body that cannot be iterated is read all the same', async () => {
  const body = Object.defineProperty(bodyOf(['data: a\n\n']), Symbol.asyncIterator, { value: undefined })
  const response = new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  const client = newClient({ baseUrl: 'https://api.test', fetch: async () => response })
  expect(await openAny(client).toArray()).toMatchObject([{ data: 'a' }])
})

it('row 64: neither the query nor a token is in an error', async () => {
  const request = () => ({
    method: 'GET',
    path: '/a?token=secret',
    headers: [['x-key', 'secret']] as const,
  })
  const error: Error = await openAny(unreachable, { reconnect: false }, { request })
    .toArray()
    .catch((error) => error)
  expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('secret')
})
