import { describe, expect, it, vi } from 'vitest'
import {
  apiKeyCookie,
  apiKeyHeader,
  apiKeyQuery,
  authorize,
  basic,
  bearer,
  binary,
  type ClientOptions,
  type Credential,
  configureClient,
  cookieHeader,
  httpScheme,
  json,
  multipart,
  newClient,
  pathOf,
  type RequestPlan,
  requestJson,
  simple,
  text,
  urlencoded,
  withQuery,
} from '../../src/runtime/index.js'
import { begin, serve } from './scripted-server.js'

/** What the server gets of a request, and what the caller sees if it gets nothing. */
async function send(plan: Partial<RequestPlan>, options: ClientOptions = {}) {
  const server = await serve((response) => begin(response, 'application/json').end('[]'))
  const client = newClient({ baseUrl: server.url, ...options })
  const request = (): RequestPlan => ({ method: 'GET', path: '/a', ...plan })
  await requestJson(client, undefined, { request, accept: 'application/json' })
  const [got] = server.requests
  if (!got) throw new Error('no request')
  return { method: got.method, url: got.url, headers: got.headers, text: got.text }
}

describe('the URL', () => {
  it.each([
    ['/api/v1/', '/users/a%2Fb', ['a=1', '', 'b=2&c=3'], '/api/v1/users/a%2Fb?a=1&b=2&c=3'],
    ['', '/beta?x=1', ['a=1'], '/beta?x=1&a=1'],
    ['//', '/a', [], '/a'],
  ])('of %j, %j, %j', async (base, path, query, url) => {
    const server = await serve((response) => begin(response, 'application/json').end('[]'))
    const client = newClient({ baseUrl: server.url + base })
    await requestJson(client, undefined, {
      request: () => ({ method: 'GET', path: withQuery(path, ...query) }),
      accept: '*/*',
    })
    expect(server.requests[0]?.url).toBe(url)
  })
  it.each([
    ['', '', 'https://document.test/a'],
    ['', 'https://operation.test/', 'https://operation.test/a'],
    ['https://user.test', 'https://operation.test', 'https://user.test/a'],
  ])('begins with what the user sets, %j, then the operation, %j, then the document', async (user, operation, url) => {
    const fetch = vi.fn(async () => Response.json([]))
    const client = newClient({ fetch, baseUrl: user || undefined }, 'https://document.test')
    const request = () => ({ method: 'GET', path: '/a', baseUrl: operation || undefined })
    await requestJson(client, undefined, { request, accept: '*/*' })
    expect(fetch).toHaveBeenCalledWith(url, expect.anything())
  })
  it.each([[['/users/', '', '/x']], [['/users/', '..', '/x']], [['/users/', '.']], [['/users/', '%2e', '.', '/x']]])(
    '%j is refused',
    async (parts) => {
      const request = (): RequestPlan => ({ method: 'GET', path: pathOf(...parts) })
      await expect(requestJson(newClient({}), undefined, { request, accept: '*/*' })).rejects.toMatchObject({
        kind: 'network',
        message: "cannot be sent: path value is missing, '.' or '..'",
      })
    },
  )
  it('names no other host, whatever a value of several segments begins with', () => {
    expect(() => pathOf('/', simple('/evil.test/a', { segments: true }))).toThrow('cannot be sent')
    expect(pathOf('/files/', simple('/a', { segments: true }))).toBe('/files//a')
  })
  it('may have dots that are not the whole of a segment', async () => {
    expect(pathOf('/users/', '..', '.json')).toBe('/users/...json')
  })
  it('must be absolute outside of browsers, unless another fetch is given', async () => {
    await expect(send({}, { baseUrl: '/api' })).rejects.toMatchObject({
      kind: 'network',
      message: 'baseUrl is not absolute',
    })
    await expect(send({}, { baseUrl: '' })).rejects.toMatchObject({ message: 'baseUrl is not absolute' })
    const fetch = vi.fn(async () => Response.json([]))
    await requestJson(newClient({ fetch }), undefined, {
      request: () => ({ method: 'GET', path: '/a' }),
      accept: '*/*',
    })
    expect(fetch).toHaveBeenCalledWith('/a', expect.anything())
  })
})

