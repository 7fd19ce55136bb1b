import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { WebSocket } from 'ws'
import type { Answer, Visit } from '../../fixtures/conformance/check.js'
import { answerSockets } from './socket-answers.js'

/** A script and what came of it. */
interface Run {
  script: readonly Answer[]
  readonly visits: (Visit & { isLeft: boolean })[]
  readonly members: Set<WebSocket>
}

export interface AnswerServer {
  readonly origin: string
  readonly stop: () => Promise<void>
}

/**
 * Starts the server of the conformance checks: `POST /run/KEY/script` takes the answers, `GET /run/KEY/visits` tells of
 * the requests, and everything else below `/run/KEY/` gets the next answer. `/` is a page that runs the checks.
 */
export async function startAnswerServer(bundle: string): Promise<AnswerServer> {
  const runs = new Map<string, Run>()
  const server = createServer(async (request, response) => {
    const [, first = '', key = '', last] = (request.url ?? '').split('/')
    if (first !== 'run') return sendPage({ request, response, bundle })
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    const run = runs.get(key) ?? { script: [], visits: [], members: new Set() }
    runs.set(key, run)
    if (last === 'script') {
      run.script = JSON.parse(body)
      return response.end()
    }
    if (last === 'visits') return response.setHeader('content-type', 'application/json').end(JSON.stringify(run.visits))
    const { visit, answer } = note(run, { request, body })
    response.on('close', () => {
      visit.isLeft = !response.writableFinished
    })
    return send(answer, response)
  })
  answerSockets(server, (request) => {
    const run = runs.get((request.url ?? '').split('/')[2] ?? '')
    return run && { ...note(run, { request, body: '' }), members: run.members }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  // A server that listens on a port has this kind of address.
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}

/** Puts a request down, and finds the answer to it. */
function note(
  { script, visits }: Run,
  { request, body }: { readonly request: IncomingMessage; readonly body: string },
): { readonly visit: Run['visits'][number]; readonly answer: Answer } {
  // None of the headers that are looked at comes more than once.
  const headers = request.headers as Visit['headers']
  const visit = { method: request.method ?? '', url: request.url ?? '', headers, body, isLeft: false }
  visits.push(visit)
  return { visit, answer: script[visits.length - 1] ?? script.at(-1) ?? {} }
}

async function send(answer: Answer, response: ServerResponse): Promise<void> {
  const { status = 200, type, headers = {}, chunks = [], gap = 0, ending = 'end' } = answer
  if (ending === 'silent') return
  response.writeHead(status, type ? { 'content-type': type, ...headers } : headers)
  response.flushHeaders()
  for (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : Uint8Array.from(chunk)
    response.write(headers['content-encoding'] === 'gzip' ? gzipSync(bytes) : bytes)
    if (gap) await sleep(gap)
  }
  if (ending === 'end') response.end()
  if (ending === 'destroy') response.destroy()
}

const page = `<!doctype html><meta charset="utf-8"><title>conformance</title><script type="module">
import { run } from '/conformance.js'
window.results = JSON.stringify(await run(location))
</script>`

async function sendPage({
  request,
  response,
  bundle,
}: {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly bundle: string
}): Promise<void> {
  const isScript = request.url === '/conformance.js'
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
  response.end(isScript ? await readFile(bundle) : request.url === '/' ? page : '')
}
