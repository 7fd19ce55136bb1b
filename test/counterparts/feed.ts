/** What every real server here serves, each in its own way, and what the client must make of it. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Client, json, newClient, type SseMessage, type SseStream } from '../../src/runtime/index.js'
import { type AnyEvents, openAny, planOf } from '../runtime/answers.js'
import { outcomeOf, styles } from '../runtime/outcome.js'
import { until } from '../runtime/scripted-server.js'

export interface FeedEvent {
  readonly id: string
  readonly event: 'step' | 'finished'
  readonly data: { readonly n: number; readonly text: string }
}

/** Two hold what breaks bad decoders: characters of up to four bytes, a leading space, line ends inside of JSON. */
const feed: readonly FeedEvent[] = [
  { id: '1', event: 'step', data: { n: 1, text: ' ä€😀' } },
  { id: '2', event: 'step', data: { n: 2, text: 'a\nb\r\n' } },
  { id: '3', event: 'step', data: { n: 3, text: '' } },
  { id: '4', event: 'step', data: { n: 4, text: '\u2028' } },
  { id: '5', event: 'finished', data: { n: 5, text: 'end' } },
]

/** What a server has seen of its clients. */
export class Visits {
  /** The `Last-Event-ID` of each request to the feed, `''` without. */
  readonly lastIds: string[] = []
  /** How many connections the framework reported as closed by the client. */
  closed = 0

  /** What to send on this connection, after which the server ends it: the two events after that id. */
  next(lastId: string | null | undefined): readonly FeedEvent[] {
    this.lastIds.push(lastId ?? '')
    const done = feed.findIndex(({ id }) => id === lastId)
    return feed.slice(done + 1, done + 3)
  }
}

/** A server that listens. */
export interface Running {
  readonly url: string
  readonly stop: () => unknown
}

/**
 * Starts a server with three routes. `GET /feed` sends `visits.next()` and ends; `GET /open` sends `{"n":0}` as `step`,
 * stays open and counts in `visits.closed` who left; `POST /chat` takes `{"words": […]}` and sends each word as JSON,
 * then the sentinel.
 */
export type Start = (visits: Visits) => Promise<Running>

export interface Started {
  readonly visits: Visits
  readonly client: Client
}

/** Starts a server that stops with the test. */
export async function started(start: Start): Promise<Started> {
  const visits = new Visits()
  const { url, stop } = await start(visits)
  onTestFinished(async () => {
    await stop()
  })
  return { visits, client: newClient({ baseUrl: url }) }
}

/** Where a server of Node listens. */
export function urlOf(server: Server): string {
  // A server that listens on a port has this kind of address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Listens on a free port, and ends what is open when it stops. */
export async function listening(server: Server): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: urlOf(server), stop }
}

/** Reads the events of a path, of which `finished` is the last. */
export function openFeed(client: Client, path: string): SseStream<AnyEvents> {
  return openAny(client, { minDelay: 1, maxDelay: 4 }, feedPlan(path))
}

function feedPlan(path: string) {
  const events = { step: 'json', finished: 'json' } as const
  return { ...planOf('text/event-stream', { path }), events, terminal: ['finished'] }
}

const ways: Record<string, (stream: SseStream<AnyEvents>, abort: AbortController) => Promise<unknown>> = {
  'break in the loop': async (stream) => {
    for await (const { data } of stream) return data
    return undefined
  },
  'close()': async (stream) => {
    for await (const { data } of stream) {
      stream.close()
      return data
    }
    return undefined
  },
  'an aborted signal': async (stream, abort) => {
    const iterator = stream[Symbol.asyncIterator]()
    const first = await iterator.next()
    abort.abort('mine')
    await expect(iterator.next()).rejects.toBe('mine')
    return first.value?.data
  },
}

/** The tests that every server passes. `sentinel` is what ends the chat, as it is on the wire. */
export function testFeed(start: Start, { sentinel = '[DONE]' }: { sentinel?: string } = {}): void {
  describe.each(styles)('in the style of %s', (style) => {
    it('resumes by Last-Event-ID, loses nothing and repeats nothing', async () => {
      const { client, visits } = await started(start)
      const { messages, thrown, completed } = await outcomeOf(client, { style, plan: feedPlan('/feed') })
      expect(messages.map(({ event, data, id }: SseMessage) => ({ event, data, id }))).toEqual(feed)
      expect({ thrown, completed, lastIds: visits.lastIds }).toEqual({
        thrown: [],
        completed: 1,
        lastIds: ['', '2', '4'],
      })
    })
    it('posts a body and reads to the sentinel', async () => {
      const { client } = await started(start)
      const words = ['Hello', ' wörld', '\n']
      const request = () => ({ method: 'POST', path: '/chat', body: json({ words }) })
      const plan = { accept: 'text/event-stream', data: 'json', sentinel, request } as const
      const { data, thrown } = await outcomeOf(client, { style, plan })
      expect({ data, thrown }).toEqual({ data: words, thrown: [] })
    })
  })

  it.each(Object.keys(ways))('%s is seen by the server', async (way) => {
    const { client, visits } = await started(start)
    const abort = new AbortController()
    const options = { signal: abort.signal }
    const stream = openAny(client, options, feedPlan('/open'))
    expect(await ways[way]?.(stream, abort)).toEqual({ n: 0 })
    await until(() => visits.closed === 1)
  })
}
