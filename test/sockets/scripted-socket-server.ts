import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { onTestFinished } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { type Client, newClient } from '../../src/runtime/index.js'

/** One connection as the server sees it. */
export interface Peer {
  readonly socket: WebSocket
  /** The raw connection: `destroy()` drops it without a close frame, `pause()` stalls it. */
  readonly wire: Socket
  readonly request: IncomingMessage
  /** What came, as text. */
  readonly received: string[]
}

/** What the server does with a connection; `attempt` counts them from 1. */
export type SocketScript = (peer: Peer, attempt: number) => void

export interface SocketServerOptions {
  /** Answers the handshake instead: with a status, by dropping the connection, or not at all. */
  readonly upgrade?: (attempt: number, request: IncomingMessage) => number | 'drop' | 'hang' | undefined
}

export interface SocketServer {
  readonly url: string
  /** Its WebSocket is that of the package `ws`. */
  readonly client: Client
  readonly peers: readonly Peer[]
  /** Handshakes, those that were refused too. */
  readonly requests: readonly IncomingMessage[]
  stop(): Promise<void>
}

/** A real server that does what the script says; it stops with the test. */
export async function serveSockets(script: SocketScript, { upgrade }: SocketServerOptions = {}): Promise<SocketServer> {
  const wires = new Set<Duplex>()
  const peers: Peer[] = []
  const requests: IncomingMessage[] = []
  const server = createServer((_, response) => response.writeHead(426).end())
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  server.on('connection', (wire) => {
    wires.add(wire)
    wire.on('error', () => {})
  })
  server.on('upgrade', (request, wire, head) => {
    requests.push(request)
    const answer = upgrade?.(requests.length, request)
    if (answer === 'hang') return
    if (answer === 'drop') wire.destroy()
    else if (answer !== undefined) wire.end(`HTTP/1.1 ${answer} No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    else {
      sockets.handleUpgrade(request, wire, head, (socket) => {
        const peer: Peer = { socket, wire: request.socket, request, received: [] }
        peers.push(peer)
        socket.on('message', (data) => peer.received.push(`${data}`))
        socket.on('error', () => {})
        script(peer, peers.length)
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      for (const wire of wires) wire.destroy()
      server.close(() => resolve())
    })
  onTestFinished(stop)
  // A server that listens on a port has this kind of address.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, client: newClient({ baseUrl: url, WebSocket }), peers, requests, stop }
}
