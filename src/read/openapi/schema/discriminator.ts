/** `oneOf` and `anyOf`, with the Discriminator Object (OpenAPI 3.2 section 4.25). */
import { intersectionOf, unionOf } from '../../../combine.js'
import type { Discriminator, Type, TypeId } from '../../../ir.js'
import { child, isObject, members as membersOf, type Node } from '../node.js'
import { peek, type SchemaContext, type Target, warn } from './context.js'
import { findProperty } from './find-property.js'

interface Choice {
  /** The schema that has the choice. */
  readonly node: Node
  readonly members: readonly Node[]
  readonly read: (member: Node) => Type
}

/**
 * The union of the members. A member whose discriminating field is any text gets the literal that the mapping states
 * for it; without a mapping the name of its schema, if all members are such. What a member states itself stays.
 */
export function readChoice({ node, members, read }: Choice, context: SchemaContext): Type {
  if (peek(node, 'discriminator') === undefined) return unionOf(members.map(read))
  const field = peek(child(node, 'discriminator'), 'propertyName')
  if (typeof field !== 'string') return unionOf(members.map(read))
  const targets = members.flatMap((member) => context.target(member) ?? [])
  const mapping = child(child(node, 'discriminator'), 'mapping')
  const values = isObject(mapping.value)
    ? mapped(mapping, { targets, context })
    : implied({ field, targets, members }, context)
  const valuesOf = new Map<TypeId, string[]>()
  for (const { type, value } of values) {
    const known = valuesOf.get(type)
    if (known === undefined) valuesOf.set(type, [value])
    else known.push(value)
  }
  const types = members.map((member) => {
    const type = read(member)
    const target = context.target(member)
    if (target === undefined || type.kind !== 'ref') return type
    return narrow({ type, target, field, values: valuesOf.get(target.id) ?? [] }, context)
  })
  return unionOf(types, { field, values })
}

/** The entries of the mapping: a value is a reference, or the name of a component. */
function mapped(
  mapping: Node,
  { targets, context }: { readonly targets: readonly Target[]; readonly context: SchemaContext },
): Discriminator['values'] {
  const find = finderOf(targets)
  return membersOf(mapping).flatMap(({ key: value, node }) => {
    const found = typeof node.value === 'string' ? find(node.value) : undefined
    if (found !== undefined) return [{ type: found.id, value }]
    warn(
      {
        node,
        code: 'discriminator-mapping',
        message: `the mapping of ${JSON.stringify(value).slice(0, 60)} leads to none of the alternatives; it is left out`,
        hint: 'name one of the schemas in oneOf or anyOf, as a reference or by its name',
      },
      context,
    )
    return []
  })
}

/**
 * Finds the alternative that a mapping names: by its name, by the pointer at the end of a reference, or by the end of the
 * path of its file. A mapping is no reference of the document's own, and need not lead anywhere.
 */
function finderOf(targets: readonly Target[]): (text: string) => Target | undefined {
  const byName = new Map<string, Target>()
  const byPointer = new Map<string, Target>()
  const byFile = new Map<string, Target>()
  const note = (map: Map<string, Target>, key: string, target: Target): void => {
    if (!map.has(key)) map.set(key, target)
  }
  for (const target of targets) {
    const { id } = target
    const hash = id.indexOf('#')
    note(byName, id, target)
    note(byName, nameOf(id), target)
    note(byPointer, id.slice(hash + 1), target)
    note(byFile, id.slice(0, hash), target)
  }
  return (text) => {
    const named = byName.get(text)
    if (named !== undefined) return named
    const hash = text.indexOf('#')
    if (hash !== -1) return byPointer.get(text.slice(hash + 1))
    const end = text.replace(/^\.\//, '')
    return [...byFile].find(([file]) => file.endsWith(end))?.[1]
  }
}

function nameOf(id: TypeId): string {
  return id
    .slice(id.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
}

/** Without a mapping the names of the schemas are the values, unless the schemas state values of their own. */
function implied(
  {
    field,
    targets,
    members,
  }: { readonly field: string; readonly targets: readonly Target[]; readonly members: readonly Node[] },
  context: SchemaContext,
): Discriminator['values'] {
  const areAllOpen =
    targets.length === members.length && targets.every(({ node }) => stateOf({ node, field }, context) === 'text')
  return areAllOpen ? targets.map(({ id }) => ({ type: id, value: nameOf(id) })) : []
}

function narrow(
  {
    type,
    target,
    field,
    values,
  }: { readonly type: Type; readonly target: Target; readonly field: string; readonly values: readonly string[] },
  context: SchemaContext,
): Type {
  const state = stateOf({ node: target.node, field }, context)
  if (values.length === 0 || state === 'stated') return type
  const literal = unionOf(values.map((value) => ({ kind: 'literal', value })))
  return intersectionOf([{ kind: 'object', fields: [{ name: field, type: literal, optional: false }] }, type])
}

/** Whether a schema's field takes any text, is absent, or states values itself (or something that is no text). */
function stateOf(
  { node, field }: { readonly node: Node; readonly field: string },
  context: SchemaContext,
): 'text' | 'absent' | 'stated' {
  const property = findProperty({ node, name: field }, context)
  if (property === undefined) return hasAlternatives(node) ? 'stated' : 'absent'
  const schema = context.target(property)?.node ?? property
  const isAnyText = peek(schema, 'type') === 'string' && !hasValues(schema) && !hasAlternatives(schema)
  return isAnyText ? 'text' : 'stated'
}

function hasValues(schema: Node): boolean {
  return peek(schema, 'const') !== undefined || peek(schema, 'enum') !== undefined
}

/** What stands in alternatives is not looked at: it may be the field, with values. */
function hasAlternatives(schema: Node): boolean {
  return peek(schema, 'oneOf') !== undefined || peek(schema, 'anyOf') !== undefined
}
