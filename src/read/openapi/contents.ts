/** Request Body, Response and Media Type Objects (OpenAPI 3.2 sections 4.13 to 4.17) to `Body` and `Reply`. */
import { InputError } from '../../diagnostics.js'
import { target, variants } from '../../flatten.js'
import type { Body, BodyContent, BodyFormat, Content, Reply, Type } from '../../ir.js'
import { isForm, isJson, parseMediaType } from '../../media-type.js'
import { readEncoding } from './form-encoding.js'
import { BARE, INHERITED } from './media-type-marks.js'
import { child, isObject, members, type Node } from './node.js'
import type { SchemaReader } from './schema.js'
import { docsOf, entriesAt, extensionsOf, flagOf, objectAt, type Reading, refuseShape } from './shape.js'

/** What reading media types needs. */
export type ContentReading = Reading & { readonly schemas: SchemaReader }

/** A reference to a schema, where another component is meant, would read as one without content. */
function refuseSchema(
  { from, to, expected }: { readonly from: Node; readonly to: Node; readonly expected: string },
  { documents }: Reading,
): void {
  if (!/^\/components\/schemas\/[^/]+$/.test(to.at.pointer)) return
  throw new InputError({
    code: 'ref-invalid',
    message: `${expected} is expected here, and the reference leads to a schema`,
    place: documents.place(from.at),
    hint: 'write the schema under "content", below a media type',
  })
}

/** The body of a request; `undefined` where none is declared. */
export function readBody(node: Node, reading: ContentReading): Body | undefined {
  const body = objectAt(node, reading)
  if (body === undefined) return undefined
  refuseSchema({ from: node, to: body, expected: 'a request body' }, reading)
  const contents = mediaTypesOf(body, reading).flatMap(({ key, node: media }) => {
    const content = readBodyContent({ mediaType: key, media }, reading)
    return content === undefined ? [] : [content]
  })
  if (contents.length === 0) return undefined
  return { required: flagOf(body, 'required', reading) === true, contents: distinct(contents), docs: docsOf(body) }
}

/**
 * Media types of JSON, or of forms, that are typed alike are one choice for the caller: the first one. Where there are
 * several of patches (RFC 6902, RFC 7396) each stays, since it says what the server does with the body, and so does each
 * of text and of octets, where the caller writes what it says.
 */
function distinct(contents: readonly BodyContent[]): BodyContent[] {
  const seen = new Set<string>()
  const hasPatches = contents.filter(({ mediaType }) => PATCH.test(mediaType)).length > 1
  return contents.filter(({ format, mediaType, type }) => {
    const isOwn = format === 'text' || format === 'binary' || (hasPatches && PATCH.test(mediaType))
    const id = `${format} ${isOwn ? mediaType.toLowerCase() : ''} ${JSON.stringify(type)}`
    return !seen.has(id) && seen.add(id)
  })
}

const PATCH = /patch\+json$/

function readBodyContent(
  { mediaType, media }: { mediaType: string; media: Node },
  reading: ContentReading,
): BodyContent | undefined {
  const schema = child(media, 'schema')
  const type: Type = schema.value === undefined ? { kind: 'unknown' } : reading.schemas.read(schema)
  const isOctets = mediaType.includes('*') && target(type, reading.schemas).kind === 'binary'
  const format = isOctets ? 'binary' : bodyFormat(mediaType)
  const place = reading.documents.place(media.at)
  if (format === undefined) {
    reading.report({
      severity: 'warning',
      code: 'body-media-type',
      message: `a body of ${JSON.stringify(mediaType)} cannot be written; this media type is left out`,
      place,
      hint: 'declare the body as JSON, multipart/form-data, application/x-www-form-urlencoded, text or octets',
    })
    return undefined
  }
  return {
    mediaType: concrete(mediaType, format),
    format,
    type: typeFor({ format, type }, reading),
    encoding: readEncoding({ media, type }, reading),
  }
}

