/** `const` and `enum`: values as types. */
import { NULL, UNKNOWN, unionOf } from '../../../combine.js'
import type { Type } from '../../../ir.js'
import { limitError } from '../../../limits.js'
import { child, isObject, items, members, type Node } from '../node.js'
import { peek, refuse, type SchemaContext, warn } from './context.js'

/** Arrays and objects in an `enum` are written out up to this many values. */
const MAX_WRITTEN = 100

/** The type that has the value of `const` only, or those of `enum`; `undefined` where the schema has neither. */
export function readValues(node: Node, context: SchemaContext): Type | undefined {
  if (peek(node, 'const') !== undefined) return typeOfValue(child(node, 'const'), context)
  if (peek(node, 'enum') === undefined) return undefined
  const list = child(node, 'enum')
  if (!Array.isArray(list.value)) return refuse(list, 'an array of values', context)
  if (list.value.length > context.limits.enumMembers) {
    throw limitError({
      name: 'enumMembers',
      limits: context.limits,
      message: `an enum of ${list.value.length} values exceeds`,
      place: context.documents.place(list.at),
    })
  }
  return list.value.length === 0 ? undefined : unionOf(items(list).map((item) => typeOfValue(item, context)))
}

function typeOfValue(node: Node, context: SchemaContext): Type {
  if (weight(node.value) <= MAX_WRITTEN) return literal(node)
  warn(
    {
      node,
      code: 'schema-enum',
      message: `a value of more than ${MAX_WRITTEN} parts is not written out as a type; it is unknown`,
      hint: 'describe it by properties or items',
    },
    context,
  )
  return UNKNOWN
}

/** How many values there are in a value; counting stops beyond the bound. */
function weight(value: unknown): number {
  let total = 0
  const waiting = [value]
  for (let next = waiting.pop(); next !== undefined && total <= MAX_WRITTEN; next = waiting.pop()) {
    total += 1
    if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next).slice(0, MAX_WRITTEN + 1))
  }
  return total
}

function literal(node: Node): Type {
  const { value } = node
  if (value === null) return NULL
  if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'literal', value }
  // What JSON.parse cannot hold becomes Infinity, which no literal type can name.
  if (typeof value === 'number') return Number.isFinite(value) ? { kind: 'literal', value } : { kind: 'number' }
  if (Array.isArray(value)) return { kind: 'tuple', items: items(node).map(literal), required: value.length }
  if (!isObject(value)) return UNKNOWN
  const fields = members(node).map(({ key, node: member }) => ({ name: key, type: literal(member), optional: false }))
  return { kind: 'object', fields, ...(fields.length === 0 ? { rest: { kind: 'never' } } : {}) }
}