describe('headers', () => {
  it('of the operation, of the client and of the call win in this order', async () => {
    const server = await serve((response) => begin(response, 'application/json').end('[]'))
    const client = newClient({ baseUrl: server.url, headers: { 'x-a': 'client', 'x-b': 'client' } })
    configureClient(client, { headers: { 'x-c': 'configured' } })
    const request = (): RequestPlan => ({
      method: 'GET',
      path: '/',
      headers: [
        ['x-a', 'plan'],
        ['x-d', undefined],
        ['X-E', 'plan'],
      ],
    })
    await requestJson(client, { headers: { 'X-B': 'call' } }, { request, accept: 'application/json,text/json' })
    expect(server.requests[0]?.headers).toMatchObject({
      accept: 'application/json,text/json',
      'x-a': 'client',
      'x-b': 'call',
      'x-c': 'configured',
      'x-e': 'plan',
    })
    expect(server.requests[0]?.headers).not.toHaveProperty('x-d')
  })
  it('row 64: a value that cannot be sent is not shown', async () => {
    const options = { auth: { key: 'secret\nvalue' } }
    const error = await send({ security: authorize([[bearer('key')]]) }, options).catch((error) => error)
    expect(error).toMatchObject({ kind: 'network', message: 'cannot be sent: value of header authorization' })
    expect(`${error.stack}${error.cause}${JSON.stringify(error)}`).not.toContain('secret')
  })
  it('two cookie keys and a cookie of the operation go together', async () => {
    const security = authorize([[apiKeyCookie('first', 'a'), apiKeyCookie('second', 'b')]])
    const headers = [['cookie', 'c=3']] as const
    const sent = await send({ headers, security }, { auth: { first: '1', second: '2' } })
    expect(sent.headers.cookie).toBe('c=3; a=1; b=2')
  })
  it('cookies are joined', async () => {
    expect(cookieHeader('', '')).toBe(undefined)
    const cookie = cookieHeader('a=1', '', 'b=2')
    expect(cookie).toBe('a=1; b=2')
    const security = authorize([[apiKeyCookie('key', 'sid')]])
    expect((await send({ headers: [['cookie', cookie]], security }, { auth: { key: 'x' } })).headers.cookie).toBe(
      'a=1; b=2; sid=x',
    )
  })
})

describe('auth', () => {
  const one = async (credential: Credential, secret: unknown) =>
    send({ security: authorize([[credential]]) }, { auth: { key: secret } })
  it('places each kind of secret', async () => {
    expect((await one(bearer('key'), 'abc')).headers.authorization).toBe('Bearer abc')
    expect((await one(httpScheme('key', 'Digest'), () => 'abc')).headers.authorization).toBe('Digest abc')
    expect((await one(apiKeyHeader('key', 'X-Key'), async () => 'abc')).headers['x-key']).toBe('abc')
    expect((await one(apiKeyQuery('key', 'api key'), 'a&b')).url).toBe('/a?api%20key=a%26b')
    expect((await one(apiKeyCookie('key', 'sid'), 'a;b')).headers.cookie).toBe('sid=a%3Bb')
    const user = { username: 'ä', password: 'p:w' }
    const { headers } = await one(basic('key'), () => user)
    expect(Buffer.from(headers.authorization?.slice(6) ?? '', 'base64').toString()).toBe('ä:p:w')
  })
  it('takes the first alternative whose secrets are all there, else none', async () => {
    const security = authorize([[bearer('a'), apiKeyHeader('b', 'x-b')], [], [apiKeyHeader('c', 'x-c')]])
    expect((await send({ security }, { auth: { b: '1', c: '2' } })).headers).toMatchObject({ 'x-c': '2' })
    expect((await send({ security }, { auth: { b: '1', c: '2' } })).headers).not.toHaveProperty('x-b')
    expect((await send({ security }, { auth: { a: '0', b: '1', c: '2' } })).headers).toMatchObject({
      authorization: 'Bearer 0',
      'x-b': '1',
    })
    expect((await send({ security }, {})).headers).not.toHaveProperty('authorization')
  })
  it('null is no secret, as storage has it', async () => {
    const auth: { key: () => string } = { key: () => JSON.parse('null') }
    expect((await send({ security: authorize([[bearer('key')]]) }, { auth })).headers).not.toHaveProperty(
      'authorization',
    )
  })
  it('row 65: a scheme called like a member of all objects has no secret', async () => {
    expect((await send({ security: authorize([[bearer('constructor')]]) }, {})).headers).not.toHaveProperty(
      'authorization',
    )
  })
  it('row 2: a secret is asked for at every attempt', async () => {
    const server = await serve((response) => begin(response, 'application/json').end('[]'))
    let count = 0
    const client = newClient({ baseUrl: server.url, auth: { key: () => `${++count}` } })
    const plan = {
      request: () => ({ method: 'GET', path: '/', security: authorize([[bearer('key')]]) }),
      accept: '*/*',
    }
    await requestJson(client, undefined, plan)
    await requestJson(client, undefined, plan)
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer 1', 'Bearer 2'])
  })
  it('a secret that cannot be had is an error that says why', async () => {
    const reason = new Error('logged out')
    const failing = () => Promise.reject(reason)
    await expect(send({ security: authorize([[bearer('key')]]) }, { auth: { key: failing } })).rejects.toMatchObject({
      kind: 'network',
      cause: reason,
    })
  })
})

