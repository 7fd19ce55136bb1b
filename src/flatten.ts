/** A type as the list of the objects that it can be: references followed, intersections distributed over unions. */
import { intersectionOf, meet, mergeObjects } from './combine.js'
import type { Field, ObjectType, Type, TypeId, TypeTable } from './ir.js'

/** One thing that a type can be. */
export interface Variant {
  /** By name, in the order of the document; empty where `open`. */
  readonly fields: ReadonlyMap<string, Field>
  /** The stream ends once this event has been delivered. */
  readonly terminal: boolean
  /** Not an object: a string, an array, `null`, or something that leads back to itself. */
  readonly open: boolean
  /** The type that it comes from, with its name where it has one. */
  readonly type: Type
}

/** Beyond these a type is not taken apart: no real one comes near, and a hostile one must end. */
const MAX_VARIANTS = 5000
const MAX_DEPTH = 100

interface Alternative {
  /** Absent where the alternative is no object. */
  readonly object?: ObjectType
  readonly type: Type
}

interface Walk {
  readonly table: TypeTable
  readonly depth: number
  /** What declarations are, found before; one that is being looked at leads back to itself. */
  readonly known: Map<TypeId, readonly Alternative[] | undefined>
}

/**
 * The variants of a type. Fields that several members of an intersection have are merged: a literal wins over
 * `string`, an embedded document over `string`, and what one member requires is required.
 * `undefined` where none of them is an object, or where there are more than 5,000.
 */
export function variants(type: Type, table: TypeTable): readonly Variant[] | undefined {
  const found = expand(type, { table, depth: 0, known: new Map() })
  if (found === undefined || found.every(({ object }) => object === undefined)) return undefined
  return found.map(({ object, type: origin }) => ({
    fields: new Map((object?.fields ?? []).map((field) => [field.name, field])),
    terminal: object?.terminal === true,
    open: object === undefined,
    type: origin,
  }))
}

/** `undefined` where there are too many. */
function expand(type: Type, walk: Walk): readonly Alternative[] | undefined {
  if (walk.depth > MAX_DEPTH) return [{ type }]
  const inner: Walk = { ...walk, depth: walk.depth + 1 }
  switch (type.kind) {
    case 'object':
      return [{ object: type, type }]
    case 'ref':
      return named(type, inner)
    case 'union': {
      const found: Alternative[] = []
      for (const member of type.members) {
        const some = expand(member, inner)
        if (some === undefined || found.length + some.length > MAX_VARIANTS) return undefined
        found.push(...some)
      }
      return found
    }
    case 'intersection':
      return distribute(type.members, inner)
    default:
      return [{ type }]
  }
}

function named(type: Extract<Type, { kind: 'ref' }>, walk: Walk): readonly Alternative[] | undefined {
  const { known, table } = walk
  if (known.has(type.id)) return known.get(type.id)
  known.set(type.id, [{ type }])
  const found = expand(table.get(type.id).type, walk)
  const alternatives = found?.length === 1 ? found.map((one) => ({ ...one, type })) : found
  known.set(type.id, alternatives)
  return alternatives
}

function distribute(members: readonly Type[], walk: Walk): readonly Alternative[] | undefined {
  let product: readonly Alternative[] | undefined
  for (const member of members) {
    const found = expand(member, walk)
    if (found === undefined || found.length * (product?.length ?? 1) > MAX_VARIANTS) return undefined
    product =
      product === undefined ? found : product.flatMap((left) => found.map((right) => join({ left, right }, walk)))
  }
  return product ?? []
}

function join({ left, right }: { left: Alternative; right: Alternative }, { table }: Walk): Alternative {
  const type = intersectionOf([left.type, right.type])
  if (left.object === undefined || right.object === undefined) return { type }
  const object = mergeObjects(left.object, right.object, (a, b) => narrower({ a, b }, table))
  return { object, type }
}

/** What both allow, under the name that one of them has where it is the narrower one. */
function narrower({ a, b }: { a: Type; b: Type }, table: TypeTable): Type {
  if (a.kind !== 'ref' && b.kind !== 'ref') return intersectionOf([a, b])
  const left = target(a, table)
  const right = target(b, table)
  const both = meet(left, right)
  if (both === left) return a
  if (both === right) return b
  return both ?? { kind: 'intersection', members: [a, b] }
}

/** What a chain of references ends in. */
export function target(type: Type, table: TypeTable): Type {
  let current = type
  for (let hops = 0; current.kind === 'ref' && hops < MAX_DEPTH; hops++) current = table.get(current.id).type
  return current
}
