/** Endpoints as judged: no emitter meets a reply that nobody judged. */
import type { Problem } from '../diagnostics.js'
import type { Answer } from './answer.js'
import type { Json } from './json.js'
import type { Kind, Selection, Selector } from './kind.js'
import type { Operation } from './operation.js'
import type { Type } from './type.js'

/** What the caller of one function may still choose of a selector that has more than two values. */
export interface Exclusion {
  readonly in: 'body' | 'query' | 'header'
  readonly name: string
  /** The values that remain. */
  readonly values: readonly Json[]
  readonly required: boolean
}

/** One kind of reply of one operation, which becomes one function. */
export interface Endpoint {
  readonly operation: Operation
  readonly answer: Answer
  /** Media types to ask for, and to accept. */
  readonly accept: readonly string[]
  /** What this function sends so that the server answers in this kind. */
  readonly selection?: Selection
  /** What the caller of this function must not send, where the selector has values besides. */
  readonly excluded?: Exclusion
  /** Why the operation is of this kind, for people. */
  readonly because: string
}

/** An error reply that the document declares with a type. */
export interface ErrorReply {
  /** `404`, `4XX` or `default`. */
  readonly status: string
  readonly type: Type
}

/** What classification says of one operation. */
export interface Verdict {
  readonly operation: Operation
  /** Sorted. */
  readonly kinds: readonly Kind[]
  /** One for each kind that code can be written for, in the order of `kinds`. */
  readonly endpoints: readonly Endpoint[]
  /** Parallel to `kinds`. */
  readonly because: readonly string[]
  readonly selector?: Selector
  readonly errors: readonly ErrorReply[]
  readonly warnings: readonly Problem[]
}
