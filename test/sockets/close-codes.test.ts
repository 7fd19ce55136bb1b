import { describe, expect, it } from 'vitest'
import { newClient, type SocketReconnectInfo } from '../../src/runtime/index.js'
import { until } from '../runtime/scripted-server.js'
import { openAny, outcomeBy, type Style } from './open-any.js'
import { ScriptedSocket } from './platform-socket.js'
import { serveSockets } from './scripted-socket-server.js'

const styles: readonly Style[] = ['callbacks', 'iteration']

describe.each(styles)('row 51, by %s: a handshake that is refused', (style) => {
  const outcomeOf = outcomeBy(style)

  it.each([401, 404])('with %i ends with that status where the platform shows it', async (status) => {
    const server = await serveSockets(() => {}, { upgrade: () => status })
    const { failed, reported, statuses } = await outcomeOf(server.client)
    expect(failed).toEqual([expect.objectContaining({ kind: 'http', status, message: `HTTP status ${status}` })])
    expect(reported).toEqual(failed)
    expect(statuses).toEqual(['connecting', 'closed'])
    expect(server.requests).toHaveLength(1)
  })
  it('says that the status is not visible where the platform shows none, after five attempts', async () => {
    const server = await serveSockets(() => {}, { upgrade: () => 'drop' })
    const { failed } = await outcomeOf(server.client)
    expect(failed).toEqual([
      expect.objectContaining({ kind: 'network', message: expect.stringContaining('not visible') }),
    ])
    expect(server.requests).toHaveLength(5)
  })
  it('is heard where the platform tells it by an error alone, as Node 22 does', async () => {
    class Platform extends ScriptedSocket {
      constructor(url: string) {
        super(url)
        setTimeout(() => this.emit('error', { message: 'Received network error or non-101 status code.' }))
      }
    }
    const { failed } = await outcomeOf(newClient({ baseUrl: 'http://host', WebSocket: Platform }), { maxAttempts: 2 })
    expect(failed).toEqual([
      expect.objectContaining({ kind: 'network', message: expect.stringContaining('not visible') }),
    ])
  })
  it('is tried again for a status that passes', async () => {
    const server = await serveSockets(({ socket }) => socket.close(1000), {
      upgrade: (attempt) => (attempt === 1 ? 503 : undefined),
    })
    const { failed, statuses } = await outcomeOf(server.client)
    expect({ failed, statuses }).toEqual({ failed: [], statuses: ['connecting', 'reconnecting', 'open', 'closed'] })
  })
})

describe.each(styles)('row 52, by %s: the server', (style) => {
  const outcomeOf = outcomeBy(style)

  it('closes with 1000: the socket is complete', async () => {
    const server = await serveSockets(({ socket }) => {
      socket.send('1')
      socket.close(1000)
    })
    expect(await outcomeOf(server.client)).toEqual({
      messages: [1],
      failed: [],
      reported: [],
      statuses: ['connecting', 'open', 'closed'],
      completed: 1,
    })
    expect(server.requests).toHaveLength(1)
  })
  it('goes away with 1001: the socket reconnects', async () => {
    const server = await serveSockets(({ socket }, attempt) => {
      socket.send(`${attempt}`)
      socket.close(attempt === 1 ? 1001 : 1000)
    })
    const { messages, statuses } = await outcomeOf(server.client)
    expect(messages).toEqual([1, 2])
    expect(statuses).toEqual(['connecting', 'open', 'reconnecting', 'open', 'closed'])
  })
  it('closes with 1000: `reconnect: always` comes back', async () => {
    const server = await serveSockets(({ socket }, attempt) => socket.close(attempt === 1 ? 1000 : 4000))
    await outcomeOf(server.client, { reconnect: 'always' })
    expect(server.requests).toHaveLength(2)
  })
})

