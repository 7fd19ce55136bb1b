import { describe, expect, it } from 'vitest'
import type { SocketReconnectInfo } from '../../src/runtime/index.js'
import { sleep, until } from '../runtime/scripted-server.js'
import { openAny } from './open-any.js'
import { serveSockets } from './scripted-socket-server.js'

const big = 'x'.repeat(1 << 20)
const closedError = expect.objectContaining({ name: 'StreamError', kind: 'closed' })
const limitError = expect.objectContaining({ name: 'StreamError', kind: 'limit' })

describe('row 56: send() before the connection is open', () => {
  it('waits for it, in order', async () => {
    const server = await serveSockets(() => {})
    const socket = openAny(server.client)
    await Promise.all([1, 2, 3].map((message) => socket.send(message)))
    await until(() => server.peers[0]?.received.length === 3)
    expect(server.peers[0]?.received).toEqual(['1', '2', '3'])
    socket.close()
  })
  it('waits over attempts that fail', async () => {
    const server = await serveSockets(() => {}, { upgrade: (attempt) => (attempt < 3 ? 'drop' : undefined) })
    const socket = openAny(server.client)
    await socket.send('a')
    await until(() => server.peers[0]?.received.length === 1)
    expect(server.requests).toHaveLength(3)
    socket.close()
  })
  it('is refused above a limit, while what fits still goes', async () => {
    const server = await serveSockets(() => {})
    const socket = openAny(server.client, { maxQueued: 1000 })
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((message) => socket.send(message)))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
    expect(results[3]).toEqual({ status: 'rejected', reason: limitError })
    await until(() => server.peers[0]?.received.length === 3)
    socket.close()
  })
  it('a message that is not JSON rejects and hurts no other', async () => {
    const server = await serveSockets(() => {})
    const socket = openAny(server.client)
    await expect(socket.send(undefined)).rejects.toMatchObject({ kind: 'network' })
    await expect(socket.send(1n)).rejects.toBeInstanceOf(TypeError)
    await socket.send('fine')
    socket.close()
  })
})

describe('row 57: send() after the end', () => {
  it('of close() rejects', async () => {
    const server = await serveSockets(() => {})
    const socket = openAny(server.client)
    await socket.send('a')
    socket.close()
    await expect(socket.send('b')).rejects.toEqual(closedError)
    await socket.done
    await expect(socket.send('c')).rejects.toEqual(closedError)
  })
  it('by the server rejects, and so does what was waiting', async () => {
    const server = await serveSockets(({ socket }) => socket.close(1000))
    const socket = openAny(server.client, { highWaterMark: -1 })
    await expect(socket.send('a')).rejects.toEqual(closedError)
    await expect(socket.send('b')).rejects.toEqual(closedError)
  })
  it('by an abort rejects what was waiting with the reason of the abort', async () => {
    const server = await serveSockets(() => {}, { upgrade: () => 'hang' })
    const controller = new AbortController()
    const socket = openAny(server.client, { signal: controller.signal })
    const sending = socket.send('a')
    await until(() => server.requests.length === 1)
    controller.abort('mine')
    await expect(sending).rejects.toBe('mine')
  })
  it('of close() has sent what it resolved for', async () => {
    const server = await serveSockets(() => {})
    const socket = openAny(server.client)
    for (let count = 0; count < 50; count++) await socket.send(big)
    socket.close()
    await until(() => server.peers[0]?.received.length === 50)
  })
})

