import { createServer, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Client, newClient, openBinary, openNdjson, openText } from '../../src/runtime/index.js'
import { planOf } from '../runtime/answers.js'
import { outcomeOf, styles } from '../runtime/outcome.js'
import { sleep } from '../runtime/scripted-server.js'

/** Bytes that are sent one packet each; `reset` at the end resets the connection in place of closing it. */
type Packets = readonly (string | Uint8Array)[]

/** A server that answers every request with these packets, whatever HTTP has to say about them. */
async function sending(packets: Packets, { ending = 'close' }: { ending?: 'close' | 'reset' } = {}): Promise<Client> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    // A client that goes first is what some of the tests are about.
    socket.on('error', () => {})
    socket.once('data', async () => {
      for (const packet of packets) {
        socket.write(packet)
        await sleep(4)
      }
      if (ending === 'reset') socket.resetAndDestroy()
      else socket.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return newClient({ baseUrl: `http://127.0.0.1:${port}`, reconnect: false })
}

const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n'
const untilClose = `${head}Connection: close\r\n\r\n`

function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
}

describe.each(styles)('in the style of %s', (style) => {
  it('a CRLF that is split over two packets is one line end', async () => {
    const client = await sending([untilClose, 'data: a\r', '\ndata: b\r', '\n\r', '\ndata: c\r\n\r\n'])
    expect(await outcomeOf(client, { style })).toMatchObject({ data: ['a\nb', 'c'], thrown: [], completed: 1 })
  })
  it('every byte in a packet of its own gives the same, a byte order mark and all', async () => {
    const bytes = Buffer.from('\ufeffid: ü\r\ndata: €😀\r\rdata: \ufeff\n\n')
    const client = await sending([untilClose, ...[...bytes].map((byte) => Uint8Array.of(byte))])
    const { messages } = await outcomeOf(client, { style })
    expect(messages).toEqual([
      { event: 'message', data: '€😀', id: 'ü' },
      { event: 'message', data: '\ufeff', id: 'ü' },
    ])
  })
  it('a character that the end cuts through goes with its event', async () => {
    const client = await sending([untilClose, 'data: a\n\ndata: ', Uint8Array.of(0xf0, 0x9f)])
    expect(await outcomeOf(client, { style })).toMatchObject({
      data: ['a'],
      thrown: [{ kind: 'network', message: 'ended in the middle of an event' }],
    })
  })
  it('the end of a chunked body without its last chunk is a lost connection', async () => {
    const client = await sending([`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk('data: a\n\n')])
    expect(await outcomeOf(client, { style })).toMatchObject({ data: ['a'], thrown: [{ kind: 'network' }] })
  })
  it('a broken chunk is a lost connection', async () => {
    const client = await sending([`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk('data: a\n\n'), 'zz\r\n'])
    expect(await outcomeOf(client, { style })).toMatchObject({ data: ['a'], thrown: [{ kind: 'network' }] })
  })
  it('a reset in the middle of a chunk is a lost connection', async () => {
    const packets = [`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk('data: a\n\n'), 'ff\r\ndata: b']
    expect(await outcomeOf(await sending(packets, { ending: 'reset' }), { style })).toMatchObject({
      data: ['a'],
      thrown: [{ kind: 'network', message: 'connection lost' }],
    })
  })
  it.each([
    ['a reset before the answer', [], 'reset'],
    ['an end in the middle of the head', [head], 'close'],
    ['another protocol', ['220 mail ready\r\n'], 'close'],
  ] as const)('%s is no connection', async (_, packets, ending) => {
    expect(await outcomeOf(await sending(packets, { ending }), { style })).toMatchObject({
      data: [],
      thrown: [{ kind: 'network', message: 'no connection' }],
    })
  })
})

describe('a Content-Length that is wrong', () => {
  const headOf = (type: string, length: number): string =>
    `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`

  it('and too long rejects, and never yields the part as a whole', async () => {
    const client = await sending([headOf('application/octet-stream', 9), 'short'])
    const plan = planOf('application/octet-stream')
    await expect(openBinary(client, {}, plan).blob()).rejects.toMatchObject({ kind: 'network' })
    await expect(openBinary(client, {}, plan).bytes()).rejects.toMatchObject({ kind: 'network' })
    const text = await sending([headOf('text/plain', 9), 'short'])
    await expect(openText(text, {}, planOf('text/plain')).text()).rejects.toMatchObject({ kind: 'network' })
  })
  it('and too long makes no record of the tail', async () => {
    const client = await sending([headOf('application/x-ndjson', 99), '1\n2\n3'])
    const seen: unknown[] = []
    const stream = openNdjson(client, { onChunk: (item) => seen.push(item) }, planOf('application/x-ndjson'))
    await expect(stream.done).rejects.toMatchObject({ kind: 'network' })
    expect(seen).toEqual([1, 2])
  })
  it('and too short ends the text where it says', async () => {
    const client = await sending([headOf('text/plain', 3), 'longer'])
    expect(await openText(client, {}, planOf('text/plain')).text()).toBe('lon')
  })
})
