import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { answering, openAny } from './answers.js'
import { begin, serve, sleep } from './scripted-server.js'

const events = 'text/event-stream'

describe('the iterator', () => {
  it('answers calls of next() in order, also those that do not wait', async () => {
    const iterator = openAny(answering(['data: a\n\ndata: b\n\n', 'data: c\n\n'], events))[Symbol.asyncIterator]()
    const results = await Promise.all([
      iterator.next(),
      iterator.next(),
      iterator.next(),
      iterator.next(),
      iterator.next(),
    ])
    expect(results.map(({ value }) => value?.data)).toEqual(['a', 'b', 'c', undefined, undefined])
  })
  it('rejects once and is done then', async () => {
    const iterator = openAny(answering([''], 'text/html'))[Symbol.asyncIterator]()
    const results = await Promise.allSettled([iterator.next(), iterator.next()])
    expect(results).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: { done: true } }])
  })
})

describe('events by name', () => {
  const text =
    'event: a\ndata: {"x":1}\n\nevent: ping\ndata\n\nevent: b\ndata: raw\n\nevent: constructor\ndata: c\n\nevent: __proto__\ndata: d\n\n'
  const plan = { events: { a: 'json', ping: 'none' } } as const
  it('reach their handlers in order, those that are not declared among them', async () => {
    const log: unknown[] = []
    const stream = openAny(
      answering([text], events),
      {
        on: { a: (data, { event }) => log.push(['on', event, data]) },
        onMessage: ({ event, data }) => log.push(['message', event, data]),
        onUnknownEvent: ({ event, data }) => log.push(['unknown', event, data]),
      },
      plan,
    )
    await stream.done
    expect(log).toEqual([
      ['on', 'a', { x: 1 }],
      ['message', 'a', { x: 1 }],
      ['message', 'ping', undefined],
      ['unknown', 'b', 'raw'],
      ['unknown', 'constructor', 'c'],
      ['unknown', '__proto__', 'd'],
    ])
  })
  it('that are not declared are not iterated', async () => {
    expect(await openAny(answering([text], events), {}, plan).toArray()).toEqual([
      { event: 'a', data: { x: 1 }, id: '' },
      { event: 'ping', data: undefined, id: '' },
    ])
  })
  it('row 65: called like members of all objects find no handler', async () => {
    const seen: unknown[] = []
    await openAny(answering([text], events), { on: { b: (data) => seen.push(data) } }).done
    expect(seen).toEqual(['raw'])
  })
})

it('row 49: ten thousand streams on one signal leave no listener', async () => {
  const warning = vi.fn()
  process.on('warning', warning)
  const controller = new AbortController()
  const client = answering(['data: a\n\n'], events)
  for (let round = 0; round < 10_000; round++) {
    const stream = openAny(client, { signal: controller.signal })
    if (round % 2) for await (const _ of stream) break
    else stream.close()
  }
  await sleep(5)
  process.off('warning', warning)
  expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  expect(warning).not.toHaveBeenCalled()
})

it('a terminal event is delivered and completes it', async () => {
  const server = await serve((response) => {
    begin(response, events).write('id: 1\ndata: 1\n\nevent: end\ndata: 2\n\ndata: 3\n\n')
  })
  expect(await openAny(server.client, {}, { terminal: ['end'] }).toArray()).toMatchObject([
    { data: '1' },
    { event: 'end', data: '2' },
  ])
  await server.released()
})
