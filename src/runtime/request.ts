import type { Client, ClientOptions } from './client.js'
import { StreamError } from './errors.js'

/** What a credential may add to. */
export interface RequestParts {
  /** Later values win over earlier ones; those that are `undefined` are left out. */
  readonly headers: (readonly [name: string, value: string | undefined])[]
  /** `a=b`, several joined by `&`, or `''`, which is left out. */
  readonly query: string[]
}

/** Shows who calls, with the secrets of the client's `auth`; made in `auth.ts`. */
export type Authorize = (parts: RequestParts, auth: object) => Promise<void>

/** A request body, made in `body.ts`. */
export interface RequestBody {
  /** The `Content-Type`; absent where `fetch` sets it by itself. */
  readonly mediaType?: string | undefined
  readonly content: NonNullable<RequestInit['body']>
  /** Set where the content is a stream, which can be sent once only. */
  readonly duplex?: 'half' | undefined
}

/** One request as generated code describes it: every value in it is already encoded. */
export interface RequestPlan {
  readonly method: string
  /** From its first slash on; with a fixed query, if there is one. */
  readonly path: string
  readonly query?: Readonly<RequestParts['query']>
  readonly headers?: Readonly<RequestParts['headers']>
  readonly body?: RequestBody | undefined
  readonly cache?: 'no-store' | undefined
  readonly security?: Authorize
  /** The operation's own server; stands in for the document's where no option names one. */
  readonly baseUrl?: string | undefined
}

/** The options that a request depends on. */
export type RequestSettings = ClientOptions & Pick<Client, 'server'>

/** What `fetch` takes. */
export interface BuiltRequest {
  readonly url: string
  readonly init: RequestInit
}

/**
 * Makes what `fetch` takes. Rejects with a `StreamError` of kind `network` where a value cannot be sent; neither values
 * nor secrets are in its message.
 */
export async function buildRequest(
  plan: RequestPlan,
  accept: readonly string[],
  settings: RequestSettings,
): Promise<BuiltRequest> {
  const { method, body, cache } = plan
  const { credentials, redirect } = settings
  const parts = await collectParts(plan, settings)
  const headers = new Headers({ accept: `${accept}` || '*/*' })
  for (const [name, value] of [['content-type', body?.mediaType] as const, ...parts.headers]) {
    try {
      if (value !== undefined) headers.set(name, value)
    } catch {
      // The exception shows the value, which may be a secret.
      throw unsendable(`value of header ${name}`)
    }
  }
  // For `fetch` a field that is undefined is not there; not all versions of its type say so.
  const init = {
    method,
    headers,
    body: body?.content,
    duplex: body?.duplex,
    cache,
    credentials,
    redirect,
  } as RequestInit
  return { url: urlOf(plan, parts, settings), init }
}

/** The parts of a request, credentials looked up anew and the user's headers at the end. */
export async function collectParts(
  { headers = [], query = [], security }: RequestPlan,
  { auth = {}, headers: further = {} }: RequestSettings,
): Promise<RequestParts> {
  const parts = { headers: [...headers], query: [...query] }
  await security?.(parts, auth)
  parts.headers.push(...Object.entries(further))
  return parts
}

/** The URL of a request. */
export function urlOf({ path, baseUrl }: RequestPlan, { query }: RequestParts, settings: RequestSettings): string {
  const base = settings.baseUrl ?? baseUrl ?? settings.server ?? ''
  const search = query.filter(Boolean).join('&')
  return base.replace(/\/+$/, '') + path + (search && (path.includes('?') ? '&' : '?') + search)
}

/** The error for a value that no request may have. */
export function unsendable(what: string): StreamError {
  return new StreamError(`cannot be sent: ${what}`, { kind: 'network' })
}
