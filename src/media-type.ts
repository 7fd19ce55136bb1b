/** Media types as text: `type/subtype; name=value` (RFC 9110 section 8.3.1). */

export interface MediaType {
  /** `type/subtype` in lower case. */
  readonly essence: string
  /** Parameters in lower case, `charset` left out, sorted: `boundary=nl`. */
  readonly parameters: readonly string[]
}

/** Reads a media type; `undefined` where the text is none. Wildcards (`*`, `image/*`) count as media types. */
export function parseMediaType(text: string): MediaType | undefined {
  const [essence = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+\/[!#$%&'*+.^_`|~0-9a-z-]+$/.test(essence)) return undefined
  const kept = parameters
    .map((part) => part.replaceAll(/["\s]/g, ''))
    .filter((part) => part !== '' && !part.startsWith('charset='))
  return { essence, parameters: kept.sort() }
}

/** True for a form that is no `multipart` one. */
export function isForm(essence: string | undefined): boolean {
  return essence === 'application/x-www-form-urlencoded'
}

/** True for `application/json`, `text/json`, and the `+json` suffix (RFC 6839), which `json-seq` is not part of. */
export function isJson(essence: string): boolean {
  return /^(application|text)\/(x-)?json$/.test(essence) || /\+json$/.test(essence)
}
