/** A Schema Object to a `Type`: its own words, its reference and its compositions together. */
import { intersectionOf, NEVER, NULL, UNKNOWN, unionOf } from '../../../combine.js'
import type { Type } from '../../../ir.js'
import { limitError } from '../../../limits.js'
import { isObject, type Node } from '../node.js'
import { conditionalProperties } from './conditions.js'
import { branches, type Given, peek, refuse, type Scope, type TypeName, warn } from './context.js'
import { readChoice } from './discriminator.js'
import { findProperty } from './find-property.js'
import { checkKeywords } from './keywords.js'
import { impliedTypes, readOwn, statedTypes } from './primitive.js'

/** Keywords that say something of a value, but not of which type it is. */
const ASSERTIONS = ['format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems']

const COMPOSITIONS = ['allOf', 'oneOf', 'anyOf']

/** One list for all schemas that are not composed, which most are. */
const NOTHING: readonly Type[] = []

/**
 * Siblings of `$ref` and of the compositions apply in every version: documents that mean otherwise do not have them.
 * @throws InputError with the place of what is broken.
 */
export function lower(node: Node, scope: Scope): Type {
  if (node.value === true) return UNKNOWN
  if (node.value === false) return NEVER
  if (!isObject(node.value)) return refuse(node, 'a schema', scope.context)
  if (scope.composed > scope.context.limits.depth) throw tooDeep(node, scope)
  checkKeywords(node, scope.context)
  const stated = statedTypes(node, scope.context)
  const types = stated.includes('null') ? stated.filter((type) => type !== 'null') : stated
  const reference = readReference(node, scope)
  const compositions = readCompositions({ node, types }, scope)
  const composed = compositions.length === 0 ? reference : [...reference, ...compositions]
  const own = readOwn(node, { types: ownTypes({ node, types, isComposed: composed.length > 0 }, scope), scope })
  const type = own !== undefined && composed.length === 0 ? own : intersectionOf(own ? [own, ...composed] : composed)
  if (own === undefined && composed.length === 0) {
    if (stated.includes('null')) return NULL
    warnOfEmpty(node, scope)
  }
  const isNullable = stated.includes('null') || peek(node, 'nullable') === true || peek(node, 'x-nullable') === true
  return isNullable ? unionOf([type, NULL]) : type
}

function tooDeep(node: Node, { context }: Scope): Error {
  return limitError({
    name: 'depth',
    limits: context.limits,
    message: 'compositions inside one another exceed',
    place: context.documents.place(node.at),
  })
}

/**
 * The types that the schema's own keywords are read as. A scalar type beside a composition has been passed on to the
 * branches, which say it more exactly.
 */
function ownTypes(
  {
    node,
    types,
    isComposed,
  }: { readonly node: Node; readonly types: readonly TypeName[]; readonly isComposed: boolean },
  { given, context }: Scope,
): readonly TypeName[] {
  if (types.length > 0) return isComposed ? types.filter((type) => type === 'object' || type === 'array') : types
  const implied = impliedTypes(node)
  if (implied.length === 0 && conditionalProperties(node, context).length > 0) return ['object']
  if (isComposed || implied.length > 0) return implied
  return (given?.types ?? []).filter((type) => type !== 'object' && type !== 'array')
}

/** What the branches of a schema may rely on. */
function givenBy(
  { node, types }: { readonly node: Node; readonly types: readonly TypeName[] },
  { given, context }: Scope,
): Given {
  return {
    types: types.length > 0 ? types : (given?.types ?? []),
    property: (name) => findProperty({ node, name }, context) ?? given?.property(name),
  }
}

function readCompositions(
  { node, types }: { readonly node: Node; readonly types: readonly TypeName[] },
  scope: Scope,
): readonly Type[] {
  if (!COMPOSITIONS.some((keyword) => peek(node, keyword) !== undefined)) return NOTHING
  const inner: Scope = { ...scope, composed: scope.composed + 1, given: givenBy({ node, types }, scope) }
  return [
    ...branches(node, 'allOf', scope.context).map((branch) => lower(branch, { ...inner, isConjunct: true })),
    ...readChoices(node, inner),
  ]
}

function readChoices(node: Node, scope: Scope): Type[] {
  return ['oneOf', 'anyOf'].flatMap((keyword) => {
    const members = branches(node, keyword, scope.context)
    if (members.length === 0) return []
    return [readChoice({ node, members, read: (member) => lower(member, scope) }, scope.context)]
  })
}

/** `$ref` and its dynamic forms: the name of what they lead to, unless that would make a type of itself. */
function readReference(node: Node, scope: Scope): readonly Type[] {
  const target = scope.context.target(node)
  if (target === undefined) return NOTHING
  const { id } = target
  const ref: Type = { kind: 'ref', id }
  const { root: from, context } = scope
  if (from === undefined) return [ref]
  if (scope.isConjunct) {
    if (target.base === undefined && !context.cycles.leadsBack({ from, to: id, by: 'any' })) return [ref]
    if (id === from) return [cycle(node, scope)]
    // What was copied to here before would only be said twice, and copies of copies would have no end.
    if (scope.copied?.has(id) === true) return NOTHING
    scope.copied?.add(id)
    return [copyOf(target.base ?? target.node, scope)]
  }
  return context.cycles.leadsBack({ from, to: id, by: 'alternatives' }) ? [cycle(node, scope)] : [ref]
}

/**
 * A parent that lists its children in `oneOf`, each of which has the parent in `allOf`: the child gets the parent's
 * own part without the list.
 */
function copyOf(node: Node, scope: Scope): Type {
  if (!isObject(node.value)) return lower(node, scope)
  const { oneOf: _, anyOf: __, ...value } = node.value
  return lower({ value, at: node.at }, scope)
}

function cycle(node: Node, { context }: Scope): Type {
  warn(
    {
      node,
      code: 'schema-cycle',
      message: 'a schema is part of itself here, with no property and no item in between; this part is unknown',
      hint: 'remove the reference, or move it into a property',
    },
    context,
  )
  return UNKNOWN
}

/** A schema that asserts something, but leaves the type open, is most often a slip. */
function warnOfEmpty(node: Node, { context, composed }: Scope): void {
  const found = ASSERTIONS.find((keyword) => peek(node, keyword) !== undefined)
  if (composed > 0 || found === undefined) return
  warn(
    {
      node,
      code: 'schema-empty',
      message: `a schema with "${found}" and without "type" allows values of every type; it is unknown`,
      hint: 'add "type"',
    },
    context,
  )
}