/** What the caller gives: text and octets as such, the fields of a form as an object. */
function typeFor({ format, type }: { format: BodyFormat; type: Type }, { schemas }: ContentReading): Type {
  if (format === 'binary') return { kind: 'binary' }
  if (format === 'text') return { kind: 'string' }
  if (format === 'json' || variants(type, schemas)?.every(({ open }) => !open)) return type
  return { kind: 'object', fields: [], rest: { kind: 'unknown' } }
}

/** A wildcard cannot be sent as a Content-Type; that of octets is left to the Blob. */
function concrete(mediaType: string, format: BodyFormat): string {
  if (!mediaType.includes('*') || format === 'binary') return mediaType
  return format === 'json' ? 'application/json' : 'text/plain'
}

function bodyFormat(mediaType: string): BodyFormat | undefined {
  const essence = parseMediaType(mediaType)?.essence
  if (essence === undefined) return undefined
  if (isJson(essence) || essence === '*/*' || essence === 'application/*') return 'json'
  if (essence === 'multipart/form-data') return 'multipart'
  if (essence.startsWith('multipart/')) return undefined
  if (isForm(essence)) return 'urlencoded'
  return /^text\/|[/+](xml|yaml|x-yaml|x-ndjson|jsonl|graphql|sdp)$/.test(essence) ? 'text' : 'binary'
}

/** The replies of an operation in the order of the document. */
export function readReplies(node: Node, reading: ContentReading): Reply[] {
  if (objectAt(node, reading) === undefined) return []
  return members(node)
    .filter(({ key }) => !key.startsWith('x-'))
    .map(({ key, node: entry }) => {
      const reply = objectAt(entry, reading) ?? refuseShape(entry, 'a response', reading)
      refuseSchema({ from: entry, to: reply, expected: 'a response' }, reading)
      reading.budget.spend(reply)
      entriesAt(child(reply, 'headers'), reading)
      return {
        status: key.toUpperCase() === 'DEFAULT' ? 'default' : key.toUpperCase(),
        contents: mediaTypesOf(reply, reading).map(({ key: mediaType, node: media }) =>
          readContent({ mediaType, media }, reading),
        ),
        docs: docsOf(reply),
        extensions: extensionsOf(reply),
        place: reading.documents.place(entry.at),
      }
    })
}

function readContent({ mediaType, media }: { mediaType: string; media: Node }, reading: ContentReading): Content {
  const schema = child(media, 'schema')
  const item = child(media, 'itemSchema')
  return {
    mediaType,
    ...(schema.value === undefined ? {} : { type: reading.schemas.read(withoutBounds(schema, mediaType)) }),
    ...(item.value === undefined ? {} : { itemType: reading.schemas.read(item) }),
    inherited: child(media, INHERITED).value === true,
    bare: child(media, BARE).value === true,
    extensions: extensionsOf(media),
    place: reading.documents.place(media.at),
  }
}

const BOUNDS: readonly string[] = ['maxLength', 'minLength', 'description']

/** Bounds alone are those of a stream of octets, and no assertion of a type (OpenAPI 3.2, "Binary Streams"). */
function withoutBounds(schema: Node, mediaType: string): Node {
  const isBounded = isObject(schema.value) && Object.keys(schema.value).every((keyword) => BOUNDS.includes(keyword))
  return isBounded && !isJson(parseMediaType(mediaType)?.essence ?? '') ? { ...schema, value: true } : schema
}

/** The entries of `content`, each followed to its Media Type Object (`components.mediaTypes` of 3.2 is reached by `$ref`). */
function mediaTypesOf(node: Node, reading: Reading): { readonly key: string; readonly node: Node }[] {
  const content = child(node, 'content')
  if (objectAt(content, reading) === undefined) return []
  return members(content).map(({ key, node: entry }) => {
    reading.budget.spend(entry)
    return { key, node: objectAt(entry, reading) ?? refuseShape(entry, 'a media type', reading) }
  })
}
