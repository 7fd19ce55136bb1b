import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { openJsonSequence, openNdjson, openText } from '../../src/runtime/index.js'
import { newSseDecoder } from '../../src/runtime/sse-decoder.js'
import { answering, openAny, planOf } from './answers.js'
import { outcomeOf } from './outcome.js'
import { begin, serve, sleep } from './scripted-server.js'

/** Cuts bytes at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return sorted.slice(1).map((end, index) => bytes.slice(sorted[index], end))
}

const places = fc.array(fc.nat(), { maxLength: 12 })
const ends = fc.constantFrom('\n', '\r', '\r\n')
const line = fc.oneof(
  fc.constantFrom(
    '',
    '',
    '',
    'data: a',
    'data:b',
    'data',
    'data:  c',
    'id: 1',
    'id: é',
    'id',
    'id: \0',
    'event: x',
    'event',
  ),
  fc.constantFrom(
    ': ping',
    'retry: 5',
    'retry: x',
    'data: 😀',
    'data: [DONE]',
    'data: {"a":1}',
    'foo: bar',
    '\ufeffdata: d',
  ),
  fc.string({ maxLength: 6 }).map((text) => text.replace(/[\r\n]/g, '')),
)
const eventStream = fc.array(fc.tuple(line, ends)).map((lines) => lines.flat().join(''))

/** What a user sees of a body in these chunks; errors without their stacks. */
async function see(read: () => AsyncIterable<unknown>): Promise<unknown[]> {
  const seen: unknown[] = []
  try {
    for await (const item of read()) seen.push(item)
  } catch (error) {
    seen.push({ ...(error as object), message: String(error) })
  }
  return seen
}

describe('row 16: any cutting of the same bytes gives the same', () => {
  const encoder = new TextEncoder()
  it('events, ids and errors of an event stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        eventStream,
        places,
        fc.constantFrom('json' as const, 'text' as const),
        async (text, places, data) => {
          const bytes = encoder.encode(text)
          const read = (chunks: Uint8Array[]) => () =>
            openAny(answering(chunks, 'text/event-stream'), { reconnect: false, maxItemLength: 20 }, { data })
          expect(await see(read(cut(bytes, places)))).toEqual(await see(read([bytes])))
        },
      ),
      { numRuns: 300 },
    )
  })
  it('records and errors of NDJSON and of JSON text sequences', async () => {
    const piece = fc.constantFrom(
      '1',
      '12',
      '{"a":',
      '1}',
      '"é😀"',
      '\n',
      '\n',
      '\r\n',
      '\u001e',
      '[1,\n2]',
      'x',
      ' ',
      'true',
      '\ufeff',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece),
        places,
        fc.constantFrom('throw' as const, 'skip' as const),
        async (pieces, places, onInvalid) => {
          const bytes = encoder.encode(pieces.join(''))
          for (const open of [openNdjson, openJsonSequence]) {
            const read = (chunks: Uint8Array[]) => () =>
              open(answering(chunks, ''), { onInvalid, maxItemLength: 20 }, planOf('application/x-ndjson'))
            expect(await see(read(cut(bytes, places)))).toEqual(await see(read([bytes])))
          }
        },
      ),
      { numRuns: 300 },
    )
  })
  it('lines of text', async () => {
    await fc.assert(
      fc.asyncProperty(eventStream, places, async (text, places) => {
        const bytes = encoder.encode(text)
        const read = (chunks: Uint8Array[]) => () =>
          openText(answering(chunks, ''), undefined, planOf('text/plain')).lines()
        expect(await see(read(cut(bytes, places)))).toEqual(await see(read([bytes])))
      }),
      { numRuns: 200 },
    )
  })
})

