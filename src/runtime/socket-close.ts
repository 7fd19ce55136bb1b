import { StreamError, type StreamErrorKind } from './errors.js'

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

/** What is known of the end of a connection. */
export interface ConnectionEnd extends CloseInfo {
  readonly isOpen: boolean
  /** The text of the last error event. */
  readonly problem: string | undefined
  /** Further codes after which the user wants to reconnect. */
  readonly reconnectCodes: readonly number[]
}

/** Whether a code says that the server is done: 1000, or 1005, no code, which is all that Encore sends. */
export function isDone(code: number): boolean {
  return code === 1000 || code === 1005
}

/** The error for a connection that was refused, was lost, or was closed with a code that says so. */
export function closeError({ code, reason, isOpen, problem, reconnectCodes }: ConnectionEnd): StreamError {
  if (isOpen && code !== 1006) {
    // [spec] RFC 6455 section 7.4.1: going away; the others are in IANA's registry: error, restart, later, gateway.
    const retryable = /^10(01|1[1-4])$/.test(`${code}`) || reconnectCodes.includes(code)
    return new StreamError(`closed with code ${code}`, { kind: 'remote', body: { code, reason }, retryable })
  }
  if (isOpen) return new StreamError('connection lost', { kind: 'network', retryable: true, cause: problem })
  // Only the package `ws` says it, in these words.
  const status = +(/response: (\d{3})/.exec(problem ?? '')?.[1] ?? 0)
  if (!status) {
    const message = `no connection (code ${code}); if the server refused it, its status is not visible here`
    return new StreamError(message, { kind: 'network', retryable: true, cause: problem })
  }
  const retryable = /^(408|425|429|50[0234])$/.test(`${status}`)
  return new StreamError(`HTTP status ${status}`, { kind: 'http', status, retryable })
}

/** A code and a reason that may be sent: 1000 or 3000 to 4999, at most 123 bytes of UTF-8 (RFC 6455 section 5.5). */
export function clampClose(code: number | undefined, reason = ''): CloseInfo {
  const isAllowed = code !== undefined && code >= 3000 && code < 5000
  const bytes = new TextEncoder().encode(reason).subarray(0, 123)
  // As a part of a stream it loses a character that is cut.
  return { code: isAllowed ? Math.trunc(code) : 1000, reason: new TextDecoder().decode(bytes, { stream: true }) }
}

/** Whether the server closed with 1013, try again later: it has too much to do. */
export function isBusy({ body }: StreamError): boolean {
  // A `StreamError` carries any body.
  return (body as Partial<CloseInfo> | undefined)?.code === 1013
}
