/** The types that a route file may import to say of a route what the annotation `@stream` says. */
import type { StreamKind } from './ir.js'

/** The types of one route. */
export interface StreamRouteTypes {
  /** The data of each event by its name; `undefined` for an event without data. */
  readonly events?: object
  /** The data of an event without a name, a record of NDJSON, or a message that a WebSocket's server sends. */
  readonly event?: unknown
  /** A message that a WebSocket's client sends. */
  readonly send?: unknown
  /** The one message by which a WebSocket's server answers when the client has sent all of its own. */
  readonly reply?: unknown
  readonly params?: object
  readonly query?: object
  readonly headers?: object
  readonly body?: unknown
}

/**
 * One streaming route, for `const route = { … } as const satisfies StreamRoute<{ … }>`. It is read and never run: what
 * it holds are literals, or constants that lead to literals. `Types` is read from its text.
 */
export interface StreamRoute<Types extends StreamRouteTypes> {
  readonly kind: StreamKind
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/jobs/{id}/events`; `:id`, `$id` and `[id]` are understood too. */
  readonly path: string
  readonly auth?: 'bearer' | 'basic' | 'cookie' | 'none' | `cookie:${string}` | `query:${string}` | `header:${string}`
  /** The media type of the answer, where it is not the usual one of the kind. */
  readonly contentType?: string
  /** `data` that ends an event stream and is not delivered. */
  readonly done?: string
  /** The name of the function in the client. */
  readonly name?: string
  /** Never there: it only carries the types. */
  readonly types?: Types
}
