import { createChannel } from 'better-sse'
import type { Response } from 'express'
import { describe, expect, it } from 'vitest'
import { newClient } from '../../src/runtime/index.js'
import { openAny, planOf } from '../runtime/answers.js'
import { until } from '../runtime/scripted-server.js'
import { startBetterSse } from './better-sse-server.js'
import { openFeed, started, testFeed } from './feed.js'

describe('better-sse with Express', () => {
  testFeed(startBetterSse, { sentinel: '"[DONE]"' })

  it('reads a channel with random ids, whose preamble asks for two seconds before a reconnect', async () => {
    const channel = createChannel()
    const opened: Response[] = []
    const { client, visits } = await started((visits) => startBetterSse(visits, { channel, opened }))
    const delays: number[] = []
    const stream = openAny(
      client,
      {
        on: { step: () => channel.broadcast({ n: 1 }, 'tick') },
        onMessage: ({ event, data, id }) => {
          expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/)
          if (event === 'tick') {
            expect(data).toEqual({ n: 1 })
            opened[0]?.destroy()
          }
        },
        onStatusChange: (status, reconnect) => {
          if (status !== 'reconnecting') return
          delays.push(reconnect?.delay ?? 0)
          stream.close()
        },
      },
      { ...planOf('text/event-stream', { path: '/open' }), data: 'json' },
    )
    await stream.done
    expect(delays).toHaveLength(1)
    expect(delays[0]).toBeGreaterThanOrEqual(2000)
    expect(delays[0]).toBeLessThanOrEqual(3000)
    await until(() => channel.sessionCount === 0 && visits.closed === 1)
  })
  it('takes keep-alives for a sign of life', async () => {
    const { client } = await started(startBetterSse)
    const quick = newClient({ ...client.options, idleTimeout: 150, maxAttempts: 1 })
    const seen: string[] = []
    const stream = openAny(
      quick,
      { onMessage: ({ event }) => seen.push(event) },
      planOf('text/event-stream', { path: '/quick' }),
    )
    setTimeout(() => stream.close(), 600)
    await stream.done
    expect(seen).toEqual(['step'])
  })
  it('completes at a 204, with which the server sends its clients away', async () => {
    const { client } = await started(startBetterSse)
    expect(await openFeed(client, '/over').toArray()).toEqual([])
  })
})
