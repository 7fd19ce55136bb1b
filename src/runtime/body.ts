import { own } from './own.js'
import type { RequestBody } from './request.js'

/** How fields of a form are written (OpenAPI 3.2, "Encoding Object"). */
export interface FormEncoding {
  readonly [field: string]: {
    readonly contentType?: string
    /** The whole field as percent-encoded `name=value`, several joined by `&`, or `''`; stands in for `contentType`. */
    readonly style?: (value: unknown) => string
  }
}

/** A body of JSON; `undefined` is no body. */
export function json(value: unknown, mediaType: string = 'application/json'): RequestBody | undefined {
  return value === undefined ? undefined : { mediaType, body: JSON.stringify(value) }
}

/** A body of text in UTF-8; `undefined` is no body. */
export function text(
  value: string | undefined,
  mediaType: string = 'text/plain;charset=UTF-8',
): RequestBody | undefined {
  return value === undefined ? undefined : { mediaType, body: value }
}

/** What a binary body can be made of. */
export type BinaryContent = Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>

/** A body of bytes; `undefined` is no body. A stream is sent as it is read and cannot be sent again. */
export function binary(value: BinaryContent | undefined, mediaType?: string): RequestBody | undefined {
  if (value === undefined) return undefined
  // `fetch` takes all of them; TypeScript 5.9 wants to know that a Uint8Array is not shared, 5.4 has no type for that.
  const body = value as RequestBody['body']
  const type = mediaType ?? ('type' in value && value.type ? undefined : 'application/octet-stream')
  return { mediaType: type, body, duplex: 'getReader' in value ? 'half' : undefined }
}

/**
 * `multipart/form-data`: Blobs as they are, arrays as repeated fields, objects as JSON; `undefined` is no field, and
 * neither is `null` but as JSON.
 */
export function multipart(value: object | undefined, encoding: FormEncoding = {}): RequestBody | undefined {
  if (value === undefined) return undefined
  const form = new FormData()
  for (const [name, field] of Object.entries(value)) {
    const { style, contentType: type } = own(encoding, name) ?? {}
    if (style) for (const pair of pairsOf(style(field))) form.append(...pair)
    else for (const item of Array.isArray(field) ? field : [field]) appendPart(form, { name, item, type })
  }
  return { body: form }
}

/** The names and values of a form, not encoded. */
function pairsOf(text: string): (readonly [name: string, value: string])[] {
  const pairs = text.split('&').filter(Boolean)
  return pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=').map(decodeURIComponent)
    return [name, value.join('=')]
  })
}

function appendPart(
  form: FormData,
  { name, item, type }: { name: string; item: unknown; type: string | undefined },
): void {
  if (isAbsent(item, type)) return
  if (item instanceof Blob) {
    // A File is a Blob with a name; `File` itself is not a global everywhere.
    if (type) form.append(name, new Blob([item], { type }), (item as { name?: string }).name ?? 'blob')
    else form.append(name, item)
    return
  }
  const text = fieldText(item, type)
  const isObject = typeof item === 'object' && !(item instanceof Date)
  if (type || isObject) form.append(name, new Blob([text], { type: type ?? 'application/json' }))
  else form.append(name, text)
}

/**
 * `application/x-www-form-urlencoded`: arrays as repeated fields, objects as JSON; `undefined` is no field, and neither
 * is `null` but as JSON.
 */
export function urlencoded(value: object | undefined, encoding: FormEncoding = {}): RequestBody | undefined {
  if (value === undefined) return undefined
  const parts: string[] = []
  for (const [name, field] of Object.entries(value)) {
    const { style, contentType: type } = own(encoding, name) ?? {}
    if (style) parts.push(style(field))
    else
      for (const item of Array.isArray(field) ? field : [field])
        if (!isAbsent(item, type)) parts.push(`${new URLSearchParams([[name, fieldText(item, type)]])}`)
  }
  return { mediaType: 'application/x-www-form-urlencoded', body: parts.filter(Boolean).join('&') }
}

/** A form has no word for `null`. */
function isAbsent(item: unknown, type: string | undefined): boolean {
  return item === undefined || (item === null && !/json$/.test(type ?? ''))
}

function fieldText(item: unknown, type: string | undefined): string {
  if (item instanceof Date) return item.toISOString()
  return (typeof item === 'object' && item !== null) || /json$/.test(type ?? '') ? JSON.stringify(item) : String(item)
}
