/** Body and form parameters of Swagger 2.0 to a Request Body Object; the others stay what they are. */
import { escapeSegment, isObject, type JsonObject } from './node.js'
import type { Upgrade } from './upgrade-root.js'

/** A parameter, and where it stands in the file as written. */
interface Written {
  readonly value: JsonObject
  readonly pointer: string
}

export interface Split {
  /** Parameters that stay; references to such among them. */
  readonly parameters: readonly JsonObject[]
  readonly body: Written | undefined
  readonly form: readonly Written[]
}

export function isFormOrBody(value: unknown): boolean {
  return isObject(value) && (value['in'] === 'body' || value['in'] === 'formData')
}

/**
 * Sorts a list of parameters. `undefined` for what is no list of parameters: the readers say so with the place.
 * @param list.pointer - of the list, in the file as written and in the result.
 */
export function splitParameters(
  list: { readonly value: unknown; readonly pointer: string },
  upgrade: Upgrade,
): Split | undefined {
  if (list.value === undefined) return { parameters: [], body: undefined, form: [] }
  if (!Array.isArray(list.value)) return undefined
  const written: Written[] = []
  for (const [index, value] of list.value.entries()) {
    if (!isObject(value)) return undefined
    const found = dereference({ value, pointer: `${list.pointer}/${index}` }, upgrade)
    if (typeof found.value['in'] !== 'string' && typeof found.value['$ref'] !== 'string') return undefined
    written.push(found)
  }
  const staying = written.filter(({ value }) => !isFormOrBody(value))
  for (const [index, { value, pointer }] of staying.entries()) {
    upgrade.moves.set(`${list.pointer}/${index}`, pointer)
    upgrade.moves.set(`${list.pointer}/${index}/schema`, pointer)
    warnOfFormat({ value, pointer }, upgrade)
  }
  const form = written.filter(({ value }) => value['in'] === 'formData')
  for (const field of form) warnOfFormat(field, upgrade)
  return {
    parameters: staying.map(({ value }) => value),
    body: written.find(({ value }) => value['in'] === 'body'),
    form,
  }
}

/** Follows a reference to a body or form parameter of the root; leaves every other one to the upgrader. */
function dereference(written: Written, { document }: Upgrade): Written {
  const reference = written.value['$ref']
  const name = typeof reference === 'string' ? /^#\/parameters\/([^/]+)$/.exec(reference)?.[1] : undefined
  if (name === undefined || !isObject(document['parameters'])) return written
  const key = name.replaceAll('~1', '/').replaceAll('~0', '~')
  const target = Object.hasOwn(document['parameters'], key) ? document['parameters'][key] : undefined
  if (!isObject(target) || !isFormOrBody(target)) return written
  return { value: target, pointer: `/parameters/${escapeSegment(key)}` }
}

/** OpenAPI 3 has no style for values between tabs, and only commas outside of queries and forms. */
function warnOfFormat({ value, pointer }: Written, { file, report }: Upgrade): void {
  const format = value['collectionFormat']
  const isPair = value['in'] === 'query' || value['in'] === 'formData'
  const isKnown = isPair ? format !== 'tsv' : format === undefined || format === 'csv'
  if (value['type'] !== 'array' || isKnown) return
  report({
    severity: 'warning',
    code: 'collection-format',
    message: `the collection format ${JSON.stringify(format)} cannot be written here; ${value['in'] === 'query' ? 'the name is repeated for each value' : 'values are joined by commas'}`,
    place: { file, pointer },
    hint: 'declare another collectionFormat if the server takes one',
  })
}

export interface BodyTarget {
  /** Pointer of the Request Body Object in the result. */
  readonly at: string
  /** What the operation consumes, its own or the document's. */
  readonly consumes: readonly string[]
}

/** The Request Body Object; `undefined` where there is neither a body nor a form. */
export function convertBody(
  { body, form }: Split,
  { at, consumes }: BodyTarget,
  upgrade: Upgrade,
): JsonObject | undefined {
  if (body) return convertBodyParameter(body, { at, consumes }, upgrade)
  return form.length > 0 ? convertForm(form, { at, consumes }, upgrade) : undefined
}

function convertBodyParameter(
  { value, pointer }: Written,
  { at, consumes }: BodyTarget,
  { moves }: Upgrade,
): JsonObject {
  const { name: _name, in: _in, schema = {}, ...rest } = value
  moves.set(at, pointer)
  const types = consumes.length > 0 ? consumes : ['application/json']
  for (const type of types) {
    moves.set(`${at}/content/${escapeSegment(type)}`, pointer)
    moves.set(`${at}/content/${escapeSegment(type)}/schema`, `${pointer}/schema`)
  }
  return { ...rest, content: Object.fromEntries(types.map((type) => [type, { schema }])) }
}

const FORM_TYPES = ['multipart/form-data', 'application/x-www-form-urlencoded']
const [MULTIPART = '', URLENCODED = ''] = FORM_TYPES

function convertForm(form: readonly Written[], { at, consumes }: BodyTarget, { moves }: Upgrade): JsonObject {
  const fields = form.filter(({ value }) => typeof value['name'] === 'string')
  const hasFile = fields.some(({ value }) => value['type'] === 'file')
  const stated = consumes.filter((type) => FORM_TYPES.includes(type) && (!hasFile || type === MULTIPART))
  const types = stated.length > 0 ? stated : [hasFile ? MULTIPART : URLENCODED]
  const schema = {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ value }) => [String(value['name']), fieldSchema(value)])),
    required: fields.filter(({ value }) => value['required'] === true).map(({ value }) => String(value['name'])),
  }
  const encoding = Object.fromEntries(
    fields
      .filter(({ value }) => value['type'] === 'array')
      .map(({ value }) => [String(value['name']), encodingOf(value)]),
  )
  moves.set(at, form[0]?.pointer ?? '')
  for (const type of types) {
    const content = `${at}/content/${escapeSegment(type)}`
    moves.set(content, form[0]?.pointer ?? '')
    const base = `${content}/schema`
    for (const { value, pointer } of fields) {
      moves.set(`${base}/properties/${escapeSegment(String(value['name']))}`, pointer)
    }
  }
  const content = { schema, ...(Object.keys(encoding).length > 0 && { encoding }) }
  return { content: Object.fromEntries(types.map((type) => [type, content])), required: schema.required.length > 0 }
}

/** All that a form parameter says of its value. */
function fieldSchema(value: JsonObject): JsonObject {
  const {
    name: _name,
    in: _in,
    required: _required,
    collectionFormat: _format,
    allowEmptyValue: _empty,
    ...schema
  } = value
  return schema
}

/** `collectionFormat` in the terms of an Encoding Object; values between tabs have none and are joined by commas. */
function encodingOf({ collectionFormat }: JsonObject): JsonObject {
  switch (collectionFormat) {
    case 'multi':
      return { style: 'form', explode: true }
    case 'ssv':
      return { style: 'spaceDelimited', explode: false }
    case 'pipes':
      return { style: 'pipeDelimited', explode: false }
    default:
      return { style: 'form', explode: false }
  }
}
