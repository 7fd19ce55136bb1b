import { StreamError } from './errors.js'
import { newReconnector } from './reconnect.js'
import { type ReconnectInfo, type StreamStatus, setStatus } from './session.js'
import type { CloseInfo } from './socket-close.js'
import { runConnection } from './socket-connection.js'
import type { SocketSession } from './socket-session.js'

/** Connects, and connects again for as long as that is of use and safe. Ends the session; never rejects. */
export async function keepConnected(session: SocketSession): Promise<void> {
  const { plan, options, settings } = session
  const { reconnect = 'auto', minDelay = 1000 } = settings
  const isLasting = plan.receive !== undefined
  const reconnector = newReconnector(session)
  let unconfirmed = 0
  settings.onStatusChange = (status: StreamStatus, info?: ReconnectInfo): void =>
    options.onStatusChange?.(status, info && { ...info, unconfirmed })

  const attempt = async (): Promise<void> => {
    reconnector.attempts++
    session.sent = 0
    await runConnection(session, (socket) => {
      reconnector.openedAt = performance.now()
      if (!isLasting) reconnector.attempts = 0
      setStatus(session, 'open')
      options.onOpen?.(socket)
    })
    if (reconnect !== 'always') return session.finish({ isComplete: true })
    throw new StreamError('ended by the server', { kind: 'network', retryable: true })
  }
  const recover = async (error: unknown): Promise<void> => {
    unconfirmed = session.sent
    const isSafe = reconnect !== 'auto' || isLasting || !unconfirmed
    if (!reconnect || !isSafe || !(error instanceof StreamError && error.retryable)) throw error
    // A `StreamError` carries any body. 1013 says that the server has too much to do.
    const { code } = (error.body ?? {}) as Partial<CloseInfo>
    reconnector.retry = code === 1013 ? minDelay * 5 : undefined
    await reconnector.recover(error)
  }

  // The caller gets its handle first.
  await undefined
  try {
    session.start()
    while (!session.outcome) await attempt().catch(recover)
  } catch (error) {
    session.finish({ isLocal: !(error instanceof StreamError), error })
  }
}
