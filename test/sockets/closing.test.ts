import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { newClient } from '../../src/runtime/index.js'
import { sleep, until } from '../runtime/scripted-server.js'
import { openAny, outcomeOf } from './open-any.js'
import { type SocketScript, serveSockets } from './scripted-socket-server.js'

describe('row 60: close()', () => {
  it('while it connects, twice, with a code out of range and a long reason: nothing is thrown', async () => {
    const server = await serveSockets(() => {}, { upgrade: () => 'hang' })
    const socket = openAny(server.client)
    await until(() => server.requests.length === 1)
    socket.close(1006, 'x'.repeat(500))
    socket.close(70_000)
    await socket.done
    expect(socket.status).toBe('closed')
  })
  it('before it connects makes no request', async () => {
    const server = await serveSockets(() => {})
    const socket = openAny(server.client)
    socket.close()
    await socket.done
    await sleep(20)
    expect(server.requests).toHaveLength(0)
  })
  it.each([
    [4001, 'bye', 4001, 'bye'],
    [1000, '', 1000, ''],
    [undefined, undefined, 1000, ''],
    [1001, 'x', 1000, 'x'],
    [2999, 'x', 1000, 'x'],
    [5000, 'x', 1000, 'x'],
    [Number.NaN, 'x', 1000, 'x'],
    [3000.5, 'x', 3000, 'x'],
    [1000, 'ä'.repeat(100), 1000, 'ä'.repeat(61)],
    [1000, `${'x'.repeat(121)}😀`, 1000, 'x'.repeat(121)],
  ])('with %s and %s sends %i and %s', async (code, reason, sentCode, sentReason) => {
    const closed: [number, string][] = []
    const server = await serveSockets(({ socket }) =>
      socket.on('close', (code, reason) => closed.push([code, `${reason}`])),
    )
    const socket = openAny(server.client)
    await until(() => socket.status === 'open')
    socket.close(code, reason)
    await until(() => closed.length === 1)
    expect(closed).toEqual([[sentCode, sentReason]])
  })
})

describe('row 62: after close()', () => {
  it('nothing is delivered, in any style', async () => {
    const server = await serveSockets(({ socket }) => {
      const timer = setInterval(() => socket.send('1'), 1)
      socket.on('close', () => clearInterval(timer))
    })
    let calls = 0
    const heard: string[] = []
    const first = openAny(server.client, { onMessage: () => calls++ })
    const second = openAny(server.client)
    second.socket.on('message', () => heard.push('message'))
    second.socket.on('close', ({ code }) => heard.push(`close ${code}`))
    await until(() => calls > 2 && heard.length > 2)
    first.close()
    second.close()
    const before = calls
    heard.length = 0
    await Promise.all([first.done, second.done])
    await until(() => heard.length > 0)
    await sleep(20)
    expect({ calls, heard }).toEqual({ calls: before, heard: ['close 1000'] })
  })
  it('what was waiting to be read is dropped, and iteration ends quietly', async () => {
    const server = await serveSockets(({ socket }) => {
      for (let count = 0; count < 10; count++) socket.send(`${count}`)
    })
    const socket = openAny(server.client)
    const seen: unknown[] = []
    for await (const message of socket) {
      seen.push(message)
      if (message === 2) socket.close()
    }
    expect(seen).toEqual([0, 1, 2])
    await socket.done
  })
  it('what was waiting is dropped also where the server had closed before', async () => {
    const server = await serveSockets(({ socket }) => {
      for (let count = 0; count < 10; count++) socket.send(`${count}`)
      socket.close(1000)
    })
    const socket = openAny(server.client)
    const seen: unknown[] = []
    for await (const message of socket) {
      seen.push(message)
      await sleep(20)
      socket.close()
    }
    expect(seen).toEqual([0])
    await socket.done
  })
  it('an abort rejects with its reason, at once, and is no error for onError', async () => {
    const server = await serveSockets(() => {}, { upgrade: (attempt) => (attempt === 1 ? 503 : undefined) })
    const controller = new AbortController()
    const running = outcomeOf(server.client, { signal: controller.signal, minDelay: 60_000, maxDelay: 60_000 })
    await until(() => server.requests.length === 1)
    await sleep(20)
    controller.abort('mine')
    const { failed, reported, statuses } = await running
    expect({ failed, reported, last: statuses.pop() }).toEqual({ failed: ['mine'], reported: [], last: 'closed' })
  })
  it('an abort before the start makes no request', async () => {
    const client = newClient({ baseUrl: 'http://127.0.0.1:1', WebSocket })
    const { failed, statuses } = await outcomeOf(client, { signal: AbortSignal.abort('mine') })
    expect({ failed, statuses }).toEqual({ failed: ['mine'], statuses: ['closed'] })
  })
})

