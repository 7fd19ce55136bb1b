/**
 * Parameters as text, one function per style (OpenAPI 3.2, "Style Values" and "Style Examples"; RFC 6570). Names and
 * values are percent-encoded first and then joined by bare delimiters. `undefined`, `null`, and lists and objects
 * without a member give `''`: nothing is sent. A `Date` goes as ISO 8601; members of members go as JSON.
 */
import { unsendable } from './request.js'

/** Whether lists and objects have a part for each member. */
export interface Explode {
  readonly explode?: boolean
}

/** Further options of the query. */
export interface QueryStyle extends Explode {
  /** Reserved characters and percent-encoded triples stay as they are; `#` does not. */
  readonly allowReserved?: boolean
}

/** Further options of a path. */
export interface PathStyle extends Explode {
  /** The value may be several segments: its slashes stay as they are; all else is encoded, also `?` and `#`. */
  readonly segments?: boolean
  /** Reserved characters that a segment may hold and percent-encoded triples stay as they are; `/`, `?` and `#` do not. */
  readonly allowReserved?: boolean
}

/** Further options of cookies. */
export interface CookieStyle extends Explode {
  /** `cookie` sends values without percent-encoding (OpenAPI 3.2); `form`, the default, with it. */
  readonly style?: 'form' | 'cookie'
}

type Encode = (text: string) => string

/**
 * A path of literal text and encoded values, in turn. Throws a `StreamError` for a missing value, and where the path
 * would lose a segment or name another host.
 */
export function pathOf(...parts: readonly string[]): string {
  const path = parts.join('')
  // [spec] URL: `.` and `..` leave a path, percent-encoded or not, and so would ask for another one; what begins with
  // `//` names a host where there is no base URL.
  if (parts.includes('') || /^\/\/|\/(\.|%2e){1,2}(\/|$)/i.test(path))
    throw unsendable("path value is missing, '.' or '..'")
  return path
}

/** Path, style `simple`: `blue,black,brown`. */
export function simple(value: unknown, { explode = false, segments, allowReserved }: PathStyle = {}): string {
  return members(value, { explode, encode: segments ? encodeSegments : pathEncoder(allowReserved) }).join(',')
}

/** Path, style `label`: `.blue,black,brown`. */
export function label(value: unknown, { explode = false, allowReserved }: PathStyle = {}): string {
  const list = members(value, { explode, encode: pathEncoder(allowReserved) })
  return list.length ? `.${list.join(explode ? '.' : ',')}` : ''
}

/** Path, style `matrix`: `;color=blue,black,brown`. */
export function matrix(name: string, value: unknown, { explode = false, allowReserved }: PathStyle = {}): string {
  return pairs(value, { name, explode, separator: ',', encode: pathEncoder(allowReserved) })
    .map((pair) => `;${pair.replace(/=$/, '')}`)
    .join('')
}

/** Query, style `form`: `color=blue&color=black&color=brown`. */
export function form(name: string, value: unknown, { explode = true, allowReserved = false }: QueryStyle = {}): string {
  return pairs(value, { name, explode, separator: ',', encode: allowReserved ? encodeUnreserved : encode }).join('&')
}

/** Query, style `spaceDelimited`: `color=blue%20black%20brown`; exploded as `form`, which OpenAPI leaves open. */
export function spaceDelimited(
  name: string,
  value: unknown,
  { explode = false, allowReserved = false }: QueryStyle = {},
): string {
  return pairs(value, { name, explode, separator: '%20', encode: allowReserved ? encodeUnreserved : encode }).join('&')
}

/** Query, style `pipeDelimited`: `color=blue%7Cblack%7Cbrown`; exploded as `form`, which OpenAPI leaves open. */
export function pipeDelimited(
  name: string,
  value: unknown,
  { explode = false, allowReserved = false }: QueryStyle = {},
): string {
  return pairs(value, { name, explode, separator: '%7C', encode: allowReserved ? encodeUnreserved : encode }).join('&')
}

