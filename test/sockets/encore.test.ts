/** The clients that are generated for `fixtures/generate/sockets`, against a server that speaks as Encore does. */
import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import {
  createClient,
  openRadio,
  uploadManifest,
  watchArrivals,
} from '../../fixtures/generate/sockets/expected/index.js'
import { encoreErrorOf, newClient, requestJson, StreamError } from '../../src/runtime/index.js'
import { until } from '../runtime/scripted-server.js'
import { type EncoreEndpoint, type EncoreHandshake, type EncoreStream, serveEncore } from './encore-server.js'

const arrivals: EncoreEndpoint = {
  path: /^\/arrivals$/,
  handler: async (stream, { url }) => {
    for (let row = 0; row < Number(url.searchParams.get('rows')); row++) stream.send({ ship: `S${row}`, at: 'now' })
  },
}

const manifests: EncoreEndpoint = {
  path: /^\/manifests$/,
  auth: true,
  accepts: (message) => typeof Reflect.get(Object(message), 'container') === 'string',
  handler: async (stream) => {
    let containers = 0
    for await (const message of stream) {
      containers++
      if (Reflect.get(Object(message), 'last') === true) return { containers }
    }
    return undefined
  },
}

/** Every message goes to everybody in the berth. */
function radio(seen: EncoreHandshake[]): EncoreEndpoint {
  const members = new Set<EncoreStream>()
  return {
    path: /^\/berths\/[^/]+\/radio$/,
    auth: true,
    handler: async (stream, handshake) => {
      seen.push(handshake)
      members.add(stream)
      for await (const message of stream) for (const member of members) member.send(message)
      members.delete(stream)
    },
  }
}

const auth = { pilot: 'good' }
const ada = { berth: 'a/b ü', since: 3, 'X-Call-Sign': 'Ada 🚢 ü' }

describe("the shapes of Encore's documentation", () => {
  it('an upload streams out and gets its reply', async () => {
    const { url } = await serveEncore([manifests])
    const upload = uploadManifest({ client: createClient({ baseUrl: url, auth, WebSocket }) })
    await upload.send({ container: 'C1' })
    await upload.send({ container: 'C2', last: true })
    expect(await upload.reply()).toEqual({ containers: 2 })
    await upload.done
    expect(upload.status).toBe('closed')
  })
  it('logs stream in and end', async () => {
    const { url } = await serveEncore([arrivals])
    const client = createClient({ baseUrl: url, WebSocket })
    const ships: string[] = []
    for await (const { ship } of watchArrivals({ rows: 3 }, { client })) ships.push(ship)
    expect(ships).toEqual(['S0', 'S1', 'S2'])
    const heard: string[] = []
    await watchArrivals({ rows: 2 }, { client, onMessage: ({ ship }) => heard.push(ship) }).done
    expect(heard).toEqual(['S0', 'S1'])
  })
  it('a chat streams in and out, to everybody', async () => {
    const { url } = await serveEncore([radio([])])
    const client = createClient({ baseUrl: url, auth, WebSocket })
    const [first, second] = [openRadio(ada, { client }), openRadio({ ...ada, 'X-Call-Sign': 'Bob' }, { client })]
    await until(() => first.status === 'open' && second.status === 'open')
    await first.send({ from: 'ada', text: 'ahoy' })
    await second.send({ from: 'bob', text: 'aye' })
    for (const member of [first, second]) {
      const texts: string[] = []
      for await (const { text } of member) if (texts.push(text) === 2) break
      expect(texts).toEqual(['ahoy', 'aye'])
    }
  })
})

describe("Encore's handshake", () => {
  it('carries path, query, headers of any script and the credential', async () => {
    const seen: EncoreHandshake[] = []
    const { url, connections } = await serveEncore([radio(seen)])
    const client = createClient({ baseUrl: url, auth, WebSocket })
    const socket = openRadio(ada, { client, headers: { __proto__x: 'y' } })
    await until(() => seen.length === 1)
    expect(seen.map(({ url, headers }) => [`${url.pathname}${url.search}`, headers])).toEqual([
      [
        '/berths/a%2Fb%20%C3%BC/radio?since=3',
        { 'x-call-sign': 'Ada 🚢 ü', authorization: 'Bearer good', __proto__x: 'y' },
      ],
    ])
    expect(connections[0]?.protocol).toBe('encore-ws')
    socket.close()
  })
  it('looks the credential up at every connect', async () => {
    const seen: EncoreHandshake[] = []
    const { url, connections } = await serveEncore([radio(seen)])
    let calls = 0
    const client = createClient({ baseUrl: url, WebSocket, auth: { pilot: () => (++calls ? 'good' : 'bad') } })
    const socket = openRadio(ada, { client, minDelay: 1 })
    await until(() => seen.length === 1)
    connections[0]?.terminate()
    await until(() => seen.length === 2)
    expect(calls).toBe(2)
    socket.close()
  })
  it('with a header that the gateway forbids ends with 400', async () => {
    const { url } = await serveEncore([radio([])])
    const socket = openRadio(ada, { client: createClient({ baseUrl: url, auth, WebSocket }), headers: { host: 'x' } })
    await expect(socket.done).rejects.toMatchObject({ kind: 'http', status: 400 })
  })
})

