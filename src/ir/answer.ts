/** What one function of the output yields. */
import type { Type } from './type.js'

export interface SseEvent {
  /** The name of the event; `null` where the document declares no names. */
  readonly name: string | null
  readonly payload: 'json' | 'text' | 'none'
  readonly type: Type
  /** The stream ends once this event has been delivered. */
  readonly terminal: boolean
}

export type Answer =
  | {
      readonly kind: 'sse'
      readonly events: readonly SseEvent[]
      /** `data` that ends the stream and is not delivered. */
      readonly sentinel?: string
      /** An event of this name is an error that the server sends inside the stream. */
      readonly remoteErrorEvent?: string
    }
  | {
      readonly kind: 'ndjson' | 'json-seq'
      readonly item: Type
      /** grpc-gateway: the item stands under this key, an error under `error`. */
      readonly unwrap?: 'result'
      /** A record with this field is an error that the server sends inside the stream. */
      readonly remoteErrorField?: string
    }
  | { readonly kind: 'text' | 'binary' | 'void' }
  /** `orNothing`: the same operation also declares an answer without a body. */
  | { readonly kind: 'json'; readonly type: Type; readonly orNothing: boolean }
  | SocketAnswer

export type SocketProtocol = 'plain' | 'encore'

/** A WebSocket: what each side sends, where it sends anything. */
export interface SocketAnswer {
  readonly kind: 'websocket'
  /** Client to server. */
  readonly send?: Type
  /** Server to client. */
  readonly receive?: Type
  /** The one message that the server sends when the client has sent all of its own; not beside `receive`. */
  readonly reply?: Type
  /** `encore`: headers go as a subprotocol, and every message is JSON. Else text and bytes go as they are. */
  readonly protocol?: SocketProtocol
}
