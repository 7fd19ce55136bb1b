import type { Client } from './client.js'
import { StreamError } from './errors.js'
import { newSession } from './exchange.js'
import { type AttemptsOptions, keepConnected } from './socket-attempts.js'
import { clampClose } from './socket-close.js'
import { newInbox } from './socket-inbox.js'
import { newLifecycle } from './socket-lifecycle.js'
import { newListeners } from './socket-listeners.js'
import { encodeMessage, frameSize } from './socket-messages.js'
import type { Socket, SocketOptions, SocketPlan } from './socket-options.js'
import { newOutbox } from './socket-outbox.js'
import { newReader } from './socket-reader.js'

/**
 * Opens a socket (RFC 6455) when the current task ends. Never throws; errors come by the handle. After a loss, and after
 * a close code that passes, it connects again with a growing delay, unless it only sends and has begun to: the server
 * would take the rest for the whole.
 */
export function openSocket<Send, Receive, Reply = void>(
  client: Client,
  options: SocketOptions<Receive, Send> | undefined,
  plan: SocketPlan,
): Socket<Send, Receive, Reply> {
  const session = newSession(client, options)
  // Messages have the types that the document declares; what follows treats all alike.
  const given = (options ?? {}) as SocketOptions<unknown, unknown>
  const { onMessage, onInvalid, onError, onComplete, maxQueued, highWaterMark, whenFull } = given
  const farewell = { info: clampClose(undefined) }
  const listeners = newListeners()
  const inbox = newInbox(maxQueued)
  const outbox = newOutbox({ limit: maxQueued, highWaterMark, refuses: whenFull === 'fail' })
  let isWatched = false
  const lifecycle = newLifecycle(session, {
    onComplete,
    onError,
    isHeard: () => isWatched || (reader.isReading() && !onMessage),
    isRead: () => !onMessage && (!reader.isReading() || inbox.isEmpty()),
    onFinish: ({ error, keepsUnread }) => {
      outbox.fail(error)
      if (!keepsUnread) inbox.clear()
      inbox.end()
    },
  })
  const payload = plan.receive ?? plan.reply
  const reader = newReader({ inbox, lifecycle, payload, onInvalid, onError })
  const { maxItemLength = 16_777_216 } = session.settings
  const onFrame: AttemptsOptions['onFrame'] = (frame) => {
    if (!payload || (!reader.isReading() && listeners.has('message'))) return
    if (frameSize(frame) > maxItemLength) throw new StreamError('a message is too long', { kind: 'limit' })
    if (!inbox.push(frame)) throw new StreamError('too much waits to be read', { kind: 'limit' })
  }
  if (onMessage) reader.deliver(onMessage)
  keepConnected(session, { plan, given, lifecycle, outbox, farewell, onFrame, onEvent: listeners.emit })

  const handle: Socket<unknown, unknown, unknown> = {
    send: async (message) => outbox.send(encodeMessage(message, plan.send)),
    reply: () => (plan.reply ? reader.reply() : lifecycle.done),
    close: (code, reason) => {
      farewell.info = clampClose(code, reason)
      lifecycle.finish({})
    },
    get done() {
      isWatched = true
      return lifecycle.done
    },
    get status() {
      return session.status
    },
    socket: listeners,
    [Symbol.asyncIterator]: reader.iterate,
  }
  // See above.
  return handle as Socket<Send, Receive, Reply>
}
