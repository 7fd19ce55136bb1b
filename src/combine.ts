/** Unions and intersections in their simplest form. Pure; both readers and the classification build types with these. */
import type { Discriminator, Field, ObjectType, Type } from './ir.js'

export const UNKNOWN: Type = { kind: 'unknown' }
export const NEVER: Type = { kind: 'never' }
export const NULL: Type = { kind: 'null' }

/** Two types are the same where this is. */
function identity(type: Type): string {
  if (type.kind === 'ref') return `ref ${type.id}`
  if (type.kind === 'literal') return `${typeof type.value} ${type.value}`
  return type.kind === 'string' || type.kind === 'number' || type.kind === 'null' ? type.kind : JSON.stringify(type)
}

function distinct(types: readonly Type[]): readonly Type[] {
  const kinds = new Set(types.map(({ kind }) => kind))
  if (kinds.size === types.length) return types
  return [...new Map(types.map((type) => [identity(type), type])).values()]
}

/** A union without unions in it, doubles and `never`; `unknown` where a member is, the member itself where it is alone. */
export function unionOf(members: readonly Type[], discriminator?: Discriminator): Type {
  const inner = members.flatMap((member) => (member.kind === 'union' ? (member.discriminator ?? []) : []))
  const flat = members.flatMap((member) => (member.kind === 'union' ? member.members : [member]))
  const kept = mergeBooleans(distinct(flat)).filter(({ kind }) => kind !== 'never')
  if (kept.some(({ kind }) => kind === 'unknown')) return UNKNOWN
  const [only] = kept
  if (only === undefined) return NEVER
  if (kept.length === 1) return only
  const told = discriminator ?? (inner.length === 1 ? inner[0] : undefined)
  return { kind: 'union', members: kept, ...(told === undefined ? {} : { discriminator: told }) }
}

/** `true | false` is `boolean`. */
function mergeBooleans(types: readonly Type[]): readonly Type[] {
  const has = (value: boolean): boolean => types.some((type) => type.kind === 'literal' && type.value === value)
  const isWhole = types.some(({ kind }) => kind === 'boolean') || (has(true) && has(false))
  if (!isWhole) return types
  const rest = types.filter((type) => !(type.kind === 'literal' && typeof type.value === 'boolean'))
  return rest.some(({ kind }) => kind === 'boolean') ? rest : [...rest, { kind: 'boolean' }]
}

/** An intersection without intersections in it and doubles; what can be merged without looking up a name is merged. */
export function intersectionOf(members: readonly Type[]): Type {
  const [first] = members
  if (members.length === 1 && first !== undefined) return first
  const flat = distinct(members.flatMap((member) => (member.kind === 'intersection' ? member.members : [member])))
  const speaking = flat.filter(({ kind }) => kind !== 'unknown')
  const telling = speaking.filter((member) => !isAnyObject(member))
  const merged: Type[] = []
  for (const member of telling.length > 0 ? telling : speaking.slice(0, 1)) addTo(merged, member)
  const [only] = merged
  if (only === undefined) return UNKNOWN
  if (merged.some(({ kind }) => kind === 'never')) return NEVER
  return merged.length === 1 ? only : { kind: 'intersection', members: merged }
}

/** Merges a type into the first of the others that it can be merged with. */
function addTo(merged: Type[], member: Type): void {
  for (const [index, known] of merged.entries()) {
    const met = meet(known, member)
    if (met === undefined) continue
    merged[index] = met
    return
  }
  merged.push(member)
}

/** `type: object` without a word on its members. */
function isAnyObject(type: Type): boolean {
  if (type.kind !== 'object' || type.fields.length > 0 || type.terminal === true) return false
  return type.rest === undefined || type.rest.kind === 'unknown'
}

/**
 * The one type that both allow: the narrower of two scalars, the common members of two unions of scalars, the merged
 * object of two. `undefined` where it takes an intersection to say it, or where nothing is common.
 */
export function meet(a: Type, b: Type): Type | undefined {
  if (b.kind === 'unknown') return a
  if (a.kind === 'unknown') return b
  if (a.kind === 'ref' || b.kind === 'ref') return a.kind === 'ref' && b.kind === 'ref' && a.id === b.id ? a : undefined
  if (a.kind === 'object' && b.kind === 'object') return mergeObjects(a, b)
  if (a.kind === 'array' && b.kind === 'array') return { kind: 'array', items: intersectionOf([a.items, b.items]) }
  if (identity(a) === identity(b)) return a
  if (a.kind === 'union' || b.kind === 'union') return meetUnions(a, b)
  if (isWithin(a, b)) return a
  return isWithin(b, a) ? b : undefined
}

/** True where every value of the scalar `a` is one of the scalar `b`. */
function isWithin(a: Type, b: Type): boolean {
  if (b.kind === 'string') {
    if (a.kind === 'literal') return typeof a.value === 'string'
    return a.kind === 'embedded' || a.kind === 'binary'
  }
  return a.kind === 'literal' && typeof a.value === b.kind
}

function meetUnions(a: Type, b: Type): Type | undefined {
  const [left, right] = [a, b].map((type) => (type.kind === 'union' ? type.members : [type]))
  if (left === undefined || right === undefined || ![...left, ...right].every(isScalar)) return undefined
  const common = left.flatMap((one) => right.flatMap((other) => meet(one, other) ?? []))
  return common.length === 0 ? undefined : unionOf(common)
}

const SCALARS: readonly Type['kind'][] = ['string', 'number', 'boolean', 'null', 'literal', 'embedded', 'binary']

function isScalar({ kind }: Type): boolean {
  return SCALARS.includes(kind)
}

/** Both objects in one: fields of one name allow what both allow, and are optional where both are. */
export function mergeObjects(
  a: ObjectType,
  b: ObjectType,
  join: (a: Type, b: Type) => Type = (left, right) => intersectionOf([left, right]),
): ObjectType {
  const fields = new Map(a.fields.map((field) => [field.name, field]))
  for (const field of b.fields) {
    const known = fields.get(field.name)
    fields.set(field.name, known === undefined ? field : mergeFields({ known, field, join }))
  }
  // A closed object can only be merged where the other one's fields are let in.
  const rests = [a.rest, b.rest].filter((rest) => rest !== undefined && rest.kind !== 'never')
  const rest = rests.length === 0 ? undefined : intersectionOf(rests.filter((one) => one !== undefined))
  const isOpen = rest !== undefined && (rest.kind !== 'unknown' || fields.size === 0 || (a.rest && b.rest))
  const title = a.title ?? b.title
  return {
    kind: 'object',
    fields: [...fields.values()],
    ...(rest !== undefined && isOpen ? { rest } : {}),
    ...(title === undefined ? {} : { title }),
    ...(a.terminal === true || b.terminal === true ? { terminal: true } : {}),
  }
}

function mergeFields({
  known,
  field,
  join,
}: {
  readonly known: Field
  readonly field: Field
  readonly join: (a: Type, b: Type) => Type
}): Field {
  const access = known.access ?? field.access
  const docs = known.docs?.text === undefined ? (field.docs ?? known.docs) : known.docs
  return {
    name: known.name,
    type: join(known.type, field.type),
    optional: known.optional && field.optional,
    ...(access === undefined ? {} : { access }),
    ...(docs === undefined ? {} : { docs }),
  }
}
