/** The keyword `type`, stated or implied, and the part of a schema that is not composition. */
import { NULL, unionOf } from '../../../combine.js'
import { InputError } from '../../../diagnostics.js'
import type { Type } from '../../../ir.js'
import { child, isObject, type Node } from '../node.js'
import { readArray } from './array.js'
import { peek, type SchemaContext, type Scope, type TypeName } from './context.js'
import { readObject } from './object.js'
import { readText } from './text.js'
import { readValues } from './values.js'

const NAMES: readonly TypeName[] = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object', 'file']

/** The lists of one name, made once: nearly every schema states one. */
const ALONE: ReadonlyMap<string, readonly TypeName[]> = new Map(NAMES.map((name) => [name, [name]]))
const NOTHING: readonly TypeName[] = []

/** Keywords that say what a schema without `type` is of. */
const IMPLIED: readonly { readonly type: TypeName; readonly keywords: readonly string[] }[] = [
  {
    type: 'object',
    keywords: [
      'properties',
      'required',
      'additionalProperties',
      'patternProperties',
      'propertyNames',
      'unevaluatedProperties',
      'x-ms-sse-terminal-event',
    ],
  },
  { type: 'array', keywords: ['items', 'prefixItems'] },
  { type: 'string', keywords: ['contentMediaType', 'contentSchema', 'contentEncoding'] },
]

/**
 * The names in `type`, which is one or an array of them.
 * @throws InputError of code `schema-type` for anything else.
 */
export function statedTypes(node: Node, context: SchemaContext): readonly TypeName[] {
  const stated = peek(node, 'type')
  if (stated === undefined) return NOTHING
  const known = typeof stated === 'string' ? ALONE.get(stated) : undefined
  if (known !== undefined) return known
  const all: readonly unknown[] = Array.isArray(stated) ? stated : [stated]
  const names = all.flatMap((value) => NAMES.find((name) => name === value) ?? [])
  if (names.length === all.length && names.length > 0) return names
  throw new InputError({
    code: 'schema-type',
    message: `${JSON.stringify(stated)?.slice(0, 60)} is no type of JSON Schema`,
    place: context.documents.place(child(node, 'type').at),
    hint: `use one of ${NAMES.slice(0, 7).join(', ')} in quotes, or an array of them`,
  })
}

/** The types that a schema without `type` is meant to have by its other keywords; none where they say nothing. */
export function impliedTypes(node: Node): readonly TypeName[] {
  const has = (keyword: string): boolean => isObject(node.value) && Object.hasOwn(node.value, keyword)
  const found = IMPLIED.find(({ keywords }) => keywords.some(has))
  if (found !== undefined) return [found.type]
  const format = peek(node, 'format')
  return format === 'binary' || format === 'byte' ? ['string'] : NOTHING
}

/** The type of the values that `const` or `enum` list, or of the names in `type`; `undefined` where nothing is said. */
export function readOwn(
  node: Node,
  { types, scope }: { readonly types: readonly TypeName[]; readonly scope: Scope },
): Type | undefined {
  const values = readValues(node, scope.context)
  if (values !== undefined) return withContent({ node, values, types }, scope)
  const [only] = types
  if (only === undefined) return undefined
  if (types.length === 1) return ofName(only, { node, scope })
  return unionOf(types.map((type) => ofName(type, { node, scope })))
}

/** One fixed text that is said to be of a media type stays known as such: it may be the end of a stream. */
function withContent(
  { node, values, types }: { readonly node: Node; readonly values: Type; readonly types: readonly TypeName[] },
  scope: Scope,
): Type {
  const isText = types.length === 0 || types.includes('string')
  if (!isText || values.kind !== 'literal' || typeof values.value !== 'string') return values
  const text = readText(node, scope)
  return text.kind === 'embedded' ? { ...text, value: values.value } : values
}

function ofName(type: TypeName, { node, scope }: { readonly node: Node; readonly scope: Scope }): Type {
  switch (type) {
    case 'string':
      // Kubernetes: the value of a field such as a port may be a number.
      if (peek(node, 'format') === 'int-or-string') return unionOf([{ kind: 'number' }, { kind: 'string' }])
      return readText(node, scope)
    case 'file':
      return { kind: 'binary' }
    case 'integer':
      return { kind: 'number' }
    case 'null':
      return NULL
    case 'array':
      return readArray(node, scope)
    case 'object':
      return readObject(node, scope)
    default:
      return { kind: type }
  }
}
