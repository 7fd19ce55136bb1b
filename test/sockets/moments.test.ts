/** What users do in their callbacks and at awkward moments. */
import { describe, expect, it, vi } from 'vitest'
import WebSocket from 'ws'
import { newClient } from '../../src/runtime/index.js'
import { sleep, until } from '../runtime/scripted-server.js'
import { openAny, outcomeOf } from './open-any.js'
import { ScriptedSocket } from './platform-socket.js'
import { serveSockets } from './scripted-socket-server.js'

/** Timers that keep the process running. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
}

describe('close() in a listener', () => {
  it('to messages: the message is not delivered, and no timer is left', async () => {
    const server = await serveSockets(({ socket }) => socket.send('1'))
    const before = timers()
    const socket = openAny(server.client, { idleTimeout: 60_000 })
    socket.socket.on('message', () => socket.close())
    const read: unknown[] = []
    for await (const message of socket) read.push(message)
    await until(() => server.peers[0]?.socket.readyState === 3)
    expect({ read, left: Math.max(timers() - before, 0) }).toEqual({ read: [], left: 0 })
  })
  it('to the status: onOpen is not called, and no timer is left', async () => {
    const server = await serveSockets(() => {})
    const before = timers()
    const calls: string[] = []
    const socket = openAny(server.client, {
      idleTimeout: 60_000,
      onStatusChange: (status) => {
        calls.push(status)
        if (status === 'open') socket.close()
      },
      onOpen: () => calls.push('onOpen'),
    })
    await socket.done
    await until(() => server.peers[0]?.socket.readyState === 3)
    expect({ calls, left: Math.max(timers() - before, 0) }).toEqual({
      calls: ['connecting', 'open', 'closed'],
      left: 0,
    })
  })
})

describe('a credential', () => {
  /** A client whose credential is what `look` gives at each attempt. */
  const withCredential = (url: string, look: (attempt: number) => unknown) => {
    let attempts = 0
    const plan = {
      send: 'json',
      receive: 'json',
      request: () => ({
        method: 'GET',
        path: '/socket',
        security: async () => {
          await look(++attempts)
        },
      }),
    } as const
    return { client: newClient({ baseUrl: url, WebSocket }), plan }
  }
  it('that cannot be had ends the socket with what its function threw', async () => {
    const { url, requests } = await serveSockets(() => {})
    const mistake = new Error('logged out')
    const { client, plan } = withCredential(url, () => Promise.reject(mistake))
    await expect(openAny(client, {}, plan).done).rejects.toBe(mistake)
    expect(requests).toHaveLength(0)
  })
  it('whose function rejects with nothing is no end by the server', async () => {
    const { url } = await serveSockets(() => {})
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
    let completed = 0
    const { client, plan } = withCredential(url, () => Promise.reject())
    const socket = openAny(client, { onComplete: () => completed++ }, plan)
    await expect(socket.done).rejects.toBe(undefined)
    expect(completed).toBe(0)
    shown.mockRestore()
  })
  it('that hangs is given up after connectTimeout, and its late failure harms no later connection', async () => {
    const server = await serveSockets(({ socket }) => socket.on('message', (data) => socket.send(`${data}`)))
    const { client, plan } = withCredential(server.url, async (attempt) => {
      if (attempt > 1) return
      await sleep(60)
      throw new Error('too late')
    })
    const socket = openAny(client, { connectTimeout: 20 }, plan)
    await until(() => socket.status === 'open')
    await sleep(80)
    await socket.send('still here')
    for await (const message of socket) {
      expect(message).toBe('still here')
      break
    }
    expect(server.requests).toHaveLength(1)
  })
  it('that hangs is not waited for by close() and abort', async () => {
    const { url, requests } = await serveSockets(() => {})
    const { client, plan } = withCredential(url, () => new Promise(() => {}))
    const first = openAny(client, {}, plan)
    const controller = new AbortController()
    const second = openAny(client, { signal: controller.signal }, plan)
    await sleep(10)
    first.close()
    controller.abort('mine')
    await first.done
    await expect(second.done).rejects.toBe('mine')
    expect(requests).toHaveLength(0)
  })
})

describe('time', () => {
  it('without end, and more than timers take, is no limit at all', async () => {
    const server = await serveSockets(({ socket }) => {
      socket.send('1')
      setTimeout(() => socket.close(1000), 50)
    })
    for (const forever of [Infinity, 2 ** 40]) {
      const { failed, statuses } = await outcomeOf(server.client, {
        connectTimeout: forever,
        idleTimeout: forever,
        heartbeat: { interval: forever, message: 'x' },
      })
      expect({ failed, statuses }).toEqual({ failed: [], statuses: ['connecting', 'open', 'closed'] })
    }
    expect(server.peers.flatMap(({ received }) => received)).toEqual([])
  })
})

describe('maxAttempts', () => {
  it('counts attempts in a row that bring no message', async () => {
    const server = await serveSockets(({ socket }, attempt) => {
      if (attempt < 6) socket.send(`${attempt}`)
      socket.close(1012)
    })
    const attempts: (number | undefined)[] = []
    const { messages, failed } = await outcomeOf(server.client, {
      maxAttempts: 3,
      // A connection that holds for twice as long counts anew.
      maxDelay: 10_000,
      onStatusChange: (_, info) => info && attempts.push(info.attempt),
    })
    expect(messages).toEqual([1, 2, 3, 4, 5])
    expect(failed).toEqual([expect.objectContaining({ kind: 'remote', body: { code: 1012, reason: '' } })])
    expect({ attempts, connections: server.requests.length }).toEqual({
      attempts: [0, 0, 0, 0, 0, 1, 2],
      connections: 8,
    })
  })
})

