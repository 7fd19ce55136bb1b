import { describe, expect, it } from 'vitest'
import { answering, openAny } from './answers.js'
import { styles } from './outcome.js'
import { begin, serve } from './scripted-server.js'

const events = 'text/event-stream'

describe.each(styles)('row 24: noise without an end, in the style of %s', (style) => {
  it.each(['\n', '\r', ':\n', 'x\n'])('%j lets timers run, which can close it', async (noise) => {
    const server = await serve((response) => {
      const piece = noise.repeat(65_536)
      const send = (): void => {
        while (!response.destroyed && response.write(piece));
      }
      begin(response, events).on('drain', send)
      send()
    })
    const onOpen = (): void => void setTimeout(() => stream.close(), 50)
    const stream = openAny(server.client, style === 'callbacks' ? { onOpen, onMessage: () => {} } : { onOpen })
    if (style === 'callbacks') await stream.done
    else expect(await stream.toArray()).toEqual([])
    await server.released()
    expect(server.requests).toHaveLength(1)
  })
})

describe('row 24: noise', () => {
  it('costs little stack and time for each line', async () => {
    const chunk = '\n:\nx\n\r\r\n'.repeat(10_000)
    const before = performance.now()
    expect(await openAny(answering(Array<string>(50).fill(chunk), events)).toArray()).toEqual([])
    expect(performance.now() - before).toBeLessThan(5000)
  })
})
