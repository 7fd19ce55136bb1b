import type { Client } from './client.js'
import { StreamError } from './errors.js'
import { keepConnected } from './socket-attempts.js'
import { farewell } from './socket-close.js'
import { newHeartbeat } from './socket-heartbeat.js'
import { newListeners } from './socket-listeners.js'
import type { SocketHandle, SocketOptions, SocketPlan, StreamIn, StreamInOut, StreamOut } from './socket-options.js'
import { newReader } from './socket-reader.js'
import { newSender } from './socket-sender.js'
import { newSocketSession, type SocketSession } from './socket-session.js'

/**
 * Opens a socket (RFC 6455) that the server streams in over. Like its like below it connects when the current task ends
 * and never throws; errors come by the handle. After a loss, and after a close code that passes, it connects again with a
 * growing delay.
 */
export function openStreamIn<Receive>(
  client: Client,
  options: SocketOptions<Receive> | undefined,
  plan: SocketPlan,
): StreamIn<Receive> {
  const { session, handle } = open(client, options, plan)
  // Messages have the types that the document declares; what is inside treats all alike.
  return Object.assign(handle, reading(session)) as StreamIn<Receive>
}

/** Opens a socket that the caller streams out over. It does not connect again once it has begun to send: the server would take the rest for the whole. */
export function openStreamOut<Send, Reply = void>(
  client: Client,
  options: SocketOptions<never, Send> | undefined,
  plan: SocketPlan,
): StreamOut<Send, Reply> {
  const { session, handle } = open(client, options, plan)
  // See above.
  return Object.assign(handle, { send: newSender(session), reply: replying(session) }) as StreamOut<Send, Reply>
}

/** Opens a socket that both sides stream over. */
export function openStreamInOut<Send, Receive>(
  client: Client,
  options: SocketOptions<Receive, Send> | undefined,
  plan: SocketPlan,
): StreamInOut<Send, Receive> {
  const { session, handle } = open(client, options, plan)
  // See above.
  return Object.assign(handle, { send: newSender(session) }, reading(session)) as StreamInOut<Send, Receive>
}

interface Opened {
  readonly session: SocketSession
  readonly handle: SocketHandle
}

function open<Receive, Send>(
  client: Client,
  options: SocketOptions<Receive, Send> | undefined,
  plan: SocketPlan,
): Opened {
  // See above.
  const session = newSocketSession(client, (options ?? {}) as SocketOptions<unknown, unknown>, plan)
  newHeartbeat(session)
  keepConnected(session)
  const handle: SocketHandle = {
    close: (code, reason) => {
      session.farewell = farewell(code, reason)
      session.finish({ isLocal: true })
    },
    get done() {
      session.isHeard = true
      return session.done
    },
    get status() {
      return session.status
    },
    socket: newListeners(session),
  }
  return { session, handle }
}

/** Iteration; callbacks start it at once. */
function reading(session: SocketSession): AsyncIterable<unknown> {
  const { onMessage } = session.options
  const read = newReader(session, session.plan.receive)
  if (onMessage) deliver(session, read())
  return {
    [Symbol.asyncIterator]() {
      const messages = read()
      const leave = messages.return
      session.isHeard = true
      messages.return = (value) => {
        session.finish({ isLocal: true })
        return leave.call(messages, value)
      }
      return messages
    },
  }
}

async function deliver(session: SocketSession, messages: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const message of messages) {
      if (session.outcome?.isLocal) break
      await session.options.onMessage?.(message)
    }
  } catch (error) {
    session.finish({ isLocal: true, error })
  }
}

/** The one answer; where none is declared it is the end. */
function replying(session: SocketSession): () => Promise<unknown> {
  const { plan } = session
  if (!plan.reply) return () => session.done
  const read = newReader(session, plan.reply)
  let reply: Promise<unknown> | undefined
  const first = async (): Promise<unknown> => {
    const { done, value } = await read().next()
    session.isRead = false
    if (done) throw new StreamError('closed without a reply', { kind: 'closed' })
    return value
  }
  return () => {
    reply ??= first()
    return reply
  }
}