describe.each(['callbacks', 'iteration'] as const)('an abort, by %s', (style) => {
  /** Reads until it is aborted, at the moment that `when` waits for. */
  async function abortedWhen(
    when: (socket: ReturnType<typeof openAny>, requests: readonly unknown[]) => Promise<unknown> | unknown,
    { upgrade, script = () => {} }: { readonly upgrade?: 'hang' | 503; readonly script?: SocketScript } = {},
  ): Promise<unknown> {
    const server = await serveSockets(script, { upgrade: () => upgrade })
    const controller = new AbortController()
    const late: unknown[] = []
    const take = (message: unknown): unknown => controller.signal.aborted && late.push(message)
    const socket = openAny(server.client, {
      signal: controller.signal,
      minDelay: 60_000,
      maxDelay: 60_000,
      ...(style === 'callbacks' && { onMessage: take }),
    })
    const reading = (async () => {
      if (style === 'iteration') for await (const message of socket) take(message)
      else await socket.done
    })().then(
      () => 'ended',
      (error: unknown) => error,
    )
    await when(socket, server.requests)
    controller.abort('mine')
    const result = [await reading, socket.status, late, getEventListeners(controller.signal, 'abort').length]
    await expect(socket.done).rejects.toBe('mine')
    await expect(socket.send('x')).rejects.toMatchObject({ kind: 'closed' })
    return result
  }
  const quietly = ['mine', 'closed', [], 0]

  it('in the same turn', async () => {
    expect(await abortedWhen(() => {})).toEqual(quietly)
  })
  it('during a handshake that hangs', async () => {
    const result = await abortedWhen((_, requests) => until(() => requests.length === 1), { upgrade: 'hang' })
    expect(result).toEqual(quietly)
  })
  it('during the wait for the next attempt', async () => {
    const result = await abortedWhen((socket) => until(() => socket.status === 'reconnecting'), { upgrade: 503 })
    expect(result).toEqual(quietly)
  })
  it('of an open connection that floods', async () => {
    const script: SocketScript = ({ socket }) => {
      const timer = setInterval(() => socket.send('1'), 0)
      socket.on('close', () => clearInterval(timer))
    }
    expect(await abortedWhen((socket) => until(() => socket.status === 'open'), { script })).toEqual(quietly)
  })
})

describe('a send() that waits for room that never comes', () => {
  it.each([
    ['close()', 'closed'],
    ['a drop', 'network'],
  ])('rejects after %s', async (how, kind) => {
    const server = await serveSockets(({ wire }) => wire.pause())
    const socket = openAny(server.client, { maxQueued: 1 << 25, reconnect: false })
    const sends = Array.from({ length: 20 }, () => socket.send('x'.repeat(1 << 20)))
    const settled = Promise.allSettled(sends)
    await until(() => socket.status === 'open')
    await sleep(50)
    if (how === 'close()') socket.close()
    else server.peers[0]?.wire.destroy()
    const last = (await settled).at(-1)
    expect(last).toMatchObject({ status: 'rejected', reason: { kind } })
  })
})
