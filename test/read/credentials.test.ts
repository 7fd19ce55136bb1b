/** Headers that the user states for a URL, against real servers on two origins. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { at, load, type Options, problemOf, withSchemas } from './loading.js'

interface Answer {
  readonly status?: number
  readonly location?: string
  readonly body?: unknown
}

interface Site {
  readonly origin: string
  readonly server: Server
  /** What the server was asked, with the credentials that came along. */
  readonly requests: string[]
  answers: Readonly<Record<string, Answer>>
}

async function openSite(): Promise<Site> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.url} ${credentialsIn(request.headers)}`)
    const { status = 200, location, body } = site.answers[request.url ?? ''] ?? { status: 404 }
    response.writeHead(status, location === undefined ? {} : { location }).end(JSON.stringify(body ?? null))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A server that listens on a port has an address of this form; the type allows for pipes too.
  const { port } = server.address() as AddressInfo
  const site: Site = { origin: `http://127.0.0.1:${port}`, server, requests, answers: {} }
  return site
}

function credentialsIn({ authorization, 'x-api-key': key, cookie }: IncomingHttpHeaders): string {
  return [authorization, key, cookie].filter((value) => value !== undefined).join(' ') || '-'
}

const HEADERS = { Authorization: 'Bearer t0ken', 'X-Api-Key': 'k3y' }
const SENT = 'Bearer t0ken k3y'

let own: Site
let other: Site
beforeAll(async () => {
  own = await openSite()
  other = await openSite()
})
afterAll(() => {
  own.server.close()
  other.server.close()
})
beforeEach(() => {
  for (const site of [own, other]) {
    site.requests.length = 0
    site.answers = {}
  }
})

function loadOwn(path: string, options: Options = {}) {
  return load({ x: '' }, { input: `${own.origin}${path}`, fetch, headers: HEADERS, ...options })
}

/** A document whose schema `A` is a reference. */
function referring(reference: string): object {
  return withSchemas({ A: { $ref: reference } })
}

describe('headers for the input', () => {
  test('its own origin gets them', async () => {
    own.answers = { '/api.json': { body: withSchemas({}) } }
    await loadOwn('/api.json')
    expect(own.requests).toEqual([`/api.json ${SENT}`])
  })

  test('a header of the user replaces the one that is always sent', async () => {
    let accept: string | undefined
    own.answers = { '/api.json': { body: withSchemas({}) } }
    own.server.once('request', (request: { headers: IncomingHttpHeaders }) => {
      accept = request.headers.accept
    })
    await loadOwn('/api.json', { headers: { ACCEPT: 'application/vnd.api' } })
    expect(accept).toBe('application/vnd.api')
  })

  test('they go along with a redirect within the origin', async () => {
    own.answers = { '/api.json': { status: 302, location: '/v2.json' }, '/v2.json': { body: withSchemas({}) } }
    await loadOwn('/api.json')
    expect(own.requests).toEqual([`/api.json ${SENT}`, `/v2.json ${SENT}`])
  })

  test('an allowed origin gets none of them by a redirect', async () => {
    own.answers = { '/api.json': { status: 302, location: `${other.origin}/api.json` } }
    other.answers = { '/api.json': { body: withSchemas({}) } }
    await loadOwn('/api.json', { allowRemote: [other.origin] })
    expect(other.requests).toEqual(['/api.json -'])
  })

  test('an origin that is not allowed is not even asked', async () => {
    own.answers = { '/api.json': { status: 302, location: `${other.origin}/api.json` } }
    const problem = await problemOf(() => loadOwn('/api.json'))
    expect(problem).toMatchObject({ code: 'input-fetch', hint: expect.stringContaining(other.origin) })
    expect(other.requests).toEqual([])
  })

  test('every hop is checked, not the first one alone', async () => {
    own.answers = { '/api.json': { status: 302, location: `${other.origin}/hop.json` } }
    other.answers = { '/hop.json': { status: 302, location: 'http://127.0.0.1:1/api.json' } }
    const problem = await problemOf(() => loadOwn('/api.json', { allowRemote: [other.origin] }))
    expect(problem.message).toBe('the answer is a redirect to http://127.0.0.1:1, which is not an allowed origin')
  })

  test('another origin cannot send a request with them back to where it likes', async () => {
    own.answers = {
      '/api.json': { status: 302, location: `${other.origin}/hop.json` },
      '/secret.json': { body: withSchemas({}) },
    }
    other.answers = { '/hop.json': { status: 302, location: `${own.origin}/secret.json` } }
    await loadOwn('/api.json', { allowRemote: [other.origin] })
    expect(own.requests).toEqual([`/api.json ${SENT}`, '/secret.json -'])
  })
})

describe('headers and references', () => {
  test('another origin gets none of them', async () => {
    own.answers = { '/api.json': { body: referring(`${other.origin}/b.json`) } }
    other.answers = { '/b.json': { body: { type: 'string' } } }
    const loaded = await loadOwn('/api.json', { allowRemote: [other.origin] })
    expect(loaded.documents.follow(at(loaded, 'components', 'schemas', 'A')).value).toEqual({ type: 'string' })
    expect(other.requests).toEqual(['/b.json -'])
  })

  test('the own origin gets them for a further document, if it is allowed', async () => {
    own.answers = { '/api.json': { body: referring('b.json') }, '/b.json': { body: { type: 'string' } } }
    await loadOwn('/api.json', { allowRemote: [own.origin] })
    expect(own.requests).toEqual([`/api.json ${SENT}`, `/b.json ${SENT}`])
  })

  test('a document on the disk sends none, wherever it refers to', async () => {
    own.answers = { '/b.json': { body: { type: 'string' } } }
    const options = { fetch, headers: HEADERS, allowRemote: [own.origin] }
    await load({ 'api.json': referring(`${own.origin}/b.json`) }, options)
    expect(own.requests).toEqual(['/b.json -'])
  })
})

test('an answer that asks for a login names the option', async () => {
  own.answers = { '/api.json': { status: 401 } }
  const problem = await problemOf(() => loadOwn('/api.json', { headers: {} }))
  expect(problem).toMatchObject({ message: 'the server answered with status 401' })
  expect(problem.hint).toContain('--header')
})

test('no message holds a value', async () => {
  own.answers = { '/api.json': { status: 403 } }
  const problem = await problemOf(() => loadOwn('/api.json'))
  expect(JSON.stringify(problem)).not.toMatch(/t0ken|k3y/)
})
