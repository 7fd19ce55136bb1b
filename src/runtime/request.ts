import type { Client, ClientOptions } from './client.js'
import { StreamError } from './errors.js'

/** What a credential may change: it puts other values in place and changes none of these. */
export interface RequestParts {
  /** From its first slash on, with its query. */
  path: string
  /** Later values win over earlier ones; those that are `undefined` are left out. */
  headers?: readonly (readonly [name: string, value: string | undefined])[]
}

/** Shows who calls, with the secrets of the client's `auth`; made in `auth.ts`. */
export type Authorize = (parts: RequestParts, auth: object | undefined) => Promise<void>

/** A request body, made in `body.ts`. */
export interface RequestBody {
  /** The `Content-Type`; absent where `fetch` sets it by itself. */
  readonly mediaType?: string | undefined
  readonly body: NonNullable<RequestInit['body']>
  /** Set where the content is a stream, which can be sent once only. */
  readonly duplex?: 'half' | undefined
}

/** One request as generated code describes it: every value in it is already encoded. */
export interface RequestPlan extends Readonly<RequestParts> {
  readonly method: string
  readonly body?: RequestBody | undefined
  readonly cache?: 'no-store' | undefined
  readonly security?: Authorize
  /** The operation's own server; stands in for the document's where no option names one. */
  readonly baseUrl?: string | undefined
}

/** The options that a request depends on. */
export type RequestSettings = ClientOptions & Pick<Client, 'server'>

/** How a request is sent. */
export interface Sending {
  /** The `Accept` header. */
  readonly accept: string
  readonly settings: RequestSettings
  readonly signal: AbortSignal
}

/**
 * Sends a request. Rejects with a `StreamError` of kind `network` where a value cannot be sent; neither values nor
 * secrets are in its message. What `fetch` rejects with is passed on.
 */
export async function sendRequest(plan: RequestPlan, { accept, settings, signal }: Sending): Promise<Response> {
  const { method, cache, body } = plan
  const { fetch = globalThis.fetch, credentials, redirect } = settings
  const { url, fields } = await targetOf(plan, settings)
  const headers = new Headers({ accept })
  let problem = 'baseUrl is not absolute'
  try {
    // A page knows what a relative URL is relative to, and so may another `fetch`.
    if (!settings.fetch) {
      // Not every library that this is compiled with has it.
      const { username, password } = new URL(url, (globalThis as { location?: { href: string } }).location?.href)
      problem = 'baseUrl has a user name or a password'
      if (username || password) throw problem
    }
    for (const [name, value] of [['content-type', body?.mediaType] as const, ...fields]) {
      problem = `cannot be sent: value of header ${name}`
      if (value !== undefined) headers.set(name, value)
    }
  } catch {
    // The exception shows the URL or the value, and with it what may be a secret.
    throw new StreamError(problem, { kind: 'network' })
  }
  // A secret may have come too late.
  signal.throwIfAborted()
  // For `fetch` a field that is undefined or not its own is not there; not all versions of its type say so.
  const init = { method, cache, ...body, headers, credentials, redirect, signal } as RequestInit
  try {
    return await fetch(url, init)
  } catch (error) {
    // What shows the URL shows what its query has.
    throw `${error}`.includes(url) ? undefined : error
  }
}

/** Where a request goes, credentials looked up anew and the user's headers at the end. */
export async function targetOf(
  plan: RequestPlan,
  settings: RequestSettings,
): Promise<{ readonly url: string; readonly fields: NonNullable<RequestParts['headers']> }> {
  const parts: RequestParts = { ...plan }
  await plan.security?.(parts, settings.auth)
  const { path, headers = [] } = parts
  const base = settings.baseUrl ?? plan.baseUrl ?? settings.server ?? ''
  return { url: base.replace(/\/+$/, '') + path, fields: [...headers, ...Object.entries(settings.headers ?? {})] }
}

/** A path with further parts of a query: each `a=b`, several joined by `&`, or `''`, which is left out. */
export function withQuery(path: string, ...parts: readonly string[]): string {
  const query = parts.filter(Boolean).join('&')
  return path + (query && (path.includes('?') ? '&' : '?') + query)
}

/** The error for a value that no request may have. */
export function unsendable(what: string): StreamError {
  return new StreamError(`cannot be sent: ${what}`, { kind: 'network' })
}
