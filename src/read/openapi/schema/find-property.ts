/** Where a schema describes a property: in itself, in what it refers to, or in its `allOf`. */
import { child, isObject, items, type Node } from '../node.js'
import type { SchemaContext } from './context.js'

/** How many schemas are searched. */
const MAX_SEARCHED = 100

/** The schema of the property `name`; `undefined` where there is none, or where only an alternative has it. */
export function findProperty(
  { node, name }: { readonly node: Node; readonly name: string },
  context: Pick<SchemaContext, 'target'>,
): Node | undefined {
  const waiting = [node]
  for (let steps = 0; steps < MAX_SEARCHED; steps++) {
    const next = waiting.shift()
    if (next === undefined) return undefined
    if (!isObject(next.value)) continue
    const property = child(child(next, 'properties'), name)
    if (property.value !== undefined) return property
    const target = context.target(next)
    if (target !== undefined) waiting.push(target.base ?? target.node)
    for (const part of items(child(next, 'allOf'))) waiting.push(part)
  }
  return undefined
}
