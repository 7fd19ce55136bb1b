import type { Credential } from './request.js'

/** `Authorization: Bearer …` (RFC 6750). */
export function bearer(name: string): Credential {
  return httpScheme(name, 'Bearer')
}

/** `Authorization: <scheme> …` for any other scheme whose value the user makes. */
export function httpScheme(name: string, scheme: string): Credential {
  return { name, apply: (request, value) => request.setHeader({ name: 'authorization', value: `${scheme} ${value}` }) }
}

/** `Authorization: Basic …` of `{ username, password }`, in UTF-8 (RFC 7617). */
export function basic(name: string): Credential {
  return {
    name,
    apply: (request, value) => {
      // The type of the client's `auth` says so.
      const { username, password } = value as { username: string; password: string }
      const bytes = new TextEncoder().encode(`${username}:${password}`)
      request.setHeader({ name: 'authorization', value: `Basic ${btoa(String.fromCharCode(...bytes))}` })
    },
  }
}

/** An API key in a header. */
export function apiKeyHeader(name: string, header: string): Credential {
  return { name, apply: (request, value) => request.setHeader({ name: header, value: `${value}` }) }
}

/** An API key in the query. */
export function apiKeyQuery(name: string, key: string): Credential {
  return {
    name,
    apply: ({ query }, value) => query.push(`${encodeURIComponent(key)}=${encodeURIComponent(`${value}`)}`),
  }
}

/** An API key in a cookie; browsers send their own cookies only. */
export function apiKeyCookie(name: string, key: string): Credential {
  return { name, apply: ({ cookies }, value) => cookies.push(`${key}=${value}`) }
}
