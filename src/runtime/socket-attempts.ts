import { StreamError } from './errors.js'
import { type ReconnectInfo, type Session, type StreamStatus, setStatus } from './exchange.js'
import { newReconnector } from './reconnect.js'
import { isBusy } from './socket-close.js'
import { type ConnectionOptions, runConnection } from './socket-connection.js'
import type { Lifecycle } from './socket-lifecycle.js'
import type { SocketOptions } from './socket-options.js'
import type { Outbox } from './socket-outbox.js'
import type { PlatformSocket } from './socket-platform.js'

/** What the attempts need of the socket. */
export interface AttemptsOptions extends Omit<ConnectionOptions, 'onOpen'> {
  readonly lifecycle: Lifecycle
  readonly outbox: Outbox
  readonly given: SocketOptions<unknown, unknown>
}

/** Connects, and connects again for as long as that is of use and safe. Ends the lifecycle; never rejects. */
export async function keepConnected(session: Session, options: AttemptsOptions): Promise<void> {
  const { plan, lifecycle, outbox, given } = options
  const { settings } = session
  const reconnector = newReconnector(session)
  const { reconnect = 'auto' } = settings
  const isLasting = plan.receive !== undefined

  let unconfirmed = 0
  settings.onStatusChange = (status: StreamStatus, info?: ReconnectInfo): void =>
    given.onStatusChange?.(status, info && { ...info, unconfirmed })
  const onOpen = (socket: PlatformSocket): void => {
    reconnector.openedAt = performance.now()
    if (!isLasting) reconnector.attempts = 0
    setStatus(session, 'open')
    given.onOpen?.(socket)
    outbox.attach(socket)
  }
  const onFrame: ConnectionOptions['onFrame'] = (frame) => {
    reconnector.attempts = 0
    options.onFrame(frame)
  }
  const attempt = async (): Promise<void> => {
    reconnector.attempts++
    try {
      await runConnection(session, { ...options, onOpen, onFrame })
      if (reconnect !== 'always') return lifecycle.finish({ isComplete: true, keepsUnread: true })
      throw new StreamError('ended by the server', { kind: 'network', retryable: true })
    } catch (error) {
      unconfirmed = outbox.detach()
      const isSafe = reconnect !== 'auto' || isLasting || !unconfirmed
      if (lifecycle.outcome() || !reconnect || !isSafe || !(error instanceof StreamError && error.retryable))
        throw error
      reconnector.retry = isBusy(error) ? (settings.minDelay ?? 1000) * 5 : undefined
      await reconnector.recover(error)
    }
  }

  // The caller gets its handle first.
  await undefined
  try {
    lifecycle.start()
    while (!lifecycle.outcome()) await attempt()
  } catch (error) {
    lifecycle.finish(error instanceof StreamError ? { error, keepsUnread: true } : { error })
  }
}
