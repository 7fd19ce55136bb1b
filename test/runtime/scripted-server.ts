import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { type Client, newClient } from '../../src/runtime/index.js'

/** What the server sends; `attempt` counts the requests from 1. */
export type Script = (response: ServerResponse, request: IncomingMessage & { text: string }, attempt: number) => void

export interface ScriptedServer {
  readonly url: string
  readonly client: Client
  readonly requests: readonly (IncomingMessage & { text: string })[]
  /** How many connections are open. */
  connections(): number
  /** Waits until no connection is open that is not idle; fails after a second. */
  released(): Promise<void>
  stop(): Promise<void>
}

/** A real server that does what the script says; it stops with the test. */
export async function serve(script: Script): Promise<ScriptedServer> {
  const sockets = new Set<Socket>()
  const busy = new Set<ServerResponse>()
  const requests: (IncomingMessage & { text: string })[] = []
  const server = createServer(async (request, response) => {
    busy.add(response)
    response.on('close', () => busy.delete(response))
    let text = ''
    for await (const chunk of request) text += chunk
    const whole = Object.assign(request, { text })
    requests.push(whole)
    script(response, whole, requests.length)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  onTestFinished(stop)
  // A server that listens on a port has this kind of address.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    client: newClient({ baseUrl: url }),
    requests,
    connections: () => sockets.size,
    released: () => until(() => busy.size === 0),
    stop,
  }
}

/** Starts an answer of a media type. */
export function begin(response: ServerResponse, type: string, status = 200): ServerResponse {
  response.writeHead(status, { 'content-type': type })
  response.flushHeaders()
  return response
}

/** Waits for a condition; fails after two seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const start = performance.now()
  while (!condition()) {
    if (performance.now() - start > 2000) throw new Error(`not within 2 s: ${condition}`)
    await sleep(2)
  }
}

export function sleep(delay: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delay))
}
