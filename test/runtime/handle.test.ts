import { describe, expect, it } from 'vitest'
import { newClient } from '../../src/runtime/index.js'
import { newSession, type StreamOptions } from '../../src/runtime/session.js'
import { openStream, type StreamHandle } from '../../src/runtime/stream.js'

/** The handle of a source that has these items, batch by batch, and fails with what stands among them as an error. */
function handleOf(
  batches: readonly (readonly number[] | Error)[],
  { deliver, ...options }: StreamOptions & { deliver?: (item: number) => unknown } = {},
): StreamHandle<number> {
  const waiting = [...batches]
  let items: number[] = []
  const read = async (): Promise<boolean> => {
    const batch = waiting.shift()
    if (batch instanceof Error) throw batch
    items = [...(batch ?? [])]
    return batch !== undefined
  }
  return openStream(newSession(newClient({}), options), { take: () => items.shift(), read }, deliver)
}

async function itemsOf(handle: StreamHandle<number>): Promise<number[]> {
  const items: number[] = []
  for await (const item of handle) items.push(item)
  return items
}

describe('the handle, alone', () => {
  it('gives all items in order, by iteration and by callbacks', async () => {
    const taken: number[] = []
    const batches = [[1, 2], [], [3]]
    expect(await itemsOf(handleOf(batches))).toEqual([1, 2, 3])
    await handleOf(batches, { deliver: (item) => taken.push(item) }).done
    expect(taken).toEqual([1, 2, 3])
  })
  it('reads nothing before it is asked', async () => {
    const statuses: string[] = []
    const handle = handleOf([[1]], { onStatusChange: (status) => statuses.push(status) })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect([statuses, handle.status]).toEqual([[], 'connecting'])
    await itemsOf(handle)
    expect(statuses).toEqual(['connecting', 'closed'])
  })
  it('ends with what the source throws, after what came before it, in both styles', async () => {
    const error = new Error('broken')
    const iterator = handleOf([[1], error])[Symbol.asyncIterator]()
    expect(await iterator.next()).toEqual({ value: 1, done: false })
    await expect(iterator.next()).rejects.toBe(error)
    expect(await iterator.next()).toEqual({ value: undefined, done: true })
    await expect(handleOf([[1], error], { deliver: () => {} }).done).rejects.toBe(error)
  })
  it('delivers nothing after close(), and is closed once', async () => {
    const taken: number[] = []
    const log: string[] = []
    const handle: StreamHandle<number> = handleOf([[1, 2, 3]], {
      onStatusChange: (status) => log.push(status),
      onComplete: () => log.push('complete'),
      deliver: (item) => {
        taken.push(item)
        handle.close()
        handle.close()
      },
    })
    await handle.done
    expect([taken, log]).toEqual([[1], ['connecting', 'closed']])
  })
})
