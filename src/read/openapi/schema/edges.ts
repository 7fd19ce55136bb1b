/** The references by which a schema is composed, as the edges of a graph of declarations. */
import { child, items, type Node } from '../node.js'
import type { SchemaContext } from './context.js'
import type { Edge } from './cycles.js'

/** Every reference in the schema and in its `allOf`, `oneOf` and `anyOf`, however deep; not those in fields and items. */
export function edgesOf(node: Node | undefined, target: SchemaContext['target']): Edge[] {
  const edges: Edge[] = []
  const waiting = node === undefined ? [] : [{ node, isConjunct: false }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { isConjunct } = next
    const found = target(next.node)
    if (found !== undefined) edges.push({ to: found.id, isConjunct })
    for (const branch of items(child(next.node, 'allOf'))) waiting.push({ node: branch, isConjunct: true })
    for (const keyword of ['oneOf', 'anyOf']) {
      for (const branch of items(child(next.node, keyword))) waiting.push({ node: branch, isConjunct })
    }
  }
  return edges
}