describe('a message that the platform refuses', () => {
  it('rejects, and the next ones go', async () => {
    const server = await serveSockets(() => {})
    const socket = openAny(server.client, {}, { send: 'binary' })
    const bytes = new Uint8Array([97])
    const results = await Promise.allSettled([socket.send(bytes), socket.send({ a: 1 }), socket.send(bytes)])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    await until(() => server.peers[0]?.received.length === 2)
    socket.close()
  })
  it('rejects what the connection throws to its sender alone', async () => {
    const made: ScriptedSocket[] = []
    class Platform extends ScriptedSocket {
      constructor(url: string) {
        super(url)
        made.push(this)
        setTimeout(() => this.emit('open'))
      }
      override send(data: unknown): void {
        if (data === '"bad"') throw new TypeError('theirs')
        super.send(data)
      }
    }
    const socket = openAny(newClient({ baseUrl: 'http://host', WebSocket: Platform }))
    const results = await Promise.allSettled(['a', 'bad', 'b'].map((message) => socket.send(message)))
    expect(results).toEqual([
      { status: 'fulfilled', value: undefined },
      { status: 'rejected', reason: expect.objectContaining({ message: 'theirs' }) },
      { status: 'fulfilled', value: undefined },
    ])
    expect(made[0]?.sent).toEqual(['"a"', '"b"'])
    socket.close()
  })
})

describe('reply()', () => {
  it('has the answer that came before it was asked for, also where somebody listens to messages', async () => {
    const server = await serveSockets(({ socket }) => socket.send('{"count":1}'))
    const upload = openAny(server.client, {}, { send: 'json', reply: 'json' })
    const heard: unknown[] = []
    upload.socket.on('message', ({ data }) => heard.push(data))
    await until(() => heard.length === 1)
    await sleep(10)
    expect(await upload.reply()).toEqual({ count: 1 })
    expect(await upload.reply()).toEqual({ count: 1 })
    upload.close()
  })
  it('keeps one answer of a server that floods', async () => {
    const server = await serveSockets(({ socket }) => {
      for (let count = 0; count < 2000; count++) socket.send(JSON.stringify([count, 'x'.repeat(5000)]))
      socket.close()
    })
    const upload = openAny(server.client, {}, { send: 'json', reply: 'json' })
    await upload.done
    expect(await upload.reply()).toEqual([0, 'x'.repeat(5000)])
  })
  it('that cannot be decoded is reported and rejects, and the connection stays', async () => {
    const server = await serveSockets(({ socket }) => socket.send('{'))
    const reported: unknown[] = []
    const upload = openAny(server.client, { onError: (error) => reported.push(error) }, { send: 'json', reply: 'json' })
    await expect(upload.reply()).rejects.toMatchObject({ kind: 'parse', position: 1, excerpt: '{' })
    expect(reported).toEqual([expect.objectContaining({ kind: 'parse' })])
    await upload.send('more')
    expect(upload.status).toBe('open')
    upload.close()
  })
  it.each([
    [4401, { kind: 'remote', body: { code: 4401, reason: 'because' } }],
    [1000, { kind: 'closed', message: 'closed without a reply' }],
  ])('rejects where the server closes first with %i', async (code, error) => {
    const server = await serveSockets(({ socket }) => socket.close(code, 'because'))
    const upload = openAny(server.client, {}, { send: 'json', reply: 'json' })
    await expect(upload.reply()).rejects.toMatchObject(error)
  })
  it('rejects after close() and with the reason of an abort', async () => {
    const server = await serveSockets(() => {})
    const controller = new AbortController()
    const closed = openAny(server.client, {}, { send: 'json', reply: 'json' })
    const aborted = openAny(server.client, { signal: controller.signal }, { send: 'json', reply: 'json' })
    await until(() => server.peers.length === 2)
    closed.close()
    controller.abort('mine')
    await expect(closed.reply()).rejects.toMatchObject({ kind: 'closed' })
    await expect(aborted.reply()).rejects.toBe('mine')
  })
})

describe('headers', () => {
  it('that are empty are sent, over those that are not', async () => {
    const server = await serveSockets(({ socket }) => socket.close())
    const request = () => ({
      method: 'GET',
      path: '/socket',
      headers: [
        ['x-a', '1'],
        ['x-b', ''],
      ] as const,
    })
    await openAny(server.client, { headers: { 'X-A': '' } }, { receive: 'json', request }).done
    expect(server.requests[0]?.headers).toMatchObject({ 'x-a': '', 'x-b': '' })
  })
  it('are refused by the WebSocket of the platform, also where it was passed', async () => {
    const { client } = await serveSockets(({ socket }) => socket.close())
    vi.stubGlobal('WebSocket', client.options.WebSocket)
    const { failed } = await outcomeOf(newClient({ ...client.options, headers: { authorization: 'secret' } }))
    vi.unstubAllGlobals()
    expect(failed).toEqual([expect.objectContaining({ message: expect.stringContaining('header authorization') })])
  })
})
