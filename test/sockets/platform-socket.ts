import type { PlatformSocket, SocketEvent, SocketEventType } from '../../src/runtime/index.js'

/** A WebSocket of a platform, without a network: the test says what happens to it. */
export class ScriptedSocket implements PlatformSocket {
  binaryType = 'blob'
  bufferedAmount = 0
  protocol = ''
  readyState = 0
  readonly url: string
  readonly sent: unknown[] = []
  private readonly listeners: [SocketEventType, (event: SocketEvent) => void][] = []

  constructor(url: string) {
    this.url = url
  }

  addEventListener(type: SocketEventType, listener: (event: SocketEvent) => void): void {
    this.listeners.push([type, listener])
  }

  send(data: unknown): void {
    if (this.readyState === 1) this.sent.push(data)
  }

  close(): void {
    if (this.readyState < 2) this.readyState = 2
  }

  emit(type: SocketEventType, details: Omit<SocketEvent, 'type'> = {}): void {
    if (type === 'open') this.readyState = 1
    if (type === 'close') this.readyState = 3
    for (const [wanted, listener] of this.listeners) if (wanted === type) listener({ type, ...details })
  }
}
