/** Parameter Object (OpenAPI 3.2 section 4.12) to `Parameter`. */
import { InputError } from '../../diagnostics.js'
import { target } from '../../flatten.js'
import type { Docs, Parameter, ParameterStyle, Serialization, Type } from '../../ir.js'
import { isForm, isJson, parseMediaType } from '../../media-type.js'
import { child, type Node } from './node.js'
import type { SchemaReader } from './schema.js'
import { asJson, docsOf, entriesAt, flagOf, itemsAt, objectAt, type Reading, refuseShape, textOf } from './shape.js'
import { reportUndefinedStyle } from './undefined-styles.js'

/** Tokens of RFC 9110 section 5.6.2, which names of headers and cookies must be. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** Headers that the specification tells us to ignore as parameters: other parts of the document decide them. */
const DECIDED_ELSEWHERE: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization'])

const LOCATIONS: readonly Parameter['in'][] = ['path', 'query', 'header', 'cookie', 'querystring']

const STYLES: Readonly<Record<Exclude<Parameter['in'], 'querystring'>, readonly ParameterStyle[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
}

/**
 * The parameters of an operation: its own and those of its path item that it does not replace, path parameters as
 * they come, without the headers that the specification ignores. Without a security scheme nothing sends a declared
 * `Authorization`, which is a warning.
 * @throws InputError for a parameter without a name or a location.
 */
export function readParameters(
  lists: { own: Node; shared: Node; isSecured: boolean },
  reading: Reading & { schemas: SchemaReader },
): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const list of [lists.own, lists.shared]) {
    const here = new Set<string>()
    for (const item of itemsAt(list, reading)) {
      const parameter = readParameter(item, reading)
      if (parameter === undefined) {
        if (!lists.isSecured) reportCredential(item, reading)
        continue
      }
      const id = `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`
      if (here.has(id)) reportRepeated(parameter, reading)
      here.add(id)
      if (!found.has(id)) found.set(id, parameter)
    }
  }
  return [...found.values()]
}

/** Says so of `Authorization`; the other two headers are sent as the body and the reply want them. */
function reportCredential(item: Node, reading: Reading): void {
  const name = child(reading.documents.follow(item), 'name').value
  if (typeof name !== 'string' || name.toLowerCase() !== 'authorization') return
  reading.report({
    severity: 'warning',
    code: 'parameter-authorization',
    message:
      'the header parameter "Authorization" is ignored (OpenAPI, "Parameter Object"), and no security scheme stands for it',
    place: reading.documents.place(item.at),
    hint: 'declare a security scheme, or supply the header by "headers"',
  })
}

function reportRepeated(parameter: Parameter, { report }: Reading): void {
  report({
    severity: 'warning',
    code: 'parameter-repeated',
    message: `the ${parameter.in} parameter "${parameter.name}" stands here twice; the first one counts`,
    place: parameter.place,
    hint: 'remove one of the two',
  })
}

function reportUntyped(item: Node, name: string, { documents, report }: Reading): void {
  report({
    severity: 'warning',
    code: 'parameter-untyped',
    message: `the parameter ${JSON.stringify(name)} has neither "schema" nor "content" with one; it takes a string`,
    place: documents.place(item.at),
    hint: 'add a schema',
  })
}

function readParameter(item: Node, reading: Reading & { schemas: SchemaReader }): Parameter | undefined {
  const node = objectAt(item, reading) ?? refuseShape(item, 'a parameter', reading)
  reading.budget.spend(node)
  const place = reading.documents.place(item.at)
  const location = LOCATIONS.find((candidate) => candidate === child(node, 'in').value)
  const name = textOf(node, 'name', reading) ?? (location === 'querystring' ? 'querystring' : undefined)
  if (name === undefined || location === undefined) {
    throw new InputError({
      code: 'parameter-shape',
      message: 'a parameter needs a "name" and an "in" that is path, query, querystring, header or cookie',
      place,
      hint: 'complete the parameter',
    })
  }
  if (location === 'header' && DECIDED_ELSEWHERE.has(name.toLowerCase())) return undefined
  if ((location === 'header' || location === 'cookie') && !TOKEN.test(name)) {
    throw new InputError({
      code: 'parameter-name',
      message: `${JSON.stringify(name)} cannot be the name of a ${location} (RFC 9110 section 5.6.2)`,
      place,
      hint: 'use letters, digits and - only',
    })
  }
  const schema = child(node, 'schema')
  const [media] = entriesAt(child(node, 'content'), reading)
  const typed = media === undefined ? schema : child(objectAt(media.node, reading) ?? media.node, 'schema')
  if (typed.value === undefined && location !== 'querystring') reportUntyped(item, name, reading)
  const preset = child(reading.documents.follow(typed), 'default').value
  const parameter: Parameter = {
    name,
    in: location,
    required: location === 'path' || flagOf(node, 'required', reading) === true,
    serialization: serializationOf({ node, location, mediaType: media?.key }, reading),
    type: typeOf({ schema: typed, mediaType: media?.key }, reading),
    ...(preset === undefined ? {} : { default: asJson(preset) }),
    docs: joined(docsOf(node), reading.schemas.docs(typed)),
    place,
  }
  reportUndefinedStyle(parameter, reading)
  return parameter
}

/** What the caller gives. Under a media type that is neither JSON nor a form it is the text itself. */
function typeOf(
  { schema, mediaType }: { schema: Node; mediaType: string | undefined },
  { schemas }: { schemas: SchemaReader },
): Type {
  if (schema.value === undefined) return { kind: 'string' }
  const type = schemas.read(schema)
  const essence = mediaType === undefined ? undefined : parseMediaType(mediaType)?.essence
  if (essence === undefined || isJson(essence) || essence === '*/*' || isForm(essence)) return type
  const { kind } = target(type, schemas)
  return kind === 'number' || kind === 'boolean' ? type : { kind: 'string' }
}

/** The words of a parameter, or where it has none those of its schema, and the facts of the schema. */
function joined(own: Docs, schema: Docs): Docs {
  return { ...schema, ...own }
}

function serializationOf(
  { node, location, mediaType }: { node: Node; location: Parameter['in']; mediaType: string | undefined },
  reading: Reading,
): Serialization {
  if (location === 'querystring')
    return { kind: 'content', mediaType: mediaType ?? 'application/x-www-form-urlencoded' }
  if (mediaType !== undefined) return { kind: 'content', mediaType }
  const allowed = STYLES[location]
  const stated = textOf(node, 'style', reading)
  const style = allowed.find((candidate) => candidate === stated) ?? allowed[0] ?? 'simple'
  if (stated !== undefined && style !== stated) {
    reading.report({
      severity: 'warning',
      code: 'parameter-style',
      message: `the style "${stated}" is not defined for a ${location} parameter; "${style}" is used`,
      place: reading.documents.place(node.at),
      hint: `use one of: ${allowed.join(', ')}`,
    })
  }
  const explode = flagOf(node, 'explode', reading) ?? (style === 'form' || style === 'cookie')
  return { kind: 'style', style, explode, allowReserved: flagOf(node, 'allowReserved', reading) === true }
}