it('events are those that eventsource-parser finds', () => {
  fc.assert(
    // The byte order mark is none of the decoder's business.
    fc.property(
      eventStream.filter((text) => !text.startsWith('\ufeff')),
      places,
      (text, places) => {
        const chunks = cut(new TextEncoder().encode(text), places).map((bytes) => Buffer.from(bytes).toString('latin1'))
        const theirs: unknown[] = []
        const parser = createParser({ onEvent: ({ event, data }) => theirs.push([event || 'message', data]) })
        const ours: unknown[] = []
        const decoder = newSseDecoder({ id: '' }, undefined)
        for (const chunk of chunks) {
          parser.feed(chunk)
          decoder.push(chunk)
          for (let next = decoder.next(); next; next = decoder.next()) ours.push([next.event, next.data])
        }
        expect(ours).toEqual(theirs)
      },
    ),
    { numRuns: 1000 },
  )
})

it('row 29: a hundred and more cuts lose nothing and repeat nothing', async () => {
  const total = 400
  let random = 1
  const next = (below: number): number => {
    random = (random * 16_807) % 2_147_483_647
    return random % below
  }
  const server = await serve((response, { headers }, attempt) => {
    const first = Number(headers['last-event-id'] ?? 0) + 1
    let text = 'retry: 1\n\n'
    for (let id = first; id <= total; id++) text += `id: ${id}\nevent: é\ndata: {"n":${id}}\n\n`
    const bytes = Buffer.from(`${text}event: end\ndata: 0\n\n`)
    begin(response, 'text/event-stream')
    const length = Math.min(bytes.length, 10 + next(260))
    if (length === bytes.length) response.end(bytes)
    else response.write(bytes.subarray(0, length), () => (attempt % 2 ? response.socket?.destroy() : response.end()))
  })
  const options = { minDelay: 1, maxDelay: 2, on: {} }
  const { messages, thrown } = await outcomeOf(server.client, {
    style: 'callbacks',
    options,
    plan: { data: 'json', terminal: ['end'] },
  })
  expect(thrown).toEqual([])
  expect(messages.slice(0, -1).map(({ data }) => data)).toEqual(
    Array.from({ length: total }, (_, index) => ({ n: index + 1 })),
  )
  expect(server.requests.length).toBeGreaterThan(100)
})

it('rows 34, 42: whatever ends a stream, nothing is left open', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const server = await serve(async (response, _, attempt) => {
    await sleep(attempt % 3)
    if (attempt % 5 === 0) {
      response.writeHead(503).end()
      return
    }
    begin(response, 'text/event-stream')
    for (let count = 0; count < 5 && !response.destroyed; count++) {
      response.write('id: 1\ndata: a\n\n')
      await sleep(1)
    }
    if (attempt % 2) response.socket?.destroy()
    else response.end()
  })
  const way = fc.constantFrom('close', 'abort', 'break', 'throw', 'callback')
  await fc.assert(
    fc.asyncProperty(way, fc.nat(9), fc.nat(3), async (way, delay, count) => {
      const controller = new AbortController()
      let seen = 0
      const onMessage = (): void => {
        if (seen++ === count) throw new Error('mine')
      }
      const options = { signal: controller.signal, minDelay: 1, maxDelay: 3, ...(way === 'callback' && { onMessage }) }
      const stream = openAny(server.client, options)
      if (way === 'close') setTimeout(() => stream.close(), delay)
      if (way === 'abort') setTimeout(() => controller.abort(), delay)
      const reading = (async () => {
        if (way === 'callback') return
        for await (const _ of stream) {
          if (way === 'break' && seen++ === count) break
          if (way === 'throw' && seen++ === count) throw new Error('mine')
        }
      })()
      await Promise.allSettled([reading, stream.done])
      expect(stream.status).toBe('closed')
    }),
    { numRuns: 60 },
  )
  await server.released()
  const requests = server.requests.length
  await sleep(20)
  process.off('unhandledRejection', unhandled)
  expect(server.requests.length).toBe(requests)
  expect(unhandled).not.toHaveBeenCalled()
})
