/** The kinds of reply, and the part of a request that chooses among them. */
import type { Json } from './json.js'

export type StreamKind = 'sse' | 'ndjson' | 'json-seq' | 'text' | 'binary' | 'websocket'
/** What a reply is: a stream, one value, nothing, or `multipart`, which is not supported. */
export type Kind = StreamKind | 'json' | 'void' | 'multipart'

/** The part of a request that chooses among the kinds of reply. */
export interface Selector {
  readonly in: 'body' | 'query' | 'header'
  readonly name: string
  /** The value that asks for the stream. */
  readonly value: Json
  readonly default?: Json
}

/** What one function sends for the selector. */
export interface Selection {
  readonly in: 'body' | 'query' | 'header'
  readonly name: string
  readonly value: Json
}
