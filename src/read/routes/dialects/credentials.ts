/** The ways to authenticate that frameworks have in common, under the names that `@auth` gives them too. */
import type { FoundAuth } from '../dialect.js'

export const BEARER: FoundAuth = { name: 'bearerAuth', credential: { kind: 'bearer' } }
export const BASIC: FoundAuth = { name: 'basicAuth', credential: { kind: 'basic' } }
/** The browser sends its cookies itself. */
export const COOKIE: FoundAuth = { name: 'cookieAuth', credential: { kind: 'none' } }
