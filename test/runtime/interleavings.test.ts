import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import {
  type Client,
  newClient,
  openBinary,
  openJsonSequence,
  openNdjson,
  openText,
  requestJson,
  requestVoid,
  type StreamHandle,
  type StreamOptions,
} from '../../src/runtime/index.js'
import { openAny, planOf } from './answers.js'
import { sleep } from './scripted-server.js'

const kinds = ['sse', 'ndjson', 'json-seq', 'text', 'binary', 'json', 'void'] as const
type Kind = (typeof kinds)[number]

const mediaTypes = {
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson',
  'json-seq': 'application/json-seq',
  text: 'text/plain',
  binary: 'image/png',
  json: 'application/json',
  void: 'text/plain',
} as const

/** Item `index` as its kind has it on the wire. Text and bytes are one character for each item. */
function written(kind: Kind, index: number): string {
  if (kind === 'sse') return `id: ${index}\ndata: ${index}\n\n`
  if (kind === 'ndjson') return `${index}\n`
  if (kind === 'json-seq') return `\u001e${index}\n`
  return `${index % 10}`
}

/** What the server does with one request. */
const answer = fc.record({
  status: fc.constantFrom(200, 200, 200, 200, 200, 204, 404, 503, 0),
  latency: fc.nat(3),
  // A `fetch` of a platform or a stub that does not know its signal.
  obeys: fc.boolean(),
  cuts: fc.array(fc.nat(60), { maxLength: 4 }),
  gaps: fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
  ending: fc.constantFrom('end', 'end', 'reset', 'stall'),
})
type Answer = typeof answer extends fc.Arbitrary<infer Value> ? Value : never

/** What the user does. */
const use = fc.record({
  way: fc.constantFrom('callbacks', 'iterate', 'overlap', 'collect', 'done'),
  // What happens at the item of this number, or in this callback.
  act: fc.constantFrom('none', 'close', 'abort', 'throw', 'break'),
  place: fc.constantFrom('item', 'onOpen', 'onStatusChange', 'onProgress', 'timer', 'turn', 'before'),
  at: fc.nat(4),
  slow: fc.boolean(),
  takesDone: fc.constantFrom('first', 'last', 'never'),
})
type Use = typeof use extends fc.Arbitrary<infer Value> ? Value : never

async function pass(turns: number): Promise<void> {
  if (turns > 1) await sleep(turns - 1)
  else for (let turn = 0; turn < turns; turn++) await undefined
}

/** Bodies that were opened and neither ended nor were cancelled. */
type Open = Set<object>

function bodyFor(text: string, { cuts, gaps, ending }: Answer, open: Open): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  const chunks = places.slice(1).map((end, index) => bytes.slice(places[index], end))
  const mark = {}
  open.add(mark)
  let index = 0
  return new ReadableStream(
    {
      pull: async (to) => {
        await pass(gaps[index % gaps.length] ?? 0)
        const chunk = chunks[index++]
        if (chunk) to.enqueue(chunk)
        else if (ending === 'stall') await new Promise(() => {})
        else {
          open.delete(mark)
          if (ending === 'end') to.close()
          else to.error(new TypeError('reset'))
        }
      },
      cancel: () => void open.delete(mark),
    },
    { highWaterMark: 0 },
  )
}

/** A client whose requests are answered in turn; an event stream goes on after the last id. */
function clientFor(kind: Kind, answers: readonly Answer[], { total, open }: { total: number; open: Open }): Client {
  let attempt = 0
  return newClient({
    baseUrl: 'https://api.test',
    idleTimeout: 40,
    connectTimeout: 60_000,
    fetch: async (_, { signal, headers }) => {
      const next = answers[attempt++]
      await pass(next?.latency ?? 0)
      if (next?.obeys) signal?.throwIfAborted()
      if (!next || next.status === 204) return new Response(null, { status: 204 })
      if (next.status === 0) throw new TypeError('no route')
      const first = kind === 'sse' ? Number(new Headers(headers).get('last-event-id') ?? -1) + 1 : 0
      let text = ''
      for (let item = first; item < total; item++) text += written(kind, item)
      return new Response(bodyFor(text, next, open), {
        status: next.status,
        headers: { 'content-type': mediaTypes[kind] },
      })
    },
  })
}

/** Everything that was told, in order. */
interface Log {
  readonly told: string[]
  readonly items: unknown[]
}

/** The items as numbers, whatever their kind. */
function numbersOf(kind: Kind, items: readonly unknown[]): number[] {
  if (kind === 'text') return [...items.join('')].map(Number)
  if (kind === 'binary') return items.flatMap((chunk) => [...Buffer.from(chunk as Uint8Array).toString()].map(Number))
  if (kind === 'sse') return items.map((message) => Number((message as { data: unknown }).data))
  return items.map(Number)
}

/** Opens a stream of a kind; collectors reject or give the items that they collected. */
function open(
  kind: Kind,
  client: Client,
  { options, take, delay }: { options: StreamOptions; take: Take | undefined; delay: number },
) {
  const plan = planOf(mediaTypes[kind])
  const chunks = take ? { ...options, onChunk: take } : options
  if (kind === 'sse') {
    const stream = openAny(client, { ...options, minDelay: delay, maxDelay: delay, ...(take && { onMessage: take }) })
    return { stream, collect: stream.toArray }
  }
  if (kind === 'ndjson' || kind === 'json-seq') {
    const stream = (kind === 'ndjson' ? openNdjson : openJsonSequence)(client, chunks, plan)
    return { stream, collect: stream.toArray }
  }
  if (kind === 'text') {
    const stream = openText(client, chunks, plan)
    return { stream, collect: async () => [await stream.text()] }
  }
  const stream = openBinary(client, chunks, plan)
  return { stream, collect: async () => [await stream.bytes()] }
}
type Take = (item: unknown) => unknown

