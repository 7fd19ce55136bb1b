/** Looking through names: what a type is once its references are followed. */
import type { Declaration, Docs, ObjectType, Type, TypeTable } from '../ir.js'

/** The declaration behind a chain of references, with the type it ends in. Cycles end in `unknown`. */
export function resolve(type: Type, table: TypeTable): { readonly type: Type; readonly declaration?: Declaration } {
  const seen = new Set<string>()
  let declaration: Declaration | undefined
  let current = type
  while (current.kind === 'ref') {
    if (seen.has(current.id)) return { type: { kind: 'unknown' } }
    seen.add(current.id)
    declaration = table.get(current.id)
    current = declaration.type
  }
  return { type: current, ...(declaration === undefined ? {} : { declaration }) }
}

/** The object that a type is, by name or in place. */
export function objectOf(type: Type | undefined, table: TypeTable): ObjectType | undefined {
  if (type === undefined) return undefined
  const { type: target } = resolve(type, table)
  return target.kind === 'object' ? target : undefined
}

/** The members of a union and of the unions in it; any other type is its own only member. Named members stay named. */
export function membersOf(type: Type, table: TypeTable): readonly Type[] {
  const found: Type[] = []
  // The next one is the last: an enum has up to a million members, which nothing may move one by one.
  const waiting: Type[] = [type]
  const seen = new Set<string>()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'ref') {
      if (seen.has(next.id)) continue
      seen.add(next.id)
    }
    const { type: target } = resolve(next, table)
    if (target.kind === 'union') for (const member of target.members.toReversed()) waiting.push(member)
    else found.push(next)
  }
  return found
}

/** A union that is no union where one member is left. */
export function unionOf(members: readonly Type[]): Type {
  const distinct = [...new Map(members.map((member) => [JSON.stringify(member), member])).values()]
  const [only] = distinct
  if (only === undefined) return { kind: 'never' }
  return distinct.length === 1 ? only : { kind: 'union', members: distinct }
}

/** True where the words stand in the author's text. */
export function mentions(docs: Docs | undefined, words: string): boolean {
  return docs?.text?.includes(words) === true
}
