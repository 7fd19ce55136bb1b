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
export const eventTypes = ['open', 'message', 'error', 'close'] as const

/** The name of one of its events. */
export type SocketEventType = (typeof eventTypes)[number]

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
  /** The package `ws` can hold the other side back. */
  readonly isPaused?: boolean
  pause?(): void
  resume?(): void
}

/** Makes one. The class of browsers fits, and so does that of the package `ws`, which alone takes headers. */
export type SocketConstructor = new (
  url: string,
  protocols: string[],
  options?: { headers: Record<string, string> },
) => PlatformSocket

/** What a handshake carries besides its URL. */
export interface Handshake {
  readonly protocols: string[]
  /** Sent as they are, which the package `ws` can and browsers cannot. */
  readonly headers: Record<string, string>
}

/** Finds a place for headers, whose names are in lower case. */
export type HandshakeFormat = (headers: Record<string, string>) => Handshake
