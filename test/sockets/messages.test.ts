import { describe, expect, it, vi } from 'vitest'
import { newClient } from '../../src/runtime/index.js'
import { until } from '../runtime/scripted-server.js'
import { openAny, outcomeOf } from './open-any.js'
import { type SocketServer, serveSockets } from './scripted-socket-server.js'

/** Sends frames and closes. */
function serveFrames(frames: readonly (string | Uint8Array)[]): Promise<SocketServer> {
  return serveSockets(({ socket }) => {
    for (const frame of frames) socket.send(frame)
    socket.close(1000)
  })
}

const parseError = (position: number): unknown => expect.objectContaining({ kind: 'parse', position })

describe('row 59: a message that is not what the document says', () => {
  const frames = ['1', '{"a":', new Uint8Array([1, 2]), '2']
  it('is reported, and the connection stays: callbacks', async () => {
    const server = await serveFrames(frames)
    const { messages, reported, failed, completed } = await outcomeOf(server.client)
    expect({ messages, reported, failed, completed }).toEqual({
      messages: [1, 2],
      reported: [parseError(2), parseError(3)],
      failed: [],
      completed: 1,
    })
    expect(reported.map((error) => `${error}`)).toEqual([
      'StreamError: message 2 cannot be decoded',
      'StreamError: message 3 cannot be decoded',
    ])
  })
  it('is thrown once, and iteration may go on', async () => {
    const server = await serveFrames(frames)
    const socket = openAny(server.client)
    const log: unknown[] = []
    for (let rounds = 0; rounds < 3; rounds++) {
      try {
        for await (const message of socket) log.push(message)
      } catch (error) {
        log.push(error)
      }
    }
    expect(log).toEqual([1, parseError(2), parseError(3), 2])
    await socket.done
  })
  it('is left out where the user prefers that', async () => {
    const server = await serveFrames(frames)
    const log: unknown[] = []
    for await (const message of openAny(server.client, { onInvalid: 'skip' })) log.push(message)
    expect(log).toEqual([1, 2])
  })
  it('shows its text in no message and in no log', async () => {
    const server = await serveFrames(['{"secret'])
    const { reported } = await outcomeOf(server.client)
    expect(JSON.stringify(reported)).not.toContain('secret')
    expect(reported).toEqual([expect.objectContaining({ excerpt: '{"secret' })])
  })
  it('of a text or a binary stream is a frame of the other kind', async () => {
    for (const [receive, wanted] of [
      ['text', 'a'],
      ['binary', new Uint8Array([1])],
    ] as const) {
      const server = await serveFrames(['a', new Uint8Array([1])])
      const messages: unknown[] = []
      const socket = openAny(server.client, { onMessage: (message) => messages.push(message) }, { receive })
      await socket.done
      expect(messages).toEqual([wanted])
    }
  })
})

describe('messages', () => {
  it('with __proto__ change no prototype', async () => {
    const server = await serveFrames(['{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'])
    const { messages } = await outcomeOf(server.client)
    expect(Object.keys(Object(messages[0]))).toEqual(['__proto__', 'constructor'])
    expect('polluted' in {}).toBe(false)
  })
  it('of text and of bytes go as they are', async () => {
    const frames: [boolean, string][] = []
    const server = await serveSockets(({ socket }) => {
      socket.on('message', (data, isBinary) => frames.push([isBinary, `${data}`]))
    })
    const text = openAny(server.client, {}, { send: 'text' })
    await text.send('"as it is" ß')
    const bytes = openAny(server.client, {}, { send: 'binary' })
    await bytes.send(new TextEncoder().encode('ab'))
    await bytes.send(new Uint8Array([99]).buffer)
    await until(() => frames.length === 3)
    expect(frames).toEqual([
      [false, '"as it is" ß'],
      [true, 'ab'],
      [true, 'c'],
    ])
    text.close()
    bytes.close()
  })
  it('are in order and whole under a flood that is read', async () => {
    const server = await serveSockets(({ socket }) => {
      for (let count = 0; count < 20_000; count++) socket.send(`{"count":${count}}`)
      socket.close(1000)
    })
    let expected = 0
    for await (const message of openAny(server.client)) expect(message).toEqual({ count: expected++ })
    expect(expected).toBe(20_000)
  })
})

