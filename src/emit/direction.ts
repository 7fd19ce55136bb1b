/** Which declarations are needed, and which of them look different in a request and in an answer. All walks are iterative. */
import type { Type, TypeId, TypeTable } from '../ir.js'

interface Contents {
  readonly refs: ReadonlySet<TypeId>
  /** A field that only one direction carries, or a date, stands in the type itself, not behind a reference. */
  readonly oneWay: boolean
}

function contentsOf(type: Type): Contents {
  const refs = new Set<TypeId>()
  let oneWay = false
  const waiting: Type[] = [type]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'ref') refs.add(next.id)
    if (next.kind === 'date') oneWay = true
    if (next.kind === 'object' && next.fields.some(({ access }) => access !== undefined)) oneWay = true
    waiting.push(...partsOf(next))
  }
  return { refs, oneWay }
}

function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'object':
      return [...type.fields.map((field) => field.type), ...(type.rest === undefined ? [] : [type.rest])]
    case 'array':
      return [type.items]
    case 'tuple':
      return [...type.items, ...(type.rest === undefined ? [] : [type.rest])]
    case 'union':
    case 'intersection':
      return type.members
    // An embedded text is printed as `string`: what is inside is not needed.
    default:
      return []
  }
}

/** Every declaration that the types need, by way of others too, sorted by identity. */
export function reachable(types: readonly Type[], table: TypeTable): TypeId[] {
  const found = new Set<TypeId>()
  const waiting = types.flatMap((type) => [...contentsOf(type).refs])
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue
    found.add(id)
    waiting.push(...contentsOf(table.get(id).type).refs)
  }
  return [...found].sort()
}

/**
 * Those of `ids`, and of what they need, whose view in a request is not their view in an answer: a `readOnly` or
 * `writeOnly` field stands in them or in something they refer to. Cycles are followed once.
 */
export function splitByDirection(ids: Iterable<TypeId>, types: TypeTable): ReadonlySet<TypeId> {
  const users = new Map<TypeId, TypeId[]>()
  const waiting: TypeId[] = []
  const needed = reachable(
    Array.from(ids, (id) => ({ kind: 'ref', id })),
    types,
  )
  for (const id of needed) {
    const { refs, oneWay } = contentsOf(types.get(id).type)
    if (oneWay) waiting.push(id)
    for (const ref of refs) users.set(ref, [...(users.get(ref) ?? []), id])
  }
  const split = new Set<TypeId>()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (split.has(id)) continue
    split.add(id)
    waiting.push(...(users.get(id) ?? []))
  }
  return split
}
