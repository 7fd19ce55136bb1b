/** What a schema describes of its object under conditions: `then`, `else`, `dependentSchemas` (JSON Schema 2020-12). */
import { child, items, members, type Node } from '../node.js'
import { peek, type SchemaContext } from './context.js'

/** How many schemas are searched. */
const MAX_SEARCHED = 100

/** `dependencies` is what `dependentSchemas` was called before 2019-09. */
const CONDITIONS = ['then', 'else', 'dependentSchemas', 'dependencies'] as const

/** A property that is there, or of that type, under a condition only. */
export interface ConditionalProperty {
  readonly name: string
  readonly schema: Node
}

/** The properties under conditions, in the order of the schema; a name may be there several times. */
export function conditionalProperties(
  node: Node,
  { target }: Pick<SchemaContext, 'target'>,
): readonly ConditionalProperty[] {
  if (CONDITIONS.every((keyword) => peek(node, keyword) === undefined)) return []
  const found: ConditionalProperty[] = []
  const waiting = [...conditional(node)]
  for (let steps = 0; steps < MAX_SEARCHED; steps++) {
    const next = waiting.shift()
    if (next === undefined) break
    for (const { key: name, node: schema } of members(child(next, 'properties'))) found.push({ name, schema })
    const known = target(next)
    if (known !== undefined) waiting.push(known.base ?? known.node)
    waiting.push(...conditional(next), ...items(child(next, 'allOf')))
  }
  return found
}

function conditional(node: Node): Node[] {
  const branches = [child(node, 'then'), child(node, 'else')]
  const dependent = [child(node, 'dependentSchemas'), child(node, 'dependencies')].flatMap(members)
  return [...branches, ...dependent.map((member) => member.node)]
}