describe('reading', () => {
  it('twice is an error that says so', async () => {
    const server = await serveFrames([])
    const socket = openAny(server.client, { onMessage: () => {} })
    expect(() => socket[Symbol.asyncIterator]()).toThrow(
      expect.objectContaining({ kind: 'closed', message: 'already read' }),
    )
    await socket.done
  })
  it('stops with break, which closes the connection', async () => {
    const server = await serveSockets(({ socket }) => socket.send('1'))
    const socket = openAny(server.client)
    for await (const _ of socket) break
    await socket.done
    await until(() => server.peers[0]?.socket.readyState === 3)
  })
  it('ends with the exception of a callback, which nobody misses', async () => {
    const server = await serveSockets(({ socket }) => socket.send('1'))
    const mistake = new Error('mine')
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    const socket = openAny(server.client, {
      onMessage: () => {
        throw mistake
      },
    })
    await until(() => socket.status === 'closed')
    expect(shown.mock.calls).toEqual([[mistake]])
    shown.mockRestore()
    await expect(socket.done).rejects.toBe(mistake)
  })
  it('by calls of next() that do not wait for each other', async () => {
    const server = await serveFrames(['1', '2'])
    const iterator = openAny(server.client)[Symbol.asyncIterator]()
    const results = await Promise.all([iterator.next(), iterator.next(), iterator.next()])
    expect(results.map(({ value }) => value)).toEqual([1, 2, undefined])
  })
})

describe('listeners', () => {
  it('hear what the WebSocket says, until they are taken off; one that throws harms none', async () => {
    const server = await serveSockets(({ socket }) => {
      socket.on('message', (data) => socket.send(data, { binary: false }))
      socket.send('1')
    })
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    const socket = openAny(server.client)
    const log: unknown[] = []
    const note = ({ data }: { data: unknown }): unknown => log.push(data)
    socket.socket.on('open', ({ type }) => log.push(type))
    socket.socket.on('message', () => {
      throw new Error('mine')
    })
    socket.socket.on('message', note)
    socket.socket.on('close', ({ code, type }) => log.push(`${type} ${code}`))
    await until(() => log.length === 2)
    socket.socket.off('message', note)
    await socket.send('unheard')
    await until(() => shown.mock.calls.length === 2)
    server.peers[0]?.socket.close(4000)
    await expect(socket.done).rejects.toMatchObject({ kind: 'remote' })
    expect(log).toEqual(['open', '1', 'close 4000'])
    shown.mockRestore()
  })
})

describe('the platform', () => {
  it('without a WebSocket is told from a server that is not there', async () => {
    const { failed } = await outcomeOf(newClient({ baseUrl: 'http://127.0.0.1:1' }))
    const message = expect.stringMatching(/no WebSocket.*ws/)
    // Node has one from version 22 on.
    if (!('WebSocket' in globalThis)) expect(failed).toEqual([expect.objectContaining({ kind: 'network', message })])
  })
  it('needs an absolute base URL outside of a browser', async () => {
    const { client } = await serveFrames([])
    const { failed } = await outcomeOf(newClient({ ...client.options, baseUrl: '/api' }))
    expect(failed).toEqual([expect.objectContaining({ message: expect.stringContaining('baseUrl') })])
  })
  it('that takes no headers refuses a credential in place of losing it', async () => {
    const { client } = await serveFrames([])
    vi.stubGlobal('WebSocket', client.options.WebSocket)
    const { failed } = await outcomeOf(
      newClient({ baseUrl: client.options.baseUrl, headers: { authorization: 'secret' } }),
    )
    vi.unstubAllGlobals()
    expect(failed).toEqual([expect.objectContaining({ message: expect.stringContaining('header authorization') })])
    expect(`${failed[0]}`).not.toContain('secret')
  })
  it('sends headers and cookies where it can, and http becomes ws', async () => {
    const server = await serveFrames([])
    let url = ''
    const socket = openAny(
      server.client,
      {
        headers: { 'X-Trace': '7' },
        onOpen: (info) => {
          url = info.url
        },
      },
      {
        receive: 'json',
        request: () => ({
          method: 'GET',
          path: '/a%20b/c?d=e',
          headers: [
            ['x-own', 'f'],
            ['cookie', 'g=h'],
          ],
        }),
      },
    )
    await socket.done
    const [request] = server.requests
    expect(url).toBe(`${server.url.replace('http', 'ws')}/a%20b/c?d=e`)
    expect(request?.headers).toMatchObject({ 'x-trace': '7', 'x-own': 'f', cookie: 'g=h' })
  })
})