describe('row 58: back-pressure', () => {
  it('send() waits while the other side does not read', async () => {
    const server = await serveSockets(({ wire }) => wire.pause())
    const socket = openAny(server.client)
    let sent = 0
    const sending = (async () => {
      for (; sent < 60; sent++) await socket.send(big)
    })()
    await sleep(300)
    const before = sent
    expect(before).toBeLessThan(40)
    await sleep(50)
    expect(sent).toBe(before)
    server.peers[0]?.wire.resume()
    await sending
    await until(() => server.peers[0]?.received.length === 60)
    socket.close()
  })
  it('send() rejects where the user prefers that', async () => {
    const server = await serveSockets(({ wire }) => wire.pause())
    const socket = openAny(server.client, { whenFull: 'fail' })
    const sending = (async () => {
      for (;;) await socket.send(big)
    })()
    await expect(sending).rejects.toEqual(limitError)
    socket.close()
  })
  it('what comes in is bounded: an error of kind limit, after what fitted', async () => {
    const server = await serveSockets(({ socket }) => {
      for (let count = 0; count < 100; count++) socket.send(`"${'x'.repeat(98)}"`)
    })
    const reported: unknown[] = []
    const socket = openAny(server.client, { maxQueued: 3600, onError: (error) => reported.push(error) })
    await until(() => reported.length === 1)
    const read: unknown[] = []
    const reading = (async () => {
      for await (const message of socket) read.push(message)
    })()
    await expect(reading).rejects.toEqual(limitError)
    expect({ reported, count: read.length }).toEqual({ reported: [limitError], count: 10 })
    await expect(socket.done).rejects.toEqual(limitError)
  })
  it('a message that is too long is an error of kind limit', async () => {
    const server = await serveSockets(({ socket }) => socket.send(`"${'x'.repeat(100)}"`))
    const socket = openAny({ ...server.client, options: { ...server.client.options, maxItemLength: 101 } })
    await expect(socket.done).rejects.toMatchObject({ kind: 'limit', message: 'a message is too long' })
  })
  it('nothing comes after a message that had no room', async () => {
    const server = await serveSockets(({ socket }) => {
      for (const size of [10, 10, 5000, 10, 10]) socket.send(`"${'x'.repeat(size)}"`)
    })
    const socket = openAny(server.client, { maxQueued: 2000 })
    await expect(socket.done).rejects.toEqual(limitError)
    const iterator = socket[Symbol.asyncIterator]()
    expect([await iterator.next(), await iterator.next()].map(({ value }) => value)).toEqual([
      'x'.repeat(10),
      'x'.repeat(10),
    ])
    await expect(iterator.next()).rejects.toEqual(limitError)
    expect(await iterator.next()).toEqual({ value: undefined, done: true })
  })
  it('a slow callback has one message at a time', async () => {
    const server = await serveSockets(({ socket }) => {
      for (let count = 0; count < 5; count++) socket.send(`${count}`)
      socket.close(1000)
    })
    let running = 0
    let most = 0
    const log: unknown[] = []
    const socket = openAny(server.client, {
      onMessage: async (message) => {
        most = Math.max(most, ++running)
        await sleep(5)
        running--
        log.push(message)
      },
      onComplete: () => log.push('complete'),
    })
    await socket.done
    expect({ most, log }).toEqual({ most: 1, log: [0, 1, 2, 3, 4, 'complete'] })
  })
})

describe('row 61: a reconnect with messages on their way', () => {
  it('keeps what was not sent, sends nothing twice, and says how many are unknown', async () => {
    const server = await serveSockets(({ socket, wire }, attempt) => {
      if (attempt === 1) socket.once('message', () => wire.destroy())
    })
    const unconfirmed: number[] = []
    const socket = openAny(server.client, {
      onStatusChange: (_: unknown, info?: SocketReconnectInfo) => {
        if (info) unconfirmed.push(info.unconfirmed)
      },
    })
    await socket.send('first')
    await until(() => socket.status === 'reconnecting' || server.peers.length === 2)
    await Promise.all([socket.send('second'), socket.send('third')])
    await until(() => server.peers[1]?.received.length === 2)
    expect(server.peers.map(({ received }) => received)).toEqual([['"first"'], ['"second"', '"third"']])
    expect(unconfirmed).toEqual([1])
    socket.close()
  })
  it('a message that waited for room goes over the next connection', async () => {
    const server = await serveSockets(({ wire }, attempt) => attempt === 1 && wire.pause())
    const socket = openAny(server.client, { maxQueued: 1 << 25 })
    let resolved = 0
    const all = Array.from({ length: 15 }, (_, index) => socket.send([index, big]).then(() => resolved++))
    await until(() => resolved > 0)
    await sleep(50)
    const before = resolved
    expect(before).toBeLessThan(15)
    server.peers[0]?.wire.destroy()
    await Promise.all(all)
    await until(() => server.peers[1]?.received.length === 15 - before)
    expect(server.peers[1]?.received[0]?.startsWith(`[${before},"x`)).toBe(true)
    socket.close()
  })
  it('does not happen to a stream out that has begun: the server would take the rest for the whole', async () => {
    const server = await serveSockets(({ socket, wire }) => {
      socket.once('message', () => wire.destroy())
    })
    const upload = openAny(server.client, {}, { send: 'json', reply: 'json' })
    await upload.send('first')
    await expect(upload.reply()).rejects.toMatchObject({ kind: 'network', message: 'connection lost' })
    expect(server.requests).toHaveLength(1)
  })
})
