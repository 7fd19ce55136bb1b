/** `type: array`: lists and tuples. */
import { UNKNOWN } from '../../../combine.js'
import type { Type } from '../../../ir.js'
import { child, items, type Node } from '../node.js'
import { branches, count, type Scope } from './context.js'

/** Reads `prefixItems` and `items` (JSON Schema 2020-12), and the array form of `items` before it. */
export function readArray(node: Node, scope: Scope): Type {
  const list = child(node, 'items')
  const isOldTuple = Array.isArray(list.value)
  const first = isOldTuple ? items(list) : branches(node, 'prefixItems', scope.context)
  const rest = isOldTuple ? child(node, 'additionalItems') : list
  if (first.length === 0) {
    const item = isOldTuple || list.value === undefined ? UNKNOWN : scope.context.nested(list, scope)
    return { kind: 'array', items: item }
  }
  const isClosed = rest.value === false || (count(node, 'maxItems') ?? Number.POSITIVE_INFINITY) <= first.length
  const required = Math.min(Math.max(Math.trunc(count(node, 'minItems') ?? 0), 0), first.length)
  return {
    kind: 'tuple',
    items: first.map((item) => scope.context.nested(item, scope)),
    required,
    ...(isClosed ? {} : { rest: rest.value === undefined ? UNKNOWN : scope.context.nested(rest, scope) }),
  }
}
