import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { at, load, type Options, problemOf, withSchemas } from './loading.js'

/** Answers by path; what is not here is a 404. */
const ANSWERS: Readonly<Record<string, { status?: number; location?: string; body?: string }>> = {
  '/api.json': { body: JSON.stringify(withSchemas({ A: { $ref: 'b.json' } })) },
  '/b.json': { body: '{"type":"string"}' },
  '/moved.json': { status: 302, location: '/b.json' },
  '/away.json': { status: 302, location: 'http://127.0.0.1:1/b.json' },
  '/round.json': { status: 302, location: '/round.json' },
  '/page.html': { body: '<!doctype html>' },
}

let server: Server
let origin = ''
let requests: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(`${request.url} ${request.headers.authorization ?? request.headers.cookie ?? '-'}`)
    const { status = 200, location, body } = ANSWERS[request.url ?? ''] ?? { status: 404 }
    response.writeHead(status, location === undefined ? {} : { location }).end(body)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A server that listens on a port has an address of this form; the type allows for pipes too.
  const { port } = server.address() as AddressInfo
  origin = `http://127.0.0.1:${port}`
})
afterAll(() => server.close())
beforeEach(() => {
  requests = []
})

async function followRemote(reference: string, options: Options = {}) {
  const loaded = await load({ 'api.json': withSchemas({ A: { $ref: reference } }) }, { fetch, ...options })
  return loaded.documents.follow(at(loaded, 'components', 'schemas', 'A'))
}

describe('a document from a URL', () => {
  test('the one that is named is fetched, what it refers to is not', async () => {
    const loaded = await load({ x: '' }, { input: `${origin}/api.json`, fetch })
    expect(loaded.documents.entry.at.file).toBe(`${origin}/api.json`)
    const problem = await problemOf(() => loaded.documents.follow(at(loaded, 'components', 'schemas', 'A')))
    expect(problem).toMatchObject({ code: 'ref-remote', hint: expect.stringContaining(`--allow-remote ${origin}`) })
    expect(requests).toEqual(['/api.json -'])
  })

  test('a relative reference is relative to the URL', async () => {
    const loaded = await load({ x: '' }, { input: `${origin}/api.json`, fetch, allowRemote: [origin] })
    const node = loaded.documents.follow(at(loaded, 'components', 'schemas', 'A'))
    expect(node.at).toEqual({ file: `${origin}/b.json`, pointer: '' })
  })

  test.each([
    ['/gone.json', 'input-fetch', 'the server answered with status 404'],
    ['/away.json', 'input-fetch', 'the answer is a redirect to http://127.0.0.1:1, which is not an allowed origin'],
    ['/round.json', 'input-fetch', 'the answer is a redirect for more than 5 times'],
    ['/page.html', 'input-html', 'this is an HTML page and no OpenAPI document'],
  ])('%s is refused', async (path, code, message) => {
    const problem = await problemOf(() => load({ x: '' }, { input: `${origin}${path}`, fetch }))
    expect(problem).toMatchObject({ code, message, place: { file: `${origin}${path}` } })
  })

  test('a server that does not listen is named by the code of the failure', async () => {
    const problem = await problemOf(() => load({ x: '' }, { input: 'http://127.0.0.1:1/api.json', fetch }))
    expect(problem.code).toBe('input-fetch')
  })

  test('an answer of more bytes than the limit is refused', async () => {
    const options = { input: `${origin}/api.json`, fetch, limits: { fileBytes: 20 } }
    expect((await problemOf(() => load({ x: '' }, options))).code).toBe('limit-file-bytes')
  })

  test('credentials in a URL are refused and not repeated', async () => {
    const problem = await problemOf(() => load({ x: '' }, { input: 'https://user:secret@x.example/api.json' }))
    expect(problem).toMatchObject({ code: 'input-url', place: { file: 'https://x.example/api.json' } })
    expect(JSON.stringify(problem)).not.toContain('secret')
  })
})

describe('a reference to a URL', () => {
  test('it is not fetched by itself', async () => {
    const problem = await problemOf(() => followRemote(`${origin}/b.json`))
    expect(problem).toMatchObject({ code: 'ref-remote', place: { pointer: '/components/schemas/A/$ref' } })
    expect(requests).toEqual([])
  })

  test('it is fetched from an allowed origin, without credentials', async () => {
    expect((await followRemote(`${origin}/b.json`, { allowRemote: [origin] })).value).toEqual({ type: 'string' })
    expect(requests).toEqual(['/b.json -'])
  })

  test('another port is another origin', async () => {
    const problem = await problemOf(() => followRemote(`${origin}/b.json`, { allowRemote: ['http://127.0.0.1'] }))
    expect(problem.code).toBe('ref-remote')
  })

  test('a redirect is followed within allowed origins only', async () => {
    const allowed = { allowRemote: [origin] }
    expect((await followRemote(`${origin}/moved.json`, allowed)).value).toEqual({ type: 'string' })
    const problem = await problemOf(() => followRemote(`${origin}/away.json`, allowed))
    expect(problem).toMatchObject({ code: 'ref-not-found', message: expect.stringContaining('not an allowed origin') })
  })

  test('fields that are no references cause no request', async () => {
    const schema = { $id: `${origin}/b.json`, $schema: `${origin}/b.json`, externalDocs: { url: `${origin}/b.json` } }
    const document = { ...withSchemas({ A: schema }), jsonSchemaDialect: `${origin}/b.json` }
    await load({ 'api.json': document }, { fetch, allowRemote: [origin] })
    expect(requests).toEqual([])
  })
})
