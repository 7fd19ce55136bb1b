/**
 * A build farm that builds nothing, to show streams with: plain `node:http`. It is slow enough to watch, and unkind: what it
 * sends is cut anywhere, in the middle of characters too, and the first connection to the events of a build is dropped.
 */
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {{ request: Request, response: Response, url: URL, buildId: string }} Call */

export const token = 'kiln-demo-token'

const builds = [
  build({ id: '1500', commit: 'Fire the kiln at 1,240 °C', status: 'queued' }),
  build({ id: '1499', commit: 'Mend the glaze (naïve café 🏺)', status: 'failed', seconds: 61.2 }),
  build({ id: '1498', commit: 'Load the upper shelf', status: 'passed', seconds: 48.9 }),
]

/** @param {{ id: string, commit: string, status: string, seconds?: number }} facts */
function build({ id, commit, status, seconds }) {
  const startedAt = new Date(Date.UTC(2026, 0, 9, 9, 30) - (1500 - Number(id)) * 3_600_000).toISOString()
  return {
    id,
    commit,
    status,
    startedAt,
    seconds: seconds ?? null,
    labels: { branch: id === '1500' ? 'main' : 'next' },
  }
}

/** @type {readonly { method: string, path: RegExp, open?: boolean, answer: (call: Call) => void | Promise<void> }[]} */
const routes = [
  { method: 'GET', path: /^\/v1\/builds$/, answer: listBuilds },
  { method: 'GET', path: /^\/v1\/builds\/export$/, answer: exportBuilds },
  { method: 'GET', path: /^\/v1\/builds\/([^/]+)\/events$/, answer: watchBuild },
  { method: 'GET', path: /^\/v1\/builds\/([^/]+)\/log$/, answer: tailLog },
  { method: 'GET', path: /^\/v1\/builds\/([^/]+)\/artifact$/, answer: downloadArtifact },
  { method: 'POST', path: /^\/v1\/explanations$/, answer: explain },
  { method: 'GET', path: /^\/v1\/load$/, open: true, answer: sampleLoad },
]

/**
 * Listens on a free port of this machine.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startServer() {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** @param {Request} request @param {Response} response */
async function answer(request, response) {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const route = routes.find(({ method, path }) => method === request.method && path.test(url.pathname))
  if (!route) return sendProblem(response, { status: 404, title: 'There is no such path' })
  if (!route.open && request.headers.authorization !== `Bearer ${token}`) {
    return sendProblem(response, { status: 401, title: 'The token is missing or wrong' })
  }
  const buildId = decodeURIComponent(route.path.exec(url.pathname)?.[1] ?? '')
  if (buildId && !builds.some(({ id }) => id === buildId)) return sendNotFound(response, buildId)
  await route.answer({ request, response, url, buildId })
}

/** @param {Call} call */
function listBuilds({ response, url }) {
  const states = url.searchParams.get('status')?.split(',')
  const branch = url.searchParams.get('label[branch]')
  const found = builds
    .filter(({ status }) => !states || states.includes(status))
    .filter(({ labels }) => branch === null || labels.branch === branch)
  sendJson(response, { status: 200, body: found })
}

/** @param {Call} call */
async function exportBuilds({ response, url }) {
  const since = url.searchParams.get('since') ?? ''
  const lines = Array.from({ length: 1500 }, (_, index) => {
    const status = index % 7 === 3 ? 'failed' : 'passed'
    return build({ id: String(1500 - index), commit: `Batch ${index} – ✓`, status, seconds: (index % 90) + 0.5 })
  })
    .filter(({ startedAt }) => startedAt >= since)
    .map((row) => `${JSON.stringify(row)}\n`)
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  await drip(response, { text: lines.join(''), size: 9973, wait: 25 })
  response.end()
}

/** @param {Call} call */
async function watchBuild({ request, response, buildId }) {
  const steps = ['checkout', 'install', 'compile', 'test – größte Suite', 'package']
  const events = [
    { event: 'queued', data: { position: 2 } },
    { event: 'queued', data: { position: 1 } },
    ...steps.flatMap((name, index) => [
      { event: 'step', data: { name, state: 'started' } },
      { event: 'step', data: { name, state: 'passed', milliseconds: 310 + 170 * index } },
    ]),
    { event: 'finished', data: { ...builds.find(({ id }) => id === buildId), status: 'passed', seconds: 3.4 } },
  ]
  const last = Number(request.headers['last-event-id'] ?? 0)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  await drip(response, { text: ': welcome to the kiln\nretry: 400\n\n', size: 5, wait: 2 })
  for (const [index, { event, data }] of events.entries()) {
    const id = index + 1
    if (id <= last) continue
    const text = `id: ${id}\r\nevent: ${event}\r\ndata: ${JSON.stringify(data)}\r\n\r\n`
    if (last === 0 && id === 6) return drop(response, text)
    if (id % 4 === 0) await drip(response, { text: 'event: heartbeat\ndata\n\n', size: 4, wait: 3 })
    await drip(response, { text, size: 11, wait: 8 })
    await pause(60)
  }
  response.end()
}

