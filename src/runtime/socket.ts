import type { Client } from './client.js'
import { keepConnected } from './socket-attempts.js'
import { farewell } from './socket-close.js'
import { newListeners } from './socket-listeners.js'
import type { DecodeMessage, EncodeMessage } from './socket-messages.js'
import type { SocketHandle, SocketOptions, SocketPlan, StreamIn, StreamInOut, StreamOut } from './socket-options.js'
import { newReader } from './socket-reader.js'
import { newReply } from './socket-reply.js'
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
  plan: SocketPlan & { readonly receive: DecodeMessage },
): StreamIn<Receive> {
  const session = open(client, options, plan)
  // Messages have the types that the document declares; what is inside treats all alike.
  return Object.assign(newHandle(session), newReader(session, plan.receive)) as StreamIn<Receive>
}

/** Opens a socket that the caller streams out over. It does not connect again once it has begun to send: the server would take the rest for the whole. */
export function openStreamOut<Send, Reply = void>(
  client: Client,
  options: SocketOptions<never, Send> | undefined,
  plan: SocketPlan & { readonly send: EncodeMessage },
): StreamOut<Send, Reply> {
  const session = open(client, options, plan)
  const send = newSender(session, plan.send)
  // See above.
  return Object.assign(newHandle(session), { send, reply: newReply(session, plan.reply) }) as StreamOut<Send, Reply>
}

/** Opens a socket that both sides stream over. */
export function openStreamInOut<Send, Receive>(
  client: Client,
  options: SocketOptions<Receive, Send> | undefined,
  plan: SocketPlan & { readonly send: EncodeMessage; readonly receive: DecodeMessage },
): StreamInOut<Send, Receive> {
  const session = open(client, options, plan)
  const send = newSender(session, plan.send)
  // See above.
  return Object.assign(newHandle(session), { send }, newReader(session, plan.receive)) as StreamInOut<Send, Receive>
}

function open<Receive, Send>(
  client: Client,
  options: SocketOptions<Receive, Send> | undefined,
  plan: SocketPlan,
): SocketSession {
  // See above.
  const session = newSocketSession(client, (options ?? {}) as SocketOptions<unknown, unknown>, plan)
  keepConnected(session)
  return session
}

function newHandle(session: SocketSession): SocketHandle {
  return {
    close: (code, reason) => {
      session.release(...farewell(code, reason))
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
}