async function iterate(stream: AsyncIterable<unknown>, take: Take, isBroken: () => boolean): Promise<void> {
  for await (const item of stream) {
    await take(item)
    if (isBroken()) break
  }
}

/** Reads with three calls of `next()` that wait at a time. */
async function overlap(stream: AsyncIterable<unknown>, take: Take): Promise<void> {
  const iterator = stream[Symbol.asyncIterator]()
  const read = async (): Promise<void> => {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) await take(next.value)
  }
  const readers = await Promise.allSettled([read(), read(), read()])
  await iterator.return?.()
  for (const reader of readers) if (reader.status === 'rejected') throw reader.reason
}

/** Uses one stream or request and tells what was seen of it. */
async function run(kind: Kind, client: Client, use: Use): Promise<Log & { stream?: StreamHandle<unknown> }> {
  const { way, act, place, at, slow, takesDone } = use
  const controller = new AbortController()
  const told: string[] = []
  const items: unknown[] = []
  let stream: StreamHandle<unknown> | undefined
  let isBroken = false
  const strike = (here: string): void => {
    if (place !== here || act === 'none') return
    if (act === 'close') stream?.close()
    if (act === 'abort') controller.abort('mine')
    if (act === 'break') isBroken = true
    if (act === 'throw' && /^(item|on)/.test(here)) throw new Error('mine')
  }
  const take = (item: unknown): unknown => {
    told.push('item')
    items.push(item)
    if (items.length === at + 1) strike('item')
    return slow ? pass(2) : undefined
  }
  const options = {
    signal: controller.signal,
    onOpen: () => {
      told.push('onOpen')
      strike('onOpen')
    },
    onStatusChange: (status: string) => {
      told.push(status)
      if (told.length > at) strike('onStatusChange')
    },
    onProgress: () => {
      told.push('onProgress')
      strike('onProgress')
    },
    onComplete: () => told.push('onComplete'),
    onError: () => told.push('onError'),
  }
  // No end may wait for a back-off.
  const isEnded = (act === 'close' || act === 'abort') && (/^t/.test(place) || (place === 'onStatusChange' && at < 2))
  const delay = isEnded ? 60_000 : 1
  strike('before')
  const reading = (async () => {
    if (kind === 'json') return void items.push(await requestJson(client, options, planOf(mediaTypes.json)))
    if (kind === 'void') return requestVoid(client, options, planOf(mediaTypes.void))
    const { stream: handle, collect } = open(kind, client, {
      options,
      take: way === 'callbacks' ? take : undefined,
      delay,
    })
    stream = handle
    if (takesDone === 'first') handle.done.catch(() => {})
    if (way === 'callbacks' || way === 'done') return handle.done
    if (way === 'collect') return void items.push(...(await collect()))
    return way === 'overlap' ? overlap(handle, take) : iterate(handle, take, () => isBroken)
  })()
  const striking = (place === 'turn' ? turns(at * 4) : sleep(place === 'timer' ? at : 0)).then(() => strike(place))
  const hung = sleep(3000).then(() => {
    throw new Error('hung')
  })
  hung.catch(() => {})
  await Promise.race([
    Promise.allSettled([reading, striking]).then(
      async () => takesDone === 'last' && (await stream?.done.catch(() => {})),
    ),
    hung,
  ])
  // Late callbacks would come here.
  await sleep(4)
  expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  return { told, items, ...(stream && { stream }) }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await undefined
}

it('rows 34 to 42: whatever happens when, each stream ends once and leaves nothing', { timeout: 120_000 }, async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('sse', 'sse', ...kinds),
      fc.array(answer, { minLength: 1, maxLength: 3 }),
      use,
      fc.integer({ min: 0, max: 9 }),
      async (kind, answers, use, total) => {
        const open: Open = new Set()
        const { told, items, stream } = await run(kind, clientFor(kind, answers, { total, open }), use)
        // A slow loop goes on with the item that it has.
        const callbacks = use.way === 'callbacks' ? told : told.filter((entry) => entry !== 'item')
        const end = callbacks.indexOf('closed')
        expect(callbacks.slice(end + 1).filter((entry) => entry !== 'onComplete' && entry !== 'onError')).toEqual([])
        expect(callbacks.slice(end + 1).length).toBeLessThan(2)
        if (stream && callbacks.length) expect(stream.status).toBe('closed')
        if (callbacks.length) expect(end).toBeGreaterThanOrEqual(0)
        expect([...open]).toEqual([])
        if (kind === 'json' || kind === 'void') return
        const numbers = numbersOf(kind, items)
        const all = Array.from({ length: total }, (_, index) => index)
        expect(numbers).toEqual(all.slice(0, numbers.length))
        const [first] = answers
        const isWhole = kind !== 'sse' && told.includes('onComplete') && use.way !== 'done' && first?.status === 200
        if (isWhole) expect(numbers).toEqual(all)
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 400) },
  )
  logged.mockRestore()
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
})
