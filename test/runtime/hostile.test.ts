/** What comes from outside, as payloads, parameters, headers and forms, changes no prototype and stays out of errors. */
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type FormEncoding, multipart, urlencoded } from '../../src/runtime/body.js'
import type { StreamError } from '../../src/runtime/errors.js'
import {
  type ClientOptions,
  cookie,
  deepObject,
  form,
  headerValue,
  json,
  newClient,
  openJsonSequence,
  openNdjson,
  queryString,
  type RequestPlan,
  requestJson,
  simple,
} from '../../src/runtime/index.js'
import { answering, openAny, planOf } from './answers.js'

/** As `JSON.parse` makes it: own keys. */
const POISON: object = JSON.parse('{"__proto__":{"polluted":"1"},"constructor":{"prototype":{"polluted":"1"}}}')
const POISON_TEXT = JSON.stringify(POISON)

function expectNoPollution(): void {
  expect(Reflect.get({}, 'polluted')).toBe(undefined)
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
}

/** What `fetch` is called with, and what the caller sees. */
async function send(plan: Partial<RequestPlan>, options: ClientOptions = {}) {
  const sent: { url: string; headers: Headers; body: unknown }[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    sent.push({ url: String(url), headers: new Headers(init?.headers), body: init?.body })
    return Response.json([])
  }
  const client = newClient({ baseUrl: 'https://api.test', fetch, ...options })
  const request = (): RequestPlan => ({ method: 'POST', path: '/a', ...plan })
  const failed: StreamError | undefined = await requestJson(client, undefined, {
    request,
    accept: 'application/json',
  }).then(
    () => undefined,
    (error: StreamError) => error,
  )
  return { sent, failed }
}

it('row 64: a base URL that is none is not shown, nor what the query has', async () => {
  const client = newClient({ baseUrl: 'http://[bad' })
  const request = () => ({ method: 'GET', path: '/a?token=s3cret' })
  const error = await requestJson(client, undefined, { request, accept: '*/*' }).catch((reason) => reason)
  expect(error).toMatchObject({ kind: 'network', message: 'baseUrl is not absolute' })
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('s3cret')
})

describe('row 65: __proto__', () => {
  it.each([
    ['SSE', () => openAny(answering([`data: ${POISON_TEXT}\n\n`], 'text/event-stream'), {}, { data: 'json' })],
    ['SSE by name', () => openAny(answering([`event: __proto__\ndata: ${POISON_TEXT}\n\n`], 'text/event-stream'))],
    [
      'NDJSON',
      () => openNdjson(answering([`${POISON_TEXT}\n`], 'application/x-ndjson'), {}, planOf('application/x-ndjson')),
    ],
    [
      'JSON text sequences',
      () =>
        openJsonSequence(
          answering([`\u001e${POISON_TEXT}\n`], 'application/json-seq'),
          {},
          planOf('application/json-seq'),
        ),
    ],
  ])('in an item of %s is a key of it and nothing more', async (_, open) => {
    const items: readonly unknown[] = await open().toArray()
    expect(JSON.stringify(items)).toContain('__proto__')
    expectNoPollution()
  })

  it('in a parameter is a name like others', () => {
    expect(deepObject('f', POISON)).toBe(
      'f%5B__proto__%5D%5Bpolluted%5D=1&f%5Bconstructor%5D%5Bprototype%5D%5Bpolluted%5D=1',
    )
    expect(form('f', POISON)).toContain('__proto__=')
    expect(simple(POISON, { explode: true })).toContain('__proto__=')
    expect(queryString(POISON)).toContain('__proto__=')
    expect(cookie('__proto__', 'a')).toBe('__proto__=a')
    expectNoPollution()
  })

  it('in a body or a form is a name like others', () => {
    const encoding: FormEncoding = JSON.parse('{"__proto__":{"contentType":"text/plain"}}')
    expect(json(POISON)?.body).toBe(POISON_TEXT)
    expect(String(urlencoded(POISON, encoding)?.body)).toContain('__proto__=')
    const content = multipart(POISON)?.body
    expect(content instanceof FormData && [content.has('__proto__'), content.has('polluted')]).toEqual([true, false])
    expectNoPollution()
  })

  it('in the headers of a client and of a call is a header, and in auth no secret', async () => {
    const headers: Record<string, string> = JSON.parse('{"__proto__":"a","constructor":"b"}')
    const { sent } = await send({}, { headers, auth: JSON.parse('{"__proto__":{"key":"secret"}}') })
    expect(sent[0]?.headers.get('__proto__')).toBe('a')
    expect(sent[0]?.headers.get('constructor')).toBe('b')
    sent[0]?.headers.forEach((value) => {
      expect(value).not.toContain('secret')
    })
    expectNoPollution()
  })
})

describe('CR and LF', () => {
  it.each(['a\rb: c', 'a\nb: c', 'a\r\nb: c', 'a\0b'])('%j is no header value, and is not shown', async (value) => {
    expect(() => headerValue(value)).toThrow('cannot be sent')
    for (const { sent, failed } of [
      await send({ headers: [['x-a', value]] }),
      await send({}, { headers: { 'x-a': value } }),
    ]) {
      expect(sent).toEqual([])
      expect(failed).toMatchObject({ kind: 'network', message: 'cannot be sent: value of header x-a' })
      expect(inspect(failed)).not.toContain('b: c')
    }
  })

  it.each(['a\r\nb', 'a b', 'a:b'])('nor is %j a name', async (name) => {
    const { sent, failed } = await send({}, { headers: { [name]: 'x' } })
    expect(sent).toEqual([])
    expect(failed?.kind).toBe('network')
  })

  it('reach neither a path, nor a query, nor a cookie as such', () => {
    for (const text of [simple('a\r\nb'), form('f', 'a\r\nb'), cookie('c', 'a\r\nb')])
      expect(text).not.toMatch(/[\r\n]/)
    expect(() => cookie('c', 'a\r\nb', { style: 'cookie' })).toThrow('cannot be sent')
  })
})

describe('row 64: no payload, token or query value is in what is logged of an error', () => {
  const secret = 'SECRET-7'
  const type = 'text/event-stream'
  it.each([
    ['an event that is no JSON', () => openAny(answering([`data: {"a":"${secret}\n\n`], type), {}, { data: 'json' })],
    [
      'a record that is no JSON',
      () => openNdjson(answering([`{"a":"${secret}\n`], 'application/x-ndjson'), {}, planOf('application/x-ndjson')),
    ],
    ['an answer of another type', () => openAny(answering([secret], 'text/html'), { reconnect: false })],
    [
      'an answer of status 500',
      () => {
        const fetch = async () => new Response(secret, { status: 500, headers: { 'set-cookie': secret } })
        return openAny(newClient({ baseUrl: 'https://api.test', fetch }), { reconnect: false })
      },
    ],
    [
      'an answer that never comes',
      () => {
        const fetch = async () => Promise.reject(new TypeError('fetch failed'))
        const client = newClient({ baseUrl: `https://api.test/?key=${secret}`, fetch, headers: { 'x-key': secret } })
        return openAny(client, { reconnect: false })
      },
    ],
  ])('%s', async (_, open) => {
    const failed: unknown = await open()
      .toArray()
      .then(
        () => undefined,
        (error: unknown) => error,
      )
    expect(failed).toMatchObject({ name: 'StreamError' })
    expect(inspect(failed)).not.toContain(secret)
    expect(JSON.stringify(failed)).not.toContain(secret)
    expect(String(failed)).not.toContain(secret)
  })
})