/** Query, style `deepObject`: `color%5BR%5D=100`; deeper objects nest, lists repeat, which OpenAPI leaves open. */
export function deepObject(name: string, value: unknown, options: QueryStyle = {}): string {
  if (!isObject(value)) return form(name, value, options)
  return Object.entries(value)
    .map(([key, member]) => deepObject(`${name}[${key}]`, member, options))
    .filter(Boolean)
    .join('&')
}

/** Query, `content: application/json`. */
export function jsonParameter(name: string, value: unknown): string {
  return value === undefined ? '' : `${encode(name)}=${jsonPath(value)}`
}

/** Path, `content: application/json`. */
export function jsonPath(value: unknown): string {
  return value === undefined ? '' : encode(JSON.stringify(value))
}

/** Header, style `simple`, not encoded. Throws a `StreamError` for CR, LF and NUL. */
export function headerValue(value: unknown, { explode = false }: Explode = {}): string | undefined {
  const list = members(value, { explode, encode: verbatim })
  return list.length ? list.join(',') : undefined
}

/** Cookie: `color=blue; color=black`. Throws a `StreamError` for `;`, CR, LF and NUL where they are not encoded. */
export function cookie(name: string, value: unknown, { explode = true, style = 'form' }: CookieStyle = {}): string {
  return pairs(value, { name, explode, separator: ',', encode: style === 'form' ? encode : cookieText }).join('; ')
}

/** The header of several cookies; those that are `''` are left out. */
export function cookieHeader(...cookies: readonly string[]): string | undefined {
  return cookies.filter(Boolean).join('; ') || undefined
}

/** The whole query, `in: querystring` of OpenAPI 3.2, as a form: lists repeat, objects go as JSON. */
export function queryString(value: unknown): string {
  if (!isObject(value))
    return value === undefined || value === null ? '' : text(value).replace(/^\?/, '').replace(/#/g, '%23')
  return Object.entries(value)
    .map(([name, member]) => form(name, isObject(member) ? JSON.stringify(member) : member))
    .filter(Boolean)
    .join('&')
}

interface MemberStyle {
  readonly explode: boolean
  readonly encode: Encode
}

/** The encoded parts of a value: one of a scalar, `R=100` or `R`, `100` for each field of an object. */
function members(value: unknown, { explode, encode }: MemberStyle): string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value))
    return value.filter((item) => item !== undefined && item !== null).map((item) => encode(text(item)))
  if (!isObject(value)) return [encode(text(value))]
  const fields = Object.entries(value).filter(([, field]) => field !== undefined && field !== null)
  const encoded = fields.map(([key, field]) => [encode(key), encode(text(field))])
  return explode ? encoded.map((field) => field.join('=')) : encoded.reduce((all, field) => all.concat(field), [])
}

/** `name=value` once, or for each member. */
function pairs(
  value: unknown,
  { name, explode, separator, encode }: MemberStyle & { readonly name: string; readonly separator: string },
): string[] {
  const list = members(value, { explode, encode })
  if (explode && isObject(value)) return list
  if (explode) return list.map((item) => `${encode(name)}=${item}`)
  return list.length ? [`${encode(name)}=${list.join(separator)}`] : []
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function text(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Everything but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function encodeSegments(text: string): string {
  return text.split('/').map(encode).join('/')
}

/** The characters of RFC 3986's `pchar` and triples stay, where they are allowed to. */
function pathEncoder(allowReserved: boolean | undefined): Encode {
  return allowReserved ? (text) => encodeUnreserved(text).replace(/[/?[\]]/g, encodeURIComponent) : encode
}

/** Everything but reserved and unreserved characters and triples; `#` would cut the query off. */
function encodeUnreserved(text: string): string {
  return text.replace(/%[\da-f]{2}|[^\w.~:/?[\]@!$&'()*+,;=-]/giu, (part) =>
    part.length === 3 && part[0] === '%' ? part : encode(part),
  )
}

function verbatim(text: string): string {
  return refuse(text, /[\r\n\0]/)
}

function cookieText(text: string): string {
  return refuse(text, /[\r\n\0;]/)
}

function refuse(text: string, forbidden: RegExp): string {
  // The value may be a secret, so it is not shown.
  if (forbidden.test(text)) throw unsendable('a character of a header or cookie')
  return text
}
