/** A server that speaks as Encore.ts does on the wire: its gateway's handshake, its messages, its silence about errors. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { onTestFinished } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { type Client, type EncoreErrorCode, newClient } from '../../src/runtime/index.js'

/** What a handler gets: the stream of one connection. */
export interface EncoreStream extends AsyncIterable<unknown> {
  send(message: unknown): void
  close(): void
}

/** What a handler reads of the handshake, headers of the subprotocol among its headers. */
export interface EncoreHandshake {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
}

export interface EncoreEndpoint {
  readonly path: RegExp
  readonly auth?: boolean
  /** Whether a message fits its type; those that do not are dropped. */
  readonly accepts?: (message: unknown) => boolean
  /** What it returns goes out as the answer; what it throws is only logged. The connection is closed then. */
  readonly handler: (stream: EncoreStream, handshake: EncoreHandshake) => Promise<unknown>
}

export interface EncoreServer {
  readonly url: string
  readonly client: Client<{ pilot?: string | (() => string) }>
  readonly connections: readonly WebSocket[]
  readonly logged: readonly unknown[]
}

const HEADERS = 'encore.dev.headers.'
const FORBIDDEN =
  /^(accept-(charset|encoding)|access-control-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|via|sec-.*|proxy-.*)$/

/** Starts it; it stops with the test. Tokens other than `good` are refused where `auth` is set. */
export async function serveEncore(endpoints: readonly EncoreEndpoint[]): Promise<EncoreServer> {
  const connections: WebSocket[] = []
  const logged: unknown[] = []
  const wires = new Set<Duplex>()
  const server = createServer((_, response) => refuseCall(response))
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'encore-ws' })
  server.on('connection', (wire) => wires.add(wire))
  server.on('upgrade', (request, wire, head) => {
    const found = admit(request, endpoints)
    if ('status' in found) return refuse(wire, found)
    sockets.handleUpgrade(request, wire, head, (socket) => {
      connections.push(socket)
      run(socket, found).catch((error: unknown) => logged.push(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const wire of wires) wire.destroy()
    server.close()
  })
  // A server that listens on a port has this kind of address.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, client: newClient({ baseUrl: url, WebSocket }), connections, logged }
}

interface Refusal {
  readonly status: number
  readonly code: EncoreErrorCode
}

interface Admission {
  readonly endpoint: EncoreEndpoint
  readonly handshake: EncoreHandshake
}

function admit(request: IncomingMessage, endpoints: readonly EncoreEndpoint[]): Refusal | Admission {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/)
  const headers: Record<string, string> = {}
  for (const item of offered) {
    if (!item.startsWith(HEADERS)) continue
    const given = decodeHeaders(item.slice(HEADERS.length))
    if (given === undefined) return { status: 400, code: 'invalid_argument' }
    for (const [name, value] of given) {
      if (FORBIDDEN.test(name.toLowerCase())) return { status: 400, code: 'invalid_argument' }
      headers[name.toLowerCase()] = value
    }
  }
  const url = new URL(request.url ?? '/', 'http://server')
  const endpoint = endpoints.find(({ path }) => path.test(url.pathname))
  if (!offered.includes('encore-ws')) return { status: 400, code: 'invalid_argument' }
  if (endpoint === undefined) return { status: 404, code: 'not_found' }
  if (endpoint.auth === true && headers['authorization'] !== 'Bearer good')
    return { status: 401, code: 'unauthenticated' }
  return { endpoint, handshake: { url, headers } }
}

/** Base64url without padding, JSON, text by text. */
function decodeHeaders(item: string): [string, string][] | undefined {
  try {
    if (!/^[\w-]*$/.test(item)) return undefined
    const value: unknown = JSON.parse(Buffer.from(item, 'base64url').toString('utf8'))
    const entries = Object.entries(Object(value))
    return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string') ? entries : undefined
  } catch {
    return undefined
  }
}

function refuse(wire: Duplex, { status, code }: Refusal): void {
  const body = JSON.stringify({ code, message: 'refused', details: null })
  wire.end(
    `HTTP/1.1 ${status} No\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  )
}

/** A plain call of a stream, and everything else that is not there. */
function refuseCall(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ code: 'not_found', message: 'no such endpoint', details: { hint: 'upgrade' } }))
}

async function run(socket: WebSocket, { endpoint, handshake }: Admission): Promise<void> {
  const waiting: unknown[] = []
  let wake = (): void => {}
  let isOver = false
  socket.on('message', (data) => {
    try {
      const message: unknown = JSON.parse(`${data}`)
      if (endpoint.accepts?.(message) ?? true) waiting.push(message)
    } catch {
      // It is logged and dropped.
    }
    wake()
  })
  socket.on('close', () => {
    isOver = true
    wake()
  })
  const stream: EncoreStream = {
    send: (message) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift()
        if (isOver) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
  try {
    const reply = await endpoint.handler(stream, handshake)
    if (reply !== undefined) stream.send(reply)
  } finally {
    // Without a code, whatever happened.
    socket.close()
  }
}
