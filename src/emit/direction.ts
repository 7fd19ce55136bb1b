/** Which declarations are needed, and which of them look different in a request and in an answer. All walks are iterative. */
import type { Type, TypeId, TypeTable } from '../ir.js'

interface Contents {
  readonly refs: ReadonlySet<TypeId>
  /** A field that only one direction carries, or a date, stands in the type itself, not behind a reference. */
  readonly oneWay: boolean
  /** So do octets, which a form carries as such, and JSON as text only. */
  readonly octets: boolean
}

function contentsOf(type: Type): Contents {
  const refs = new Set<TypeId>()
  let oneWay = false
  let octets = false
  const waiting: Type[] = [type]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'ref') refs.add(next.id)
    if (next.kind === 'date') oneWay = true
    if (next.kind === 'binary') octets = true
    if (next.kind === 'object' && next.fields.some(({ access }) => access !== undefined)) oneWay = true
    addParts(next, waiting)
  }
  return { refs, oneWay, octets }
}

function addParts(type: Type, waiting: Type[]): void {
  switch (type.kind) {
    case 'object':
      for (const field of type.fields) waiting.push(field.type)
      if (type.rest !== undefined) waiting.push(type.rest)
      break
    case 'array':
      waiting.push(type.items)
      break
    case 'tuple':
      for (const item of type.items) waiting.push(item)
      if (type.rest !== undefined) waiting.push(type.rest)
      break
    case 'union':
    case 'intersection':
      for (const member of type.members) waiting.push(member)
      break
    // An embedded text is printed as `string`: what is inside is not needed.
    default:
  }
}

/** Every declaration that the types need, by way of others too, sorted by identity. */
export function reachable(types: readonly Type[], table: TypeTable): TypeId[] {
  const found = new Set<TypeId>()
  const waiting = types.flatMap((type) => [...contentsOf(type).refs])
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue
    found.add(id)
    for (const ref of contentsOf(table.get(id).type).refs) waiting.push(ref)
  }
  return [...found].sort()
}

/**
 * Those of `ids`, and of what they need, whose views differ, as something stands in them or in what they refer to: by
 * `oneWay`, which a request and an answer see differently, a field that is `readOnly` or `writeOnly`, or a date; by
 * `octets`, which a form sees otherwise than JSON, octets. Cycles are followed once.
 */
export function splitByDirection(
  ids: Iterable<TypeId>,
  types: TypeTable,
  by: 'oneWay' | 'octets' = 'oneWay',
): ReadonlySet<TypeId> {
  const users = new Map<TypeId, TypeId[]>()
  const waiting: TypeId[] = []
  const needed = reachable(
    Array.from(ids, (id) => ({ kind: 'ref', id })),
    types,
  )
  for (const id of needed) {
    const { refs, [by]: isMarked } = contentsOf(types.get(id).type)
    if (isMarked) waiting.push(id)
    for (const ref of refs) {
      const known = users.get(ref) ?? []
      known.push(id)
      users.set(ref, known)
    }
  }
  const split = new Set<TypeId>()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (split.has(id)) continue
    split.add(id)
    for (const user of users.get(id) ?? []) waiting.push(user)
  }
  return split
}
