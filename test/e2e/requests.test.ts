/** What the functions of the parameters fixture put on the wire, as a server reads it. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ApiClient,
  contents,
  cookies,
  createClient,
  headers,
  label,
  link,
  matrix,
  productionUrl,
  query,
  reserved,
  search,
  sendForm,
  sendImage,
  sendOctets,
  sendStyles,
  sendText,
  sendUpload,
  simple,
  whole,
} from '../../fixtures/generate/parameters/expected/index.js'

interface Seen {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let seen: Seen
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  seen = { method: request.method, url: request.url, headers: request.headers, body }
  response.writeHead(200, { 'content-type': 'text/plain' })
  response.end('seen')
})
const colour = { R: 100, G: 200, B: 150 }
const list = ['blue', 'bl/ack', 'b,rown']
let client: ApiClient

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The address of a TCP server is an object.
  const { port } = server.address() as AddressInfo
  client = createClient({ baseUrl: `http://127.0.0.1:${port}` })
})

afterAll(() => server.close())

it('path parameters by their styles', async () => {
  await simple({ id: 'a/b?c#d', list, object: colour, exploded: colour }, { client }).text()
  expect(seen.url).toBe('/simple/a%2Fb%3Fc%23d/blue,bl%2Fack,b%2Crown/R,100,G,200,B,150/R=100,G=200,B=150')
  await label({ list, exploded: colour }, { client }).text()
  expect(seen.url).toBe('/label/.blue,bl%2Fack,b%2Crown/.R=100.G=200.B=150')
  await matrix({ list, exploded: colour }, { client }).text()
  expect(seen.url).toBe('/matrix;list=blue,bl%2Fack,b%2Crown;R=100;G=200;B=150')
})

it('query parameters by their styles, behind the query of the path', async () => {
  const params = { form: list, flat: list, spaced: list, piped: list, deep: colour, reserved: 'a/b?c', filter: colour }
  await query(params, { client }).text()
  expect(seen.url?.split(/[?&]/)).toEqual([
    '/query',
    'beta=true',
    'form=blue',
    'form=bl%2Fack',
    'form=b%2Crown',
    'flat=blue,bl%2Fack,b%2Crown',
    'spaced=blue%20bl%2Fack%20b%2Crown',
    'piped=blue%7Cbl%2Fack%7Cb%2Crown',
    'deep%5BR%5D=100',
    'deep%5BG%5D=200',
    'deep%5BB%5D=150',
    'reserved=a/b',
    'c',
    'filter=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D',
  ])
})

it('query parameters that are not given are not sent', async () => {
  await query({}, { client }).text()
  expect(seen.url).toBe('/query?beta=true')
  await whole({ everything: colour }, { client }).text()
  expect(seen.url).toBe('/whole?R=100&G=200&B=150')
})

it('headers and cookies, and parameters of one name in two places', async () => {
  const params = { idPath: '1', idQuery: '2', 'X-Trace-Id': 'ä b', 'X-List': [1, 2], session: 's1' }
  await headers({ ...params, 'X-Trace-Id': 'a b' }, { client }).text()
  expect(seen.url).toBe('/headers/1?id=2')
  expect(seen.headers).toMatchObject({
    'x-trace-id': 'a b',
    'x-list': '1,2',
    cookie: 'session=s1',
    accept: 'text/plain',
  })
})

it('reserved characters stay in a path that allows them, unless they would end a segment', async () => {
  await reserved({ one: 'a/b:c@d?e#f%2F', list: ['x:y', 'a/b'] }, { client }).text()
  expect(seen.url).toBe('/reserved/a%2Fb:c@d%3Fe%23f%2F/;list=x:y,a%2Fb')
})

it('cookies by their styles: encoded, as they are, and as JSON', async () => {
  await cookies({ plain: 'a b%', list: ['x', 'y'], encoded: 'a b%', json: colour }, { client }).text()
  expect(seen.headers.cookie).toBe(
    'plain=a b%; list=x,y; encoded=a%20b%25; json=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D',
  )
})

it('a parameter of another media type than JSON as its text, and a form as a form', async () => {
  await contents({ path: 'a b', text: 'say "hi"', form: colour, 'X-Text': 'say "hi"' }, { client }).text()
  expect(seen.url).toBe('/contents/a%20b?text=say%20%22hi%22&form=R%3D100%26G%3D200%26B%3D150')
  expect(seen.headers['x-text']).toBe('say "hi"')
  await contents({ path: 'a' }, { client }).text()
  expect(seen.url).toBe('/contents/a')
})

it('a header with a line end is refused, and its value is in no message', async () => {
  const call = headers({ idPath: '1', 'X-Trace-Id': 'secret\r\nX-Evil: 1' }, { client }).text()
  const error: unknown = await call.catch((reason: unknown) => reason)
  expect(error).toMatchObject({ name: 'StreamError', kind: 'network' })
  expect(String(error)).not.toContain('secret')
})

it('security: the first alternative whose every credential is there, evaluated at each call', async () => {
  const call = async (auth: NonNullable<Parameters<typeof createClient>[0]>['auth']): Promise<Seen> => {
    const own = createClient({ ...client.options, auth })
    await headers({ idPath: '1', 'X-Trace-Id': 't' }, { client: own }).text()
    return seen
  }
  expect((await call({ header: 'k', query: 'q' })).url).toBe('/headers/1?api%20key=q')
  expect((await call({ header: () => 'k', cookie: async () => 'c', query: 'q' })).headers).toMatchObject({
    'x-key': 'k',
    cookie: 'sid=c',
  })
  expect((await call({ basic: { username: 'ä', password: 'ö:' } })).headers.authorization).toBe(
    `Basic ${Buffer.from('ä:ö:').toString('base64')}`,
  )
  expect((await call({})).headers.authorization).toBeUndefined()
})

it('methods beyond the usual ones', async () => {
  await link({ id: '1' }, { client }).text()
  expect(seen.method).toBe('LINK')
})

it('a body of JSON with QUERY', async () => {
  const text = await search(
    { id: '1', body: colour },
    {
      client,
      fetch: (_, init) => new Response(`${init.method} ${init.body}`, { headers: { 'content-type': 'text/plain' } }),
    },
  ).text()
  expect(text).toBe('QUERY {"R":100,"G":200,"B":150}')
})

it('octets of a wildcard under the media type of their Blob', async () => {
  await sendImage({ body: new Blob(['gif'], { type: 'image/gif' }) }, { client }).text()
  expect([seen.headers['content-type'], seen.body]).toEqual(['image/gif', 'gif'])
})

it('octets as text in JSON, and as such in a form', async () => {
  await sendUpload({ body: { file: 'AAEC', note: 'n' } }, { client }).text()
  expect(seen.body).toBe('{"file":"AAEC","note":"n"}')
  await sendUpload({ body: { file: new Blob(['data']) }, contentType: 'multipart/form-data' }, { client }).text()
  expect(seen.body).toContain('\r\n\r\ndata\r\n')
})

it('fields of forms by their styles; null is no field', async () => {
  const names = ['blue', 'bl&ack']
  const body = { deep: colour, spread: colour, flat: names, spaced: names, piped: names, plain: names, nothing: null }
  await sendStyles({ body }, { client }).text()
  expect(seen.body.split('&')).toEqual([
    'deep%5BR%5D=100',
    'deep%5BG%5D=200',
    'deep%5BB%5D=150',
    'R=100',
    'G=200',
    'B=150',
    'flat=blue,bl%26ack',
    'spaced=blue%20bl%26ack',
    'piped=blue%7Cbl%26ack',
    'plain=blue',
    'plain=bl%26ack',
  ])
  await sendStyles({ body, contentType: 'multipart/form-data' }, { client }).text()
  const parts = [...seen.body.matchAll(/ name="([^"]+)"\r\n\r\n(.*)\r\n/g)].map(
    ([, name, value]) => `${name}: ${value}`,
  )
  expect(parts).toEqual([
    'deep[R]: 100',
    'deep[G]: 200',
    'deep[B]: 150',
    'R: 100',
    'G: 200',
    'B: 150',
    'flat: blue,bl&ack',
    'spaced: blue bl&ack',
    'piped: blue|bl&ack',
    'plain: blue',
    'plain: bl&ack',
  ])
})

it('bodies of forms, text and octets', async () => {
  await sendForm({ body: { file: new Blob(['data']), colours: [colour, colour], note: 'n' } }, { client }).text()
  expect(seen.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  expect(seen.body.match(/ name="\w+"/g)).toEqual([
    ' name="file"',
    ' name="colours"',
    ' name="colours"',
    ' name="note"',
  ])
  expect(seen.body).toContain('Content-Type: text/markdown')
  await sendForm({ body: { note: 'a b&c' }, contentType: 'application/x-www-form-urlencoded' }, { client }).text()
  expect(seen.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/)
  expect(new URLSearchParams(seen.body).get('note')).toBe('a b&c')
  await sendText({ body: 'grüße' }, { client }).text()
  expect(seen).toMatchObject({ body: 'grüße', headers: { 'content-type': 'text/plain' } })
  await sendOctets({ body: new Uint8Array([104, 105]) }, { client }).text()
  expect(seen).toMatchObject({ method: 'PUT', body: 'hi', headers: { 'content-type': 'application/octet-stream' } })
})

it('servers with variables', () => {
  expect(productionUrl()).toBe('https://eu.example.com/v1')
  expect(productionUrl({ region: 'us', 'base-path': 'v2' })).toBe('https://us.example.com/v2')
})