describe("what Encore's own client loses", () => {
  it('a server that closes without a reply: reply() rejects', async () => {
    const { url } = await serveEncore([{ ...manifests, handler: async () => undefined }])
    const upload = uploadManifest({ client: createClient({ baseUrl: url, auth, WebSocket }) })
    await expect(upload.reply()).rejects.toMatchObject({ kind: 'closed', message: 'closed without a reply' })
  })
  it('a handler that throws: reply() rejects, since no code comes', async () => {
    const handler = async (): Promise<never> => {
      throw new Error('theirs')
    }
    const { url, logged } = await serveEncore([{ ...manifests, handler }])
    const upload = uploadManifest({ client: createClient({ baseUrl: url, auth, WebSocket }) })
    await expect(upload.reply()).rejects.toMatchObject({ kind: 'closed' })
    expect(logged).toHaveLength(1)
  })
  it('a host that refuses: send() rejects', async () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:1', auth, WebSocket })
    const upload = uploadManifest({ client, minDelay: 1, maxDelay: 2 })
    await expect(upload.send({ container: 'C1' })).rejects.toMatchObject({ kind: 'network' })
  })
  it('a 401: iteration rejects with the status', async () => {
    const { url } = await serveEncore([radio([])])
    const socket = openRadio(ada, { client: createClient({ baseUrl: url, auth: { pilot: 'bad' }, WebSocket }) })
    const reading = (async () => {
      for await (const _ of socket) throw new Error('nothing should come')
    })()
    await expect(reading).rejects.toMatchObject({ kind: 'http', status: 401 })
  })
  it('a header beyond Latin-1 goes through (see the handshake), and so does one beyond the BMP', async () => {
    const seen: EncoreHandshake[] = []
    const { url } = await serveEncore([radio(seen)])
    const socket = openRadio(
      { ...ada, 'X-Call-Sign': '日本 😀' },
      { client: createClient({ baseUrl: url, auth, WebSocket }) },
    )
    await until(() => seen.length === 1)
    expect(seen[0]?.headers['x-call-sign']).toBe('日本 😀')
    socket.close()
  })
  it('a message after the close: send() rejects', async () => {
    const { url } = await serveEncore([manifests])
    const upload = uploadManifest({ client: createClient({ baseUrl: url, auth, WebSocket }) })
    await upload.send({ container: 'C1', last: true })
    await upload.done
    await expect(upload.send({ container: 'C2' })).rejects.toMatchObject({ kind: 'closed' })
  })
  it('a message that does not fit is dropped by the server, and the connection stays', async () => {
    const { url } = await serveEncore([manifests])
    const upload = uploadManifest({ client: createClient({ baseUrl: url, auth, WebSocket }) })
    // @ts-expect-error what the server would not take does not compile
    await upload.send({ weight: 1 })
    await upload.send({ container: 'C1', last: true })
    expect(await upload.reply()).toEqual({ containers: 1 })
  })
})

describe('APIError', () => {
  const plan = { accept: 'application/json', request: () => ({ method: 'GET', path: '/none' }) }
  it('of an HTTP endpoint has code, message and details', async () => {
    const { url } = await serveEncore([])
    const error: unknown = await requestJson(newClient({ baseUrl: url }), undefined, plan).catch((error) => error)
    expect(encoreErrorOf(error)).toEqual({
      code: 'not_found',
      message: 'no such endpoint',
      details: { hint: 'upgrade' },
    })
  })
  it('of a body that is none is unknown, and of other exceptions nothing', () => {
    const other = new StreamError('HTTP status 502', { kind: 'http', status: 502, body: '<html>' })
    expect(encoreErrorOf(other)).toEqual({ code: 'unknown', message: 'HTTP status 502' })
    expect(encoreErrorOf(new StreamError('x', { kind: 'http', status: 500, body: null }))).toMatchObject({
      code: 'unknown',
    })
    expect(encoreErrorOf(new Error('mine'))).toBeUndefined()
  })
})
