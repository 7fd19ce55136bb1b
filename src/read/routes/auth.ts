/** `@auth`: how a route is authenticated, in one word. */
import type { Credential } from '../../ir.js'
import { camelCase } from '../../names.js'
import type { FoundAuth } from './dialect.js'

export const AUTH_FORMS = 'bearer, basic, cookie, cookie:NAME, query:NAME, header:NAME or none'

/**
 * Reads one `@auth`.
 * @returns the scheme, or `none`; `undefined` for any other text.
 */
export function readAuth(text: string): FoundAuth | 'none' | undefined {
  const [, form = '', name] = /^(\w+)(?::([!#$%&'*+.^_`|~\w-]+))?$/.exec(text.trim()) ?? []
  const place = (['cookie', 'query', 'header'] as const).find((one) => one === form)
  if (place !== undefined && name !== undefined) {
    return { name: camelCase(name, place), credential: { kind: 'apiKey', in: place, name } }
  }
  if (name !== undefined) return undefined
  switch (form) {
    case 'bearer':
    case 'basic':
      return { name: `${form}Auth`, credential: { kind: form } }
    // The browser sends its cookies itself.
    case 'cookie':
      return { name: 'cookieAuth', credential: { kind: 'none' } }
    case 'none':
      return 'none'
    default:
      return undefined
  }
}

/** True where both mean the same request. */
export function isSameCredential(left: Credential, right: Credential): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
