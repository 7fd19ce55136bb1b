import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newClient } from '../../src/runtime/index.js'
import { sleep } from '../runtime/scripted-server.js'
import { openAny } from './open-any.js'
import { ScriptedSocket } from './platform-socket.js'

const ours = ['send', 'close', 'abort', 'break', 'throw'] as const
const theirs = ['open', 'message', 'message', 'message', 'message', 'drop', 'error', 'done', 'refuse'] as const
const steps = fc.array(fc.constantFrom(...ours, ...theirs, 'turn', 'turn', 'wait'), { maxLength: 25 })

/** What a run has to show. */
interface Trace {
  readonly read: number[]
  /** Messages of the server that came while it was listened to. */
  readonly came: number[]
  readonly sockets: ScriptedSocket[]
  readonly resolved: number[]
  readonly rejected: number[]
  readonly statuses: string[]
  /** How many messages were delivered after `close()` or an abort. */
  late: number
  /** Those that are left on the signal. */
  listeners: number
}

interface Run {
  readonly style: 'callbacks' | 'iteration' | 'nobody'
  readonly isSlow: boolean
  readonly steps: readonly string[]
}

/** Plays the steps to a socket, ends it, and waits until nothing of it is left. */
async function play({ style, isSlow, steps }: Run): Promise<Trace> {
  const trace: Trace = {
    read: [],
    came: [],
    sockets: [],
    resolved: [],
    rejected: [],
    statuses: [],
    late: 0,
    listeners: 0,
  }
  const controller = new AbortController()
  let isLeft = false
  let overdue = 0
  let leave: 'break' | 'throw' | undefined
  const WebSocket = class extends ScriptedSocket {
    constructor(url: string) {
      super(url)
      trace.sockets.push(this)
    }
  }
  const use = async (message: unknown): Promise<void> => {
    if (isLeft) trace.late++
    trace.read.push(Number(message))
    if (isSlow) await sleep(1)
  }
  const client = newClient({ baseUrl: 'http://host', WebSocket })
  const socket = openAny(client, {
    signal: controller.signal,
    maxAttempts: 3,
    onStatusChange: (status) => trace.statuses.push(status),
    ...(style === 'callbacks' ? { onMessage: use } : {}),
  })
  const reading = (async () => {
    if (style !== 'iteration') return
    for await (const message of socket) {
      // One may have been handed over just before.
      if (isLeft && overdue++) trace.late++
      trace.read.push(Number(message))
      if (isSlow) await sleep(1)
      if (leave === 'break') break
      if (leave === 'throw') throw new Error('mine')
    }
  })().catch(() => {})
  let count = 0
  const sends: Promise<unknown>[] = []
  const act: Readonly<Record<string, () => unknown>> = {
    send: () => {
      const message = ++count
      sends.push(
        socket.send(message).then(
          () => trace.resolved.push(message),
          () => trace.rejected.push(message),
        ),
      )
    },
    close: () => {
      isLeft = true
      socket.close()
    },
    abort: () => {
      isLeft = true
      controller.abort('mine')
    },
    break: () => {
      leave = 'break'
    },
    throw: () => {
      leave = 'throw'
    },
    open: () => current()?.readyState === 0 && current()?.emit('open'),
    message: () => {
      const peer = current()
      if (peer?.readyState !== 1) return
      trace.came.push(++count)
      peer.emit('message', { data: `${count}` })
    },
    error: () => current()?.emit('error', { message: 'theirs' }),
    drop: () => current()?.emit('close', { code: 1006 }),
    refuse: () => current()?.emit('close', { code: 4000 }),
    done: () => current()?.emit('close', { code: 1000 }),
    turn: () => undefined,
    wait: () => sleep(6),
  }
  const current = (): ScriptedSocket | undefined => trace.sockets.filter(({ readyState }) => readyState < 3).at(-1)
  for (const step of steps) {
    // What is not waited for happens in one go.
    const waiting = act[step]?.()
    if (step === 'turn' || waiting instanceof Promise) await waiting
  }
  await sleep(5)
  socket.close()
  await socket.done.catch(() => {})
  await Promise.all([reading, ...sends])
  trace.listeners = getEventListeners(controller.signal, 'abort').length
  return trace
}

/** Timers that keep the process running. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
}

describe('whatever happens to a socket, in whatever order', () => {
  const runs = fc.record({
    style: fc.constantFrom('callbacks' as const, 'iteration' as const, 'nobody' as const),
    isSlow: fc.boolean(),
    // Most sockets open before anything else happens.
    steps: fc.tuple(fc.constantFrom([], ['wait', 'open'], ['wait', 'open']), steps).map((parts) => parts.flat()),
  })
  it('nothing is left open, lost, repeated or unhandled', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown): unknown => unhandled.push(reason)
    process.on('unhandledRejection', note)
    const before = timers()
    await fc.assert(
      fc.asyncProperty(runs, async (run) => {
        const trace = await play(run)
        // Each socket was closed, by one side or the other; each send was settled.
        expect(trace.sockets.filter(({ readyState }) => readyState < 2)).toEqual([])
        expect([trace.late, trace.listeners]).toEqual([0, 0])
        // What was read is the beginning of what came, once each and in order.
        expect(trace.read).toEqual(trace.came.slice(0, trace.read.length))
        const isLeft = run.steps.some((step) => ['close', 'abort', 'break', 'throw'].includes(step))
        if (!isLeft && !run.isSlow && run.style !== 'nobody') expect(trace.read).toEqual(trace.came)
        // What send() resolved for went out, once each and in order, and nothing else.
        const sent = trace.sockets.flatMap(({ sent }) => sent.map(Number))
        expect(sent).toEqual(trace.resolved)
        expect(sent).toEqual(sent.toSorted((a, b) => a - b))
        expect(trace.statuses.filter((status) => status === 'closed')).toHaveLength(1)
        expect(timers()).toBeLessThanOrEqual(before)
      }),
      { numRuns: 600 },
    )
    await sleep(10)
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })
})
