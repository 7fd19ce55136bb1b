import { describe, expect, it, vi } from 'vitest'
import { outcomeOf, styles } from './outcome.js'
import { begin, serve, sleep } from './scripted-server.js'

const events = 'text/event-stream'

describe.each(styles)('in the style of %s', (style) => {
  it('row 45: a proxy that holds everything back is a timeout', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': events }).flushHeaders()
    })
    const options = { idleTimeout: 30, reconnect: false } as const
    const { data, thrown } = await outcomeOf(server.client, { style, options })
    expect(data).toEqual([])
    expect(thrown).toMatchObject([{ kind: 'timeout', message: 'no bytes within 30 ms' }])
  })
  it('row 63: a clock that jumps ends nothing and puts nothing off', async () => {
    const server = await serve(async (response, _, attempt) => {
      if (attempt > 1) {
        response.writeHead(204).end()
        return
      }
      begin(response, events).write('data: a\n\n')
      vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 86_400_000)
      await sleep(20)
      response.socket?.destroy()
    })
    const start = performance.now()
    const { data, completed } = await outcomeOf(server.client, {
      style,
      options: { idleTimeout: 10_000, minDelay: 10, maxDelay: 20 },
    })
    vi.restoreAllMocks()
    expect({ data, completed }).toEqual({ data: ['a'], completed: 1 })
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
