/** `type: object`: fields and what may stand beside them. */
import { NEVER, UNKNOWN, unionOf } from '../../../combine.js'
import type { Field, ObjectType, Type } from '../../../ir.js'
import { child, isObject, items, members, type Node } from '../node.js'
import { conditionalProperties } from './conditions.js'
import { objectKeyword, peek, refuse, type SchemaContext, type Scope } from './context.js'
import { docsOf } from './docs.js'

/** More keys than these, in `propertyNames`, are a type of text and no list of fields. */
const MAX_NAMED_KEYS = 200

/** An object without a word on its members takes any. */
export function readObject(node: Node, scope: Scope): ObjectType {
  const fields = readFields(node, scope)
  const rest = readRest(node, scope)
  const keys = fields.length === 0 ? namedKeys(node, scope.context) : undefined
  const title = peek(node, 'title')
  const named = keys?.map((name): Field => ({ name, type: rest ?? UNKNOWN, optional: true }))
  const all = named ?? fields
  const other = all.length === 0 ? (rest ?? UNKNOWN) : rest?.kind === 'never' || named ? undefined : rest
  return {
    kind: 'object',
    fields: all,
    ...(other === undefined ? {} : { rest: other }),
    ...(typeof title === 'string' && title.trim() !== '' ? { title } : {}),
    ...(peek(node, 'x-ms-sse-terminal-event') === true ? { terminal: true } : {}),
  }
}

function readFields(node: Node, scope: Scope): Field[] {
  const properties = objectKeyword(node, 'properties', scope.context)
  const own = properties === undefined ? [] : members(properties)
  const required = new Set(requiredNames(node, scope.context))
  const fields = own.map(({ key, node: schema }) =>
    readField({ name: key, schema, optional: !required.delete(key) }, scope),
  )
  const conditional = conditionalFields(node, scope)
  if (conditional.length > 0) {
    const names = new Set(own.map(({ key }) => key))
    const added = conditional.filter(({ name }) => !names.has(name))
    fields.push(...added.map((field) => ({ ...field, optional: !required.delete(field.name) })))
  }
  // A name that is required here and described around here, as in `oneOf: [{ required: [a] }, { required: [b] }]`.
  const further = [...required].map((name): Field => {
    const schema = scope.given?.property(name)
    if (schema === undefined) return { name, type: UNKNOWN, optional: false }
    return readField({ name, schema, optional: false }, scope)
  })
  return [...fields, ...further]
}

/** Fields that are there under a condition may be there; where nothing else may, they are not. */
function conditionalFields(node: Node, scope: Scope): readonly Field[] {
  const properties = conditionalProperties(node, scope.context)
  if (properties.length === 0 || peek(node, 'additionalProperties') === false) return []
  const found = new Map<string, Field>()
  for (const { name, schema } of properties) {
    const field = readField({ name, schema, optional: true }, scope)
    const known = found.get(name)
    found.set(name, known === undefined ? field : { ...known, type: unionOf([known.type, field.type]) })
  }
  return [...found.values()]
}

function readField(
  { name, schema, optional }: { readonly name: string; readonly schema: Node; readonly optional: boolean },
  scope: Scope,
): Field {
  const type = scope.context.nested(schema, scope)
  const docs = docsOf(schema)
  const access = accessOf(schema, scope.context)
  return {
    name,
    type,
    optional,
    ...(access === undefined ? {} : { access }),
    ...(Object.keys(docs).length === 0 ? {} : { docs }),
  }
}

/** The names in `required`. The boolean of JSON Schema's draft 3 is passed over. */
function requiredNames(node: Node, context: SchemaContext): string[] {
  const stated = peek(node, 'required')
  if (stated === undefined || typeof stated === 'boolean') return []
  const list = child(node, 'required')
  if (!Array.isArray(list.value)) return refuse(list, 'an array of names', context)
  return items(list).map((item) => (typeof item.value === 'string' ? item.value : refuse(item, 'a name', context)))
}

/** `readOnly` or `writeOnly`, of the property or of the schema it refers to; nothing where both are stated. */
function accessOf(schema: Node, context: SchemaContext): Field['access'] {
  const target = context.target(schema)?.node
  const has = (keyword: string): boolean =>
    peek(schema, keyword) === true || (target !== undefined && peek(target, keyword) === true)
  const isReadOnly = has('readOnly')
  if (isReadOnly === has('writeOnly')) return undefined
  return isReadOnly ? 'readOnly' : 'writeOnly'
}

const REST = ['additionalProperties', 'unevaluatedProperties'] as const

/** What members without a property may be; `undefined` where nothing is said, `never` where there may be none. */
function readRest(node: Node, scope: Scope): Type | undefined {
  const patterns = objectKeyword(node, 'patternProperties', scope.context)
  const own = patterns === undefined ? [] : members(patterns).map((one) => scope.context.nested(one.node, scope))
  const keyword = REST.find((one) => peek(node, one) !== undefined)
  if (keyword === undefined) return own.length === 0 ? undefined : unionOf(own)
  const additional = child(node, keyword)
  if (additional.value !== false) return unionOf([...own, scope.context.nested(additional, scope)])
  return own.length === 0 ? NEVER : unionOf(own)
}

/** The keys that `propertyNames` lists, in place or by reference. */
function namedKeys(node: Node, context: SchemaContext): string[] | undefined {
  const names = child(node, 'propertyNames')
  if (!isObject(names.value)) return undefined
  const list = peek(context.target(names)?.node ?? names, 'enum')
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_NAMED_KEYS) return undefined
  const keys = list.filter((name) => typeof name === 'string')
  return keys.length === list.length ? keys : undefined
}
