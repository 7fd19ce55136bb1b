/** What is used of a platform's WebSocket, in types of our own: not every consumer's library has the class. */

/** An event of a WebSocket; which fields it has depends on its type. */
export interface SocketEvent {
  readonly type: string
  readonly data?: unknown
  readonly code?: number
  readonly reason?: string
  readonly message?: string
}

/** The names of its events. */
export type SocketEventType = 'open' | 'message' | 'error' | 'close'

/** A WebSocket (WHATWG WebSockets section 3) as far as it is used. */
export interface PlatformSocket {
  binaryType: string
  readonly bufferedAmount: number
  readonly protocol: string
  readonly readyState: number
  readonly url: string
  addEventListener(type: SocketEventType, listener: (event: SocketEvent) => void): void
  close(code: number, reason: string): void
  send(data: string | ArrayBuffer | ArrayBufferView | Blob): void
}

/** Makes one. The class of browsers fits, and so does that of the package `ws`, which alone takes headers. */
export type SocketConstructor = new (
  url: string,
  protocols: string[],
  options?: { headers: Record<string, string> },
) => PlatformSocket