describe('bodies', () => {
  const post = (body: RequestPlan['body']) => send({ method: 'POST', body })
  it('JSON, text and forms', async () => {
    expect(await post(json({ a: 'é' }))).toMatchObject({
      text: '{"a":"é"}',
      headers: { 'content-type': 'application/json' },
    })
    expect(await post(json(null, 'application/ld+json'))).toMatchObject({
      text: 'null',
      headers: { 'content-type': 'application/ld+json' },
    })
    expect(await post(text('é'))).toMatchObject({ text: 'é', headers: { 'content-type': 'text/plain;charset=UTF-8' } })
    const form = { a: [1, 2], b: { c: 1 }, d: undefined, e: 'x y', f: new Date(0) }
    expect(await post(urlencoded(form))).toMatchObject({
      text: 'a=1&a=2&b=%7B%22c%22%3A1%7D&e=x+y&f=1970-01-01T00%3A00%3A00.000Z',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  })
  it('are none where the value is undefined', () => {
    expect([json(undefined), text(undefined), binary(undefined), multipart(undefined), urlencoded(undefined)]).toEqual(
      Array(5).fill(undefined),
    )
  })
  it('bytes, as they are', async () => {
    expect(await post(binary(Uint8Array.of(97, 98)))).toMatchObject({
      text: 'ab',
      headers: { 'content-type': 'application/octet-stream' },
    })
    expect(await post(binary(new Blob(['ab'], { type: 'image/png' })))).toMatchObject({
      text: 'ab',
      headers: { 'content-type': 'image/png' },
    })
    expect(await post(binary(new Blob(['ab']).stream(), 'image/gif'))).toMatchObject({
      text: 'ab',
      headers: { 'content-type': 'image/gif' },
    })
  })
  it('multipart', async () => {
    const value = {
      file: new File(['bytes'], 'a.bin', { type: 'image/png' }),
      tags: ['x', 'y'],
      meta: { a: 1 },
      note: 'n',
      raw: new Blob(['z']),
      nothing: undefined,
    }
    const { text, headers } = await post(
      multipart(value, { note: { contentType: 'text/markdown' }, raw: { contentType: 'image/gif' } }),
    )
    const form = await new Response(text, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData()
    const parts: string[][] = []
    form.forEach((part, name) => {
      parts.push(typeof part === 'string' ? [name, part] : [name, part.name, part.type])
    })
    expect(parts).toEqual([
      ['file', 'a.bin', 'image/png'],
      ['tags', 'x'],
      ['tags', 'y'],
      ['meta', 'blob', 'application/json'],
      ['note', 'blob', 'text/markdown'],
      ['raw', 'blob', 'image/gif'],
    ])
  })
})

describe('clients', () => {
  it('are configured field by field, and what is undefined changes nothing', async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json([]))
    const client = newClient<{ a?: string; b?: string }>({ baseUrl: 'https://a.test', auth: { a: '1' }, fetch })
    configureClient(client, { auth: { b: '2' }, fetch: undefined, credentials: 'include' })
    expect(client.options).toMatchObject({
      auth: { a: '1', b: '2' },
      baseUrl: 'https://a.test',
      fetch,
      credentials: 'include',
    })
    await requestJson(client, { baseUrl: undefined }, { request: () => ({ method: 'GET', path: '/a' }), accept: '*/*' })
    expect(fetch).toHaveBeenCalledWith('https://a.test/a', expect.objectContaining({ credentials: 'include' }))
  })
  it('given to a call take the place of the default one', async () => {
    const other = newClient({ baseUrl: 'https://b.test', fetch: async (url) => Response.json(url) })
    const plan = { request: () => ({ method: 'GET', path: '/a' }), accept: '*/*' }
    expect(await requestJson(newClient({}), { client: other }, plan)).toBe('https://b.test/a')
  })
})
