import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newClient, openNdjson } from '../../src/runtime/index.js'
import { answering, openAny, planOf } from './answers.js'
import { outcomeOf, styles } from './outcome.js'

const events = 'text/event-stream'

describe.each(styles)('row 20: maxItemLength, in the style of %s', (style) => {
  const read = (text: string) =>
    outcomeOf(answering([text], events), { style, options: { maxItemLength: 5, reconnect: false } })

  it.each([
    'data: abcde\n\n',
    'data:abcde\r\n\r\n',
    'data:  bcde\n\n',
    'data: ab\ndata: cd\n\n',
    `${'data\n'.repeat(6)}\n`,
  ])('is the length of the data, without names of fields: %j', async (text) => {
    const { data, thrown } = await read(text)
    expect(thrown).toEqual([])
    expect(data.map((text) => `${text}`.length)).toEqual([5])
  })
  it.each(['data: abcdef\n\n', 'data:abcdef\n\n', 'data: abc\ndata: de\n\n', `${'data\n'.repeat(7)}\n`])(
    'is kept exactly: %j',
    async (text) => {
      expect(await read(text)).toMatchObject({ data: [], thrown: [{ kind: 'limit' }], reported: [{ kind: 'limit' }] })
    },
  )
  it('bounds comments and other fields too', async () => {
    for (const field of [':', 'id: ', 'event: ', 'x: '])
      expect(await read(`${field}${'x'.repeat(20)}\n\n`)).toMatchObject({ thrown: [{ kind: 'limit' }] })
  })
})

describe('row 20: maxItemLength of records', () => {
  const read = (text: string) =>
    openNdjson(answering([text], ''), { maxItemLength: 5 }, planOf('application/x-ndjson')).toArray()

  it.each(['"abc"\n', '"abc"\r\n', '"abc"', '\n"abc"\n'])('is taken: %j', async (text) => {
    expect(await read(text)).toEqual(['abc'])
  })
  it.each(['"abcd"\n', '"abcd"\r\n', '"abcd"', '1\n"abcd"'])('is kept exactly: %j', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ kind: 'limit' })
  })
})

it('row 20: a line of 1 GB ends at the limit: no more is read, and little memory is taken', async () => {
  let sent = 0
  const server = createServer((socket) => {
    const piece = Buffer.alloc(1 << 20, 'x')
    const send = (): void => {
      while (sent < 1024) {
        sent++
        if (!socket.write(piece)) return
      }
      socket.end()
    }
    socket.on('error', () => {})
    socket.on('drain', send)
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${events}\r\nconnection: close\r\n\r\ndata: `)
    send()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const before = process.memoryUsage().rss
  const reading = openAny(newClient({ baseUrl: `http://127.0.0.1:${port}` })).toArray()
  await expect(reading).rejects.toMatchObject({ kind: 'limit' })
  expect(process.memoryUsage().rss - before).toBeLessThan(150e6)
  expect(sent).toBeLessThan(100)
})
