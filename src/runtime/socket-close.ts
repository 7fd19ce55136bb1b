import { lost, StreamError, type StreamErrorKind } from './errors.js'

/** How the server closed (RFC 6455 section 7.1.5 and 7.1.6); 1005 where it gave no code. */
export interface CloseInfo {
  readonly code: number
  readonly reason: string
}

/**
 * What ends a socket: `http` a refused handshake, where the platform shows its status · `remote` a close of the
 * server's with a code other than 1000 · and the kinds of every stream.
 */
export type SocketFailure =
  | (StreamError & { readonly kind: 'http'; readonly status: number })
  | (StreamError & { readonly kind: 'remote'; readonly body: CloseInfo })
  | (StreamError & { readonly kind: Exclude<StreamErrorKind, 'http' | 'remote'> })

/** Going away; the others are in IANA's registry: error, restart, later, gateway. */
const passing: readonly number[] = [1001, 1011, 1012, 1013, 1014]

/** The error of a connection that was lost, or closed with a code that says so; `undefined` where the server is done. */
export function closeError(
  { code, reason = '' }: Partial<CloseInfo>,
  reconnectCodes: readonly number[] = [],
): StreamError | undefined {
  // [spec] RFC 6455 section 7.4.1: 1005 stands for no code, which is all that Encore sends.
  if (code === 1000 || code === 1005) return undefined
  // Deno says 0.
  if (!code || code === 1006) return lost('connection lost')
  const retryable = passing.concat(reconnectCodes).includes(code)
  return new StreamError(`closed with code ${code}`, { kind: 'remote', body: { code, reason }, retryable })
}

/** The error of a handshake that failed, by the text of the error event. */
export function refusalError(cause = ''): StreamError {
  // Only the package `ws` says it, in these words.
  const [, status] = /response: (\d+)/.exec(cause) ?? []
  if (!status) return lost('no connection; its status is not visible', cause)
  // RFC 9110 section 15: those that pass.
  const retryable = /408|425|429|50[0234]/.test(status)
  return new StreamError(`HTTP status ${status}`, { kind: 'http', status: +status, retryable })
}

/** What may be sent: 1000 or 3000 to 4999, and a reason of at most 123 bytes of UTF-8 (RFC 6455 section 5.5). */
export function farewell(code = 1000, reason = ''): [code: number, reason: string] {
  const bytes = new TextEncoder().encode(reason).subarray(0, 123)
  // As a part of a stream it loses a character that is cut.
  const text = new TextDecoder().decode(bytes, { stream: true })
  return [code >= 3000 && code < 5000 ? Math.trunc(code) : 1000, text]
}