/** Sends half of an event, then cuts the connection. @param {Response} response @param {string} text */
async function drop(response, text) {
  await drip(response, { text: text.slice(0, text.length / 2), size: 11, wait: 8 })
  response.destroy()
}

/** @param {Call} call */
async function tailLog({ response, url }) {
  const lines = [
    '$ kiln build --shelf upper',
    'Heating to 1,240 °C …',
    'Glaze: cobalt, 3 coats ✓',
    'Cone 6 bends – hold 12 min',
    'Cooling 🏺🏺🏺',
    'Done.',
  ]
  const first = Number(url.searchParams.get('from') ?? 1)
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
  for (const line of lines.slice(first - 1)) {
    await drip(response, { text: `${line}\n`, size: 7, wait: 4 })
    await pause(80)
  }
  response.end()
}

/** @param {Call} call */
async function downloadArtifact({ response, buildId }) {
  const bytes = new Uint8Array(3 * 1024 * 1024).map((_, index) => (index * 31) % 251)
  response.writeHead(200, {
    'content-type': 'application/gzip',
    'content-length': bytes.length,
    'content-disposition': `attachment; filename="kiln-${buildId}.tar.gz"; filename*=UTF-8''gl%C3%A4nzend-${buildId}.tar.gz`,
  })
  for (let start = 0; start < bytes.length; start += 300_007) {
    response.write(bytes.subarray(start, start + 300_007))
    await pause(60)
  }
  response.end()
}

/** @param {Call} call */
async function explain({ request, response }) {
  const question = JSON.parse(await readBody(request))
  const known = builds.find(({ id }) => id === question.buildId)
  if (!known) return sendNotFound(response, String(question.buildId))
  const text = `Build ${known.id} ${known.status}: the glaze ran because the kiln – at 1,262 °C – was too hot. Lower it, and fire again 🔥`
  if (question.stream !== true) return sendJson(response, { status: 200, body: { text, confidence: 0.87 } })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const word of text.split(/(?<= )/)) {
    await drip(response, { text: `data: ${JSON.stringify({ text: word })}\n\n`, size: 13, wait: 4 })
    await pause(25)
  }
  await drip(response, { text: 'data: [DONE]\n\n', size: 3, wait: 2 })
  response.end()
}

/** @param {Call} call */
async function sampleLoad({ response, url }) {
  response.writeHead(200, { 'content-type': 'application/json-seq' })
  for (let index = 0; index < Number(url.searchParams.get('samples')); index += 1) {
    const at = new Date(Date.UTC(2026, 0, 9, 9, 30, index)).toISOString()
    const busy = Math.round(50 + 45 * Math.sin(index)) / 100
    await drip(response, { text: `\u001e${JSON.stringify({ at, busy, waiting: index % 3 })}\n`, size: 9, wait: 3 })
    await pause(90)
  }
  response.end()
}

/**
 * Writes text cut into pieces of `size` bytes wherever that falls, with `wait` milliseconds between them.
 * @param {Response} response @param {{ text: string, size: number, wait: number }} piece
 */
async function drip(response, { text, size, wait }) {
  const bytes = Buffer.from(text, 'utf8')
  for (let start = 0; start < bytes.length; start += size) {
    if (response.destroyed) return
    response.write(bytes.subarray(start, start + size))
    await pause(wait)
  }
}

/** @param {Request} request */
async function readBody(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** @param {Response} response @param {{ status: number, body: unknown, type?: string }} reply */
function sendJson(response, { status, body, type = 'application/json' }) {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
}

/** @param {Response} response @param {string} buildId */
function sendNotFound(response, buildId) {
  sendJson(response, {
    status: 404,
    body: { message: `There is no build ${buildId}`, known: builds.map(({ id }) => id) },
  })
}

/** @param {Response} response @param {{ status: number, title: string }} problem */
function sendProblem(response, { status, title }) {
  sendJson(response, { status, body: { title, status }, type: 'application/problem+json' })
}
