/** Encoding Objects of forms (OpenAPI 3.2 section 4.15) to `FieldEncoding`. */
import { target, variants } from '../../flatten.js'
import type { FieldEncoding, ParameterStyle, Type, TypeTable } from '../../ir.js'
import { child, type Node } from './node.js'
import { entriesAt, flagOf, objectAt, type Reading, refuseShape, textOf } from './shape.js'
import { undefinedStyle } from './undefined-styles.js'

type EncodingReading = Reading & { readonly schemas: TypeTable }

interface Form {
  /** The Media Type Object. */
  readonly media: Node
  readonly type: Type
}

const STYLES: readonly ParameterStyle[] = ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject']

/** How the fields of a form are written where `encoding` says so. A part of a form cannot be given headers. */
export function readEncoding({ media, type }: Form, reading: EncodingReading): FieldEncoding[] {
  const fields = entriesAt(child(media, 'encoding'), reading)
  if (fields.length === 0) return []
  const types = fieldTypes(type, reading.schemas)
  return fields.map(({ key: name, node: entry }) => {
    const node = objectAt(entry, reading) ?? refuseShape(entry, 'an encoding', reading)
    if (entriesAt(child(node, 'headers'), reading).length > 0) reportHeaders({ name, node }, reading)
    return readField({ name, node, type: types.get(name) ?? { kind: 'unknown' } }, reading)
  })
}

/** The fields of all that the form can be; the first one of a name counts. */
function fieldTypes(type: Type, table: TypeTable): ReadonlyMap<string, Type> {
  const all = (variants(type, table) ?? []).flatMap(({ fields }) => [...fields.values()])
  return new Map(all.toReversed().map((field) => [field.name, field.type]))
}

interface FormField {
  readonly name: string
  /** The Encoding Object. */
  readonly node: Node
  readonly type: Type
}

function readField(field: FormField, reading: EncodingReading): FieldEncoding {
  const { name, node } = field
  const style = readStyle(field, reading)
  const contentType = textOf(node, 'contentType', reading)
  // Several media types, or a wildcard, leave it to the Blob that is given.
  const isOne = contentType !== undefined && !/[,*]/.test(contentType)
  return { name, ...(style !== undefined ? { style } : isOne ? { contentType } : {}) }
}

/** A style that is stated, where it makes a difference. Octets are one part each, whatever is stated. */
function readStyle({ name, node, type }: FormField, reading: EncodingReading): FieldEncoding['style'] {
  const stated = textOf(node, 'style', reading)
  const allowReserved = flagOf(node, 'allowReserved', reading)
  const exploded = flagOf(node, 'explode', reading)
  const isStated = stated !== undefined || allowReserved !== undefined || exploded !== undefined
  if (!isStated || isOctets(type, reading.schemas)) return undefined
  const style = STYLES.find((candidate) => candidate === stated) ?? 'form'
  const explode = exploded ?? style === 'form'
  const serialization = { kind: 'style', style, explode, allowReserved: allowReserved === true } as const
  const unclear = undefinedStyle({ in: 'query', serialization, type }, reading.schemas)
  if (unclear !== undefined) {
    const place = reading.documents.place(node.at)
    const message = `the field "${name}" of this form ${unclear.message}`
    reading.report({ severity: 'warning', code: 'form-style', message, place, hint: unclear.hint })
  }
  const isAsUsual = style === 'form' && explode && allowReserved !== true && !isObject(type, reading.schemas)
  return isAsUsual ? undefined : serialization
}

function isOctets(type: Type, table: TypeTable): boolean {
  const found = target(type, table)
  return found.kind === 'binary' || (found.kind === 'array' && target(found.items, table).kind === 'binary')
}

function isObject(type: Type, table: TypeTable): boolean {
  const { kind } = target(type, table)
  return kind === 'object' || kind === 'intersection'
}

/** `FormData` has no way to say more of a part than its media type and its file name. */
function reportHeaders({ name, node }: Omit<FormField, 'type'>, { documents, report }: Reading): void {
  report({
    severity: 'warning',
    code: 'form-headers',
    message: `the headers of the field "${name}" cannot be written into a form; they are left out`,
    place: documents.place(child(node, 'headers').at),
    hint: 'if the server needs them, send the request by fetch',
  })
}