describe.each(styles)('row 53, by %s: the socket reconnects', (style) => {
  const outcomeOf = outcomeBy(style)

  it.each([1011, 1012, 1013, 1014])('after %i', async (code) => {
    const server = await serveSockets(({ socket }, attempt) => socket.close(attempt === 1 ? code : 1000))
    const { failed } = await outcomeOf(server.client)
    expect({ failed, attempts: server.requests.length }).toEqual({ failed: [], attempts: 2 })
  })
  it('after a loss without a close frame (1006)', async () => {
    const server = await serveSockets(({ socket, wire }, attempt) => {
      if (attempt === 1) wire.destroy()
      else socket.close(1000)
    })
    const { statuses } = await outcomeOf(server.client)
    expect(statuses).toEqual(['connecting', 'open', 'reconnecting', 'open', 'closed'])
  })
  it('after a loss that the platform tells by code 0, as Deno does', async () => {
    const made: ScriptedSocket[] = []
    class Platform extends ScriptedSocket {
      constructor(url: string) {
        super(url)
        setTimeout(() => {
          this.emit('open')
          this.emit('close', { code: made.push(this) === 1 ? 0 : 1000 })
        })
      }
    }
    const { failed } = await outcomeOf(newClient({ baseUrl: 'http://host', WebSocket: Platform }))
    expect({ failed, connections: made.length }).toEqual({ failed: [], connections: 2 })
  })
  it('after delays that grow, longer ones after 1013', async () => {
    const delaysAfter = async (code: number): Promise<number[]> => {
      const server = await serveSockets(({ socket }, attempt) => socket.close(attempt < 4 ? code : 1000))
      const delays: number[] = []
      const onStatusChange = (_: unknown, info?: SocketReconnectInfo): unknown => info && delays.push(info.delay)
      await outcomeOf(server.client, { onStatusChange, minDelay: 4, maxDelay: 1000 })
      return delays
    }
    const [first = 0, second = 0, third = 0] = await delaysAfter(1012)
    expect([first >= 4 && first <= 6, second >= 8 && second <= 12, third >= 16 && third <= 24]).toEqual([
      true,
      true,
      true,
    ])
    const [busy = 0] = await delaysAfter(1013)
    expect(busy).toBeGreaterThanOrEqual(20)
  })
  it('not where the user said so', async () => {
    const server = await serveSockets(({ socket }) => socket.close(1012))
    const { failed } = await outcomeOf(server.client, { reconnect: false })
    expect(failed).toEqual([expect.objectContaining({ kind: 'remote', body: { code: 1012, reason: '' } })])
  })
  it('with credentials and parameters that are looked up anew', async () => {
    const server = await serveSockets(({ socket }, attempt) => socket.close(attempt < 3 ? 1012 : 1000))
    let calls = 0
    const request = () => ({ method: 'GET', path: `/socket?call=${++calls}` })
    const socket = openAny(server.client, {}, { receive: 'json', request })
    await socket.done
    expect(server.requests.map(({ url }) => url)).toEqual(['/socket?call=1', '/socket?call=2', '/socket?call=3'])
  })
})

describe.each(styles)('row 54, by %s: the socket ends with the code and the reason', (style) => {
  const outcomeOf = outcomeBy(style)

  it.each([1002, 1003, 1007, 1008, 1009, 4401])('after %i', async (code) => {
    const server = await serveSockets(({ socket }) => {
      socket.send('1')
      socket.close(code, 'because')
    })
    const { messages, failed, reported, completed } = await outcomeOf(server.client)
    const error = expect.objectContaining({
      kind: 'remote',
      message: `closed with code ${code}`,
      body: { code, reason: 'because' },
    })
    expect({ messages, failed, reported, completed }).toEqual({
      messages: [1],
      failed: [error],
      reported: [error],
      completed: 0,
    })
    expect(server.requests).toHaveLength(1)
  })
  it('unless the user names the code', async () => {
    const server = await serveSockets(({ socket }, attempt) => socket.close(attempt === 1 ? 4001 : 4002))
    const { failed } = await outcomeOf(server.client, { reconnectCodes: [4001] })
    expect(failed).toEqual([expect.objectContaining({ body: { code: 4002, reason: '' } })])
  })
})

describe.each(styles)('row 55, by %s: a connection without a sign of life', (style) => {
  const outcomeOf = outcomeBy(style)

  it('is closed with 4000 and made anew', async () => {
    const server = await serveSockets(({ socket }, attempt) => {
      socket.send(`${attempt}`)
      if (attempt === 2) socket.close(1000)
    })
    const { messages, statuses } = await outcomeOf(server.client, { idleTimeout: 40 })
    expect(messages).toEqual([1, 2])
    expect(statuses).toEqual(['connecting', 'open', 'reconnecting', 'open', 'closed'])
  })
  it('tells the other side why, where it can still hear', async () => {
    const codes: number[] = []
    const server = await serveSockets(({ socket }) => socket.on('close', (code) => codes.push(code)))
    const { failed } = await outcomeOf(server.client, { idleTimeout: 30, reconnect: false })
    expect(failed).toEqual([expect.objectContaining({ kind: 'timeout', message: 'no message within 30 ms' })])
    await until(() => codes.length === 1)
    expect(codes).toEqual([4000])
  })
  it('is kept by a heartbeat that the server answers', async () => {
    const server = await serveSockets(({ socket }) => {
      socket.on('message', () => socket.send('"pong"'))
      setTimeout(() => socket.close(1000), 150)
    })
    const { messages, failed } = await outcomeOf(server.client, {
      idleTimeout: 60,
      heartbeat: { interval: 15, message: { ping: true } },
    })
    expect(failed).toEqual([])
    expect(messages.length).toBeGreaterThan(3)
    expect(server.peers[0]?.received[0]).toBe('{"ping":true}')
  })
  it('a handshake that hangs is given up after connectTimeout', async () => {
    const server = await serveSockets(() => {}, { upgrade: () => 'hang' })
    const { failed } = await outcomeOf(server.client, { connectTimeout: 20, maxAttempts: 2 })
    expect(failed).toEqual([expect.objectContaining({ kind: 'timeout', message: 'no connection within 20 ms' })])
    expect(server.requests).toHaveLength(2)
  })
})
