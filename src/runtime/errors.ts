/** The one family of errors. Messages hold no payload, no secret and no query value. */

/**
 * What went wrong: `http` an answer that is not 2xx · `network` no connection, a lost one, or a request that cannot be
 * sent · `content-type` an answer of another media type · `parse` an item that is not JSON · `timeout` no answer or no
 * bytes in time · `limit` an item that is too long · `remote` an error that the server sent inside the stream ·
 * `closed` the handle is closed or already read.
 */
export type StreamErrorKind = 'http' | 'network' | 'content-type' | 'parse' | 'timeout' | 'limit' | 'remote' | 'closed'

/** The facts of a `StreamError`. */
export interface StreamErrorDetails {
  readonly kind: StreamErrorKind
  /** The status of the answer; `http` only. */
  readonly status?: number
  /** The headers of the answer; `http` only. */
  readonly headers?: Headers
  /** What the server said, decoded if it was JSON: `http` (text is cut at 64 KiB) and `remote`. */
  readonly body?: unknown
  /** Which item cannot be decoded, counted from 1: a line of NDJSON, an event or a record of the connection. */
  readonly position?: number
  /** The first 1024 characters of what cannot be decoded. Not enumerable, so that it stays out of logs. */
  readonly excerpt?: string
  /** Whether the same request may succeed later. */
  readonly retryable?: boolean
}

/** Thrown by streams and handed to `onError`. `headers`, `body`, `excerpt` and `cause` are not enumerable. */
export interface StreamError extends Error, StreamErrorDetails {}

interface StreamErrorConstructor {
  new (message: string, details: StreamErrorDetails & { readonly cause?: unknown }): StreamError
}

/** The class, for `instanceof`. */
export const StreamError: StreamErrorConstructor = class extends Error {
  constructor(message: string, details: StreamErrorDetails) {
    super(message)
    this.name = 'StreamError'
    for (const [key, value] of Object.entries(details)) {
      Object.defineProperty(this, key, { value, enumerable: /^(kind|status|position|retryable)$/.test(key) })
    }
  }
  // The constructor sets the fields one by one, which the compiler does not see.
} as unknown as StreamErrorConstructor

type StatusOf<Key> = Key extends number ? Key : number

/** Statuses of errors that are in use: those of the IANA registry, and of nginx and Cloudflare. */
type ClientErrorStatus =
  | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413)
  | (414 | 415 | 416 | 417 | 418 | 419 | 420 | 421 | 422 | 423 | 424 | 425 | 426 | 428)
  | (429 | 430 | 431 | 440 | 444 | 449 | 451 | 494 | 495 | 496 | 497 | 498 | 499)
type ServerErrorStatus =
  | (500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 509 | 510 | 511)
  | (520 | 521 | 522 | 523 | 524 | 525 | 526 | 527 | 529 | 530 | 598 | 599)

type Declared<Errors> =
  | keyof Errors
  | ('4XX' extends keyof Errors ? ClientErrorStatus : never)
  | ('5XX' extends keyof Errors ? ServerErrorStatus : never)

/** Servers, and what stands before them, also answer with what no document declares. */
type UndeclaredFailure<Errors> = 'default' extends keyof Errors
  ? never
  : StreamError & {
      readonly kind: 'http'
      readonly status: Exclude<ClientErrorStatus | ServerErrorStatus, Declared<Errors>>
      readonly headers: Headers
      readonly body: unknown
    }

type HttpFailure<Errors> = unknown extends Errors
  ? StreamError & { readonly kind: 'http'; readonly status: number; readonly headers: Headers; readonly body: unknown }
  :
      | {
          [Key in keyof Errors]: StreamError & {
            readonly kind: 'http'
            readonly status: StatusOf<Key>
            readonly headers: Headers
            readonly body: Errors[Key]
          }
        }[keyof Errors]
      | UndeclaredFailure<Errors>

/**
 * A `StreamError` whose `body` has a type by `status`. `Errors` maps declared statuses to bodies:
 * `{ 404: NotFound; '4XX': Problem; default: Problem }`. Until the status is known `body` is `unknown`, but with `default`.
 */
export type StreamFailure<Errors = unknown> =
  | HttpFailure<Errors>
  | (StreamError & { readonly kind: Exclude<StreamErrorKind, 'http'> })

/** Tells a `StreamError` from other exceptions in a `catch` block, also one of another copy of this file. */
export function isStreamError<Errors = unknown>(value: unknown): value is StreamFailure<Errors> {
  return value instanceof Error && value.name === 'StreamError'
}

/** The error for an item that is not JSON. The exception of `JSON.parse` shows the text, so it is not the cause. */
export function notJson(what: string, { position, text }: { position: number; text: string }): StreamError {
  return new StreamError(`${what} is not JSON`, { kind: 'parse', position, excerpt: text.slice(0, 1024) })
}

/** The error for a connection that failed, unless the cause is one already; the next one may be better. */
export function lost(message: string, cause?: unknown): StreamError {
  return cause instanceof StreamError ? cause : new StreamError(message, { kind: 'network', retryable: true, cause })
}
