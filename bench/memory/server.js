/** A server of its own: endless events, records and messages as fast as the reader takes them, and a download of 1 GiB. */
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const downloadSize = 2 ** 30
const item = JSON.stringify({ id: 1, text: 'x'.repeat(200) })
const bodies = {
  '/events': { type: 'text/event-stream', chunk: Buffer.from(`data: ${item}\n\n`.repeat(256)) },
  '/records': { type: 'application/x-ndjson', chunk: Buffer.from(`${item}\n`.repeat(256)) },
  '/report': { type: 'application/octet-stream', chunk: Buffer.alloc(65_536, 1), size: downloadSize },
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://localhost')
  const body = Object.entries(bodies).find(([path]) => url.pathname.endsWith(path))?.[1]
  if (!body) return response.writeHead(404).end()
  const size = Number(url.searchParams.get('size') ?? body.size ?? Infinity)
  response.writeHead(200, { 'content-type': body.type, ...(size < Infinity && { 'content-length': size }) })
  let left = size
  const write = () => {
    while (left > 0) {
      const chunk = body.chunk.subarray(0, left)
      left -= chunk.length
      if (!response.write(chunk)) return response.once('drain', write)
    }
    return response.end()
  }
  return write()
})

// Messages of 10 KB, as fast as the socket takes them.
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
const message = JSON.stringify({ id: 1, text: 'x'.repeat(10_000) })
sockets.on('connection', (socket) => {
  const send = () => {
    if (socket.readyState === 1) socket.send(message, () => setImmediate(send))
  }
  send()
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' && address?.port)
})
process.on('disconnect', () => process.exit())
