import { type ClientOptions, headerPairs } from './client.js'
import { StreamError } from './errors.js'
import { own } from './own.js'

/** One way to show who calls, made in `auth.ts`. */
export interface Credential {
  /** The security scheme; its value is looked up in the client's `auth`. */
  readonly name: string
  /** Places the value in the request. */
  readonly apply: (request: RequestParts, value: unknown) => void
}

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
  /** The operation's own server; wins over the client's. */
  readonly baseUrl?: string | undefined
}

/** What credentials write to. */
export interface RequestParts {
  readonly query: string[]
  readonly cookies: string[]
  readonly setHeader: (header: { readonly name: string; readonly value: string }) => void
}

/** What `fetch` gets, without the signal. */
export interface BuiltRequest {
  readonly url: string
  readonly init: RequestInit
}

/**
 * Makes what `fetch` takes. Throws a `StreamError` of kind `network` where a value is missing or cannot be sent;
 * neither values nor secrets are in its message.
 */
export async function buildRequest(
  plan: RequestPlan,
  { options, accept }: { readonly options: ClientOptions; readonly accept: readonly string[] },
): Promise<BuiltRequest> {
  const { body } = plan
  const headers = new Headers()
  const setHeader: RequestParts['setHeader'] = ({ name, value }) => {
    try {
      headers.set(name, value)
    } catch {
      // The exception of `Headers` shows the value, which may be a secret.
      throw unsendable(`header ${name} has a value that no header may have`)
    }
  }
  const parts = { query: [...(plan.query ?? [])], cookies: [...(plan.cookies ?? [])], setHeader }
  setHeader({ name: 'accept', value: accept.join(', ') || '*/*' })
  if (body?.mediaType) setHeader({ name: 'content-type', value: body.mediaType })
  for (const [name, value] of plan.headers ?? []) if (value !== undefined) setHeader({ name, value })
  await authorize(parts, { security: plan.security ?? [], auth: { ...options.auth } })
  const cookie = parts.cookies.filter(Boolean).join('; ')
  if (cookie) setHeader({ name: 'cookie', value: cookie })
  for (const [name, value] of headerPairs(options.headers ?? {})) setHeader({ name, value })

  const init: RequestInit & { duplex?: 'half' } = { method: plan.method, headers }
  if (options.credentials) init.credentials = options.credentials
  if (options.redirect) init.redirect = options.redirect
  if (body) init.body = body.content
  if (body?.isStream) init.duplex = 'half'
  return { url: buildUrl(plan, { base: plan.baseUrl ?? options.baseUrl ?? '', query: parts.query }), init }
}

function buildUrl(
  plan: RequestPlan,
  { base, query }: { readonly base: string; readonly query: readonly string[] },
): string {
  const path = plan.path.join('')
  // [spec] URL: `.` and `..` are taken out of a path, percent-encoded or not, so that another path would be asked for.
  if (plan.path.includes('') || /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path)) {
    throw unsendable("a path parameter is missing, or '.' or '..'")
  }
  const search = query.filter(Boolean).join('&')
  return base.replace(/\/+$/, '') + path + (search && (path.includes('?') ? '&' : '?') + search)
}

async function authorize(
  parts: RequestParts,
  {
    security,
    auth,
  }: { readonly security: readonly (readonly Credential[])[]; readonly auth: Readonly<Record<string, unknown>> },
): Promise<void> {
  for (const credentials of security) {
    const values = await Promise.all(
      credentials.map(({ name }) => {
        const secret = own(auth, name)
        return typeof secret === 'function' ? secret() : secret
      }),
    )
    if (values.length > 0 && values.every((value) => value !== undefined)) {
      for (const [index, { apply }] of credentials.entries()) apply(parts, values[index])
      return
    }
  }
}

function unsendable(message: string): StreamError {
  return new StreamError(message, { kind: 'network' })
}
