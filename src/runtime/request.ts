import type { Client, ClientOptions } from './client.js'
import { StreamError } from './errors.js'

/** What a request is put together from. */
export interface RequestParts {
  /** Later values win over earlier ones; those that are `undefined` are left out. */
  readonly headers: (readonly [name: string, value: string | undefined])[]
  readonly query: string[]
  readonly cookies: string[]
}

/**
 * One way to show who calls, made in `auth.ts`: looks its secret up in the client's `auth` and returns what places it in
 * the request, or `undefined` where there is none.
 */
export type Credential = (auth: object) => Promise<((request: RequestParts) => void) | undefined>

/** A request body, made in `body.ts`. */
export interface RequestBody {
  /** The `Content-Type`; absent where `fetch` sets it by itself. */
  readonly mediaType?: string | undefined
  readonly content: NonNullable<RequestInit['body']>
  /** The content is a stream: it can be sent once only. */
  readonly isStream?: boolean
}

/** One request as generated code describes it: every value in it is already encoded. */
export interface RequestPlan {
  readonly method: string
  /** Literal text and encoded values, joined as they are; an empty one is a missing value. */
  readonly path: readonly string[]
  /** `a=b`, several joined by `&`, or `''`, which is left out. */
  readonly query?: readonly string[]
  readonly headers?: readonly (readonly [name: string, value: string | undefined])[]
  /** `a=b`, or `''`, which is left out. */
  readonly cookies?: readonly string[]
  readonly body?: RequestBody | undefined
  /** Alternatives: the first whose every value is there is sent; without one the request goes as it is. */
  readonly security?: readonly (readonly Credential[])[]
  /** The operation's own server; stands in for the document's where no option names one. */
  readonly baseUrl?: string | undefined
}

/** What `fetch` takes. */
export interface BuiltRequest {
  readonly url: string
  readonly init: RequestInit
}

/**
 * Makes what `fetch` takes. Rejects with a `StreamError` of kind `network` where a value is missing or cannot be sent;
 * neither values nor secrets are in its message.
 */
export async function buildRequest(
  plan: RequestPlan,
  accept: readonly string[],
  options: ClientOptions & Pick<Client, 'server'>,
): Promise<BuiltRequest> {
  const { body, path, query = [], cookies = [], headers = [], security = [] } = plan
  const parts: RequestParts = {
    headers: [['accept', `${accept}` || '*/*'], ['content-type', body?.mediaType], ...headers],
    query: [...query],
    cookies: [...cookies],
  }
  for (const alternative of security) {
    const places = await Promise.all(alternative.map((credential) => credential(options.auth ?? {})))
    if (!places[0] || places.includes(undefined)) continue
    for (const place of places) place?.(parts)
    break
  }
  parts.headers.push(['cookie', joined(parts.cookies, '; ') || undefined], ...Object.entries(options.headers ?? {}))

  const text = path.join('')
  // [spec] URL: `.` and `..` leave a path, percent-encoded or not, and so would ask for another one.
  if (path.includes('') || /\/(\.|%2e){1,2}(\/|$)/i.test(text)) throw unsendable("path value is missing, '.' or '..'")
  const search = joined(parts.query, '&')
  const base = options.baseUrl ?? plan.baseUrl ?? options.server ?? ''
  const init = {
    method: plan.method,
    headers: headersOf(parts),
    body: body?.content,
    duplex: body?.isStream ? 'half' : undefined,
    credentials: options.credentials,
    redirect: options.redirect,
  }
  return {
    url: base.replace(/\/+$/, '') + text + (search && (text.includes('?') ? '&' : '?') + search),
    // For `fetch` a field that is undefined is not there; not all versions of its type say so.
    init: init as RequestInit,
  }
}

function headersOf(parts: RequestParts): Headers {
  const headers = new Headers()
  for (const [name, value] of parts.headers) {
    try {
      if (value !== undefined) headers.set(name, value)
    } catch {
      // The exception shows the value, which may be a secret.
      throw unsendable(`value of header ${name}`)
    }
  }
  return headers
}

function joined(parts: readonly string[], separator: string): string {
  return parts.filter(Boolean).join(separator)
}

function unsendable(what: string): StreamError {
  return new StreamError(`cannot be sent: ${what}`, { kind: 'network' })
}
