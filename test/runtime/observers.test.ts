import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type BinaryOptions, openBinary } from '../../src/runtime/index.js'
import { planOf } from './answers.js'
import { begin, serve, sleep, until } from './scripted-server.js'

const zip = 'application/zip'
const names = ['onOpen', 'onStatusChange', 'onProgress', 'onComplete', 'onError'] as const
type Name = (typeof names)[number]

/** What became of a mistake in one callback of a download. */
async function fateOf(
  name: Name,
  options: BinaryOptions,
): Promise<{ reported: number; unhandled: number; done: unknown }> {
  const reported = vi.spyOn(console, 'error').mockImplementation(() => {})
  // The listener of the test runner would take it for a failure of the test.
  const others = process.listeners('unhandledRejection')
  const unhandled = vi.fn()
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', unhandled)
  onTestFinished(() => {
    reported.mockRestore()
    process.off('unhandledRejection', unhandled)
    for (const other of others) process.on('unhandledRejection', other)
  })
  const server = await serve((response) => {
    if (name === 'onError') response.writeHead(404).end()
    else begin(response, zip).end('abc')
  })
  const stream = openBinary(server.client, options, planOf(zip))
  await until(() => stream.status === 'closed')
  await sleep(20)
  const fate = { reported: reported.mock.calls.length, unhandled: unhandled.mock.calls.length }
  const done = await stream.done.catch((error: unknown) => error)
  await server.released()
  return { ...fate, done }
}

describe('row 36: a callback that only observes', () => {
  it.each(names)('and throws in a stream by callbacks is reported and rejects done: %s', async (name) => {
    const broken = (): void => {
      throw new Error('mine')
    }
    const fate = await fateOf(name, { onChunk: () => {}, [name]: broken })
    expect(fate).toEqual({ reported: 1, unhandled: 0, done: new Error('mine') })
  })
  it.each(names)('and rejects is no unhandled rejection, and is not lost: %s', async (name) => {
    const fate = await fateOf(name, { onChunk: () => {}, [name]: async () => Promise.reject(new Error('mine')) })
    expect(fate.unhandled).toBe(0)
    expect(fate.reported > 0 || fate.done).toBeTruthy()
  })
})
