import type { CallDefaults, ClientOptions, ReconnectOption, RequestOptions } from './client.js'
import type { RequestPlan } from './request.js'
import type { ReconnectInfo, StreamStatus } from './session.js'
import type { SocketFailure } from './socket-close.js'
import type { DecodeMessage, EncodeMessage } from './socket-messages.js'
import type { HandshakeFormat, SocketEvent, SocketEventType } from './socket-platform.js'

/** A connection that has opened. */
export interface SocketOpenInfo {
  readonly url: string
  /** The subprotocol that the server chose, or `''`. */
  readonly protocol: string
}

/** What comes with the status `reconnecting`. */
export interface SocketReconnectInfo extends ReconnectInfo {
  /**
   * How many messages were sent over the connection that was lost. A WebSocket confirms none, so whether the last of
   * them arrived is unknown; none is sent again. What was not sent yet waits for the next connection.
   */
  readonly unconfirmed: number
}

/** A message that is sent at intervals, so that a server that is gone is noticed. */
export interface Heartbeat<Send> {
  /** Milliseconds. */
  readonly interval: number
  /** A text goes as it is. */
  readonly message: Send | string
}

/** The options of a socket, which connects at once. Times are in milliseconds; all callbacks but `onMessage` only observe. */
export interface SocketOptions<Receive, Send = never>
  extends Pick<
      CallDefaults,
      'baseUrl' | 'headers' | 'connectTimeout' | 'idleTimeout' | 'maxItemLength' | ReconnectOption
    >,
    Pick<ClientOptions, 'WebSocket'>,
    Pick<RequestOptions, 'client' | 'signal'> {
  /** Called for each message; a promise is awaited before the next one. */
  onMessage?: ((message: Receive) => unknown) | undefined
  /** What iteration does with a message that is not what the document says: reject once (default), or go on. */
  onInvalid?: 'throw' | 'skip' | undefined
  /** Called at each connection that opens. */
  onOpen?: ((info: SocketOpenInfo) => void) | undefined
  onStatusChange?: ((status: StreamStatus, reconnect?: SocketReconnectInfo) => void) | undefined
  /** Called with what ended the socket, and for each message of kind `parse`, which does not end it. */
  onError?: ((error: SocketFailure) => void) | undefined
  /** Called once, when the server ended the socket: code 1000, or no code. */
  onComplete?: (() => void) | undefined
  /** Close codes that reconnect besides 1001, 1006 and 1011 to 1014, such as private ones from 4000 on. */
  reconnectCodes?: readonly number[] | undefined
  heartbeat?: Heartbeat<Send> | undefined
  /** How much may wait to be read, and how much to be sent, in UTF-16 code units or bytes; 4,194,304 unless set. A message counts 256 besides its length; one alone may be larger. */
  maxQueued?: number | undefined
  /** Bytes in the buffer of the connection above which `send` waits; 262,144 unless set. */
  highWaterMark?: number | undefined
  /** What `send` does above `highWaterMark`: wait (default), or reject with kind `limit`. */
  whenFull?: 'wait' | 'fail' | undefined
}

/** What generated code says about a socket. */
export interface SocketPlan {
  readonly request: () => RequestPlan
  /** How headers travel; without it as headers, which browsers cannot send. */
  readonly handshake?: HandshakeFormat
  readonly send?: EncodeMessage
  readonly receive?: DecodeMessage
  /** The one message with which the server answers what it was sent. */
  readonly reply?: DecodeMessage
}

/** The events of a socket, as its WebSocket has them. */
export interface SocketEvents {
  readonly open: SocketEvent
  readonly message: SocketEvent & { readonly data: string | ArrayBuffer }
  readonly error: SocketEvent
  readonly close: SocketEvent & { readonly code: number; readonly reason: string }
}

/** Listens to the events of the connections of a socket. Whoever listens to `message` may leave the messages unread. */
export interface SocketListeners {
  on<Type extends SocketEventType>(type: Type, handler: (event: SocketEvents[Type]) => void): void
  off<Type extends SocketEventType>(type: Type, handler: (event: SocketEvents[Type]) => void): void
}

/** What every socket has. It connects when the current task ends. */
export interface SocketHandle {
  /**
   * Closes the connection once what `send` resolved for has gone out; nothing is delivered afterwards. May be called at
   * any time and any number of times. The code is 1000 or 3000 to 4999, else 1000; the reason is cut at 123 bytes.
   */
  close(code?: number, reason?: string): void
  /**
   * Resolves when the server ended the socket or after `close()`, rejects when it failed or its signal was aborted;
   * never an unhandled rejection.
   */
  readonly done: Promise<void>
  readonly status: StreamStatus
  readonly socket: SocketListeners
}

/** A socket that sends. */
export interface SocketSender<Send> {
  /**
   * Resolves when the message is handed to the connection: it waits for one that is open, and for room in its buffer.
   * Messages go in order. Rejects with a `StreamError` of kind `closed` when the socket is closed, `limit` when too much
   * waits, else with what ended the socket.
   */
  send(message: Send): Promise<void>
}

/** The server streams in to the caller: named from the caller's side. */
export interface StreamIn<Receive> extends SocketHandle, AsyncIterable<Receive> {
  [Symbol.asyncIterator](): AsyncIterableIterator<Receive>
}

/** The caller streams out to the server. */
export interface StreamOut<Send, Reply = void> extends SocketHandle, SocketSender<Send> {
  /**
   * The server's one answer. Rejects where the socket ends without it, with kind `closed` if nothing else went wrong.
   * Where none is declared it is `done`.
   */
  reply(): Promise<Reply>
}

/** Both sides stream. */
export interface StreamInOut<Send, Receive> extends StreamIn<Receive>, SocketSender<Send> {}
