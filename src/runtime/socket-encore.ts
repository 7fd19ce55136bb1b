import { isStreamError } from './errors.js'
import type { Handshake } from './socket-platform.js'

/** The codes of Encore's errors, those of gRPC by name. */
export type EncoreErrorCode =
  | 'ok'
  | 'canceled'
  | 'unknown'
  | 'invalid_argument'
  | 'deadline_exceeded'
  | 'not_found'
  | 'already_exists'
  | 'permission_denied'
  | 'resource_exhausted'
  | 'failed_precondition'
  | 'aborted'
  | 'out_of_range'
  | 'unimplemented'
  | 'internal'
  | 'unavailable'
  | 'data_loss'
  | 'unauthenticated'

/** The body of an error reply of Encore's HTTP endpoints (`APIError`). */
export interface EncoreError {
  readonly code: EncoreErrorCode
  readonly message: string
  /** What the service says besides; `null` where it says nothing. */
  readonly details?: unknown
}

/**
 * Encore's handshake: headers go as JSON in a subprotocol, in UTF-8 and base64url, which every platform can send.
 * Cookies cannot go that way: the gateway answers them with 400, so they are sent as a header where that is possible.
 */
export function encoreHandshake({ cookie, ...headers }: Record<string, string>): Handshake {
  const bytes = new TextEncoder().encode(JSON.stringify(headers))
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  const item = `encore.dev.headers.${text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`
  return {
    protocols: Object.keys(headers).length ? ['encore-ws', item] : ['encore-ws'],
    headers: cookie === undefined ? {} : { cookie },
  }
}

/** The `APIError` that an HTTP endpoint of Encore's answered with; one of code `unknown` if the body is none; `undefined` for other exceptions. */
export function encoreErrorOf(error: unknown): EncoreError | undefined {
  if (!isStreamError(error) || error.kind !== 'http') return undefined
  // A `StreamError` carries any body: its fields are looked at one by one.
  const { code, message, details } = { ...(error.body as Partial<EncoreError> | null) }
  if (typeof code === 'string' && typeof message === 'string') return { code, message, details }
  return { code: 'unknown', message: error.message }
}
