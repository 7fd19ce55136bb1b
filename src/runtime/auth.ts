import { own } from './own.js'
import { type Authorize, type RequestParts, withQuery } from './request.js'

/**
 * One way to show who calls: looks its secret up in the client's `auth` and returns what places it in the request, or
 * `undefined` where there is none.
 */
export type Credential = (auth: object | undefined) => Promise<((parts: RequestParts) => void) | undefined>

/** Sends the first of these alternatives whose every secret is there; without one the request goes as it is. */
export function authorize(alternatives: readonly (readonly Credential[])[]): Authorize {
  return async (parts, auth) => {
    for (const credentials of alternatives) {
      const places = await Promise.all(credentials.map((credential) => credential(auth)))
      if (!places[0] || places.includes(undefined)) continue
      for (const place of places) place?.(parts)
      return
    }
  }
}

/** `Authorization: Bearer …` (RFC 6750). */
export function bearer(name: string): Credential {
  return httpScheme(name, 'Bearer')
}

/** `Authorization: <scheme> …` for any other scheme whose value the user makes. */
export function httpScheme(name: string, scheme: string): Credential {
  return credential(name, (secret, parts) => addHeader(parts, 'authorization', `${scheme} ${secret}`))
}

/** `Authorization: Basic …` of `{ username, password }`, in UTF-8 (RFC 7617). */
export function basic(name: string): Credential {
  return credential(name, (secret, parts) => {
    // The type of the client's `auth` says so.
    const { username, password } = secret as { username: string; password: string }
    const bytes = new TextEncoder().encode(`${username}:${password}`)
    addHeader(parts, 'authorization', `Basic ${btoa(String.fromCharCode(...bytes))}`)
  })
}

/** An API key in a header. */
export function apiKeyHeader(name: string, header: string): Credential {
  return credential(name, (secret, parts) => addHeader(parts, header, `${secret}`))
}

/** An API key in the query. */
export function apiKeyQuery(name: string, key: string): Credential {
  return credential(name, (secret, parts) => {
    parts.path = withQuery(parts.path, `${encodeURIComponent(key)}=${encodeURIComponent(`${secret}`)}`)
  })
}

/** An API key in a cookie; browsers send their own cookies only. */
export function apiKeyCookie(name: string, key: string): Credential {
  return credential(name, (secret, parts) => {
    // The last one counts, which may be of another key.
    const [, others = ''] = (parts.headers ?? []).filter(([header]) => header === 'cookie').pop() ?? []
    addHeader(parts, 'cookie', `${others && `${others}; `}${key}=${encodeURIComponent(`${secret}`)}`)
  })
}

function addHeader(parts: RequestParts, name: string, value: string): void {
  parts.headers = [...(parts.headers ?? []), [name, value]]
}

function credential(name: string, place: (secret: unknown, parts: RequestParts) => void): Credential {
  return async (auth) => {
    // A copy has the fields of `auth` and no others, whatever its type calls them.
    const value = own({ ...auth } as Readonly<Record<string, unknown>>, name)
    // Storage has `null` for nothing, and loose consumers may pass it on.
    const secret: unknown = (typeof value === 'function' ? await value() : value) ?? undefined
    return secret === undefined ? undefined : (parts) => place(secret, parts)
  }
}
