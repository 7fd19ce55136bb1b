/** The paths and methods of a registration, where a framework takes one or a list of them. */
import type { ts } from '../compiler.js'
import type { ConstantValue, DialectTools, Unreadable } from '../dialect.js'

/** `'/a'` and `['/a', '/b']`. */
export function pathsOf(node: ts.Expression, tools: DialectTools): readonly (string | Unreadable)[] {
  const constant = tools.constant(node)
  const value = constant.kind === 'constant' ? constant.value : undefined
  const texts = isList(value) ? value.filter((item) => typeof item === 'string') : []
  return isList(value) && texts.length === value.length ? texts : [tools.text(node, 'path')]
}

function isList(value: ConstantValue): value is readonly ConstantValue[] {
  return Array.isArray(value)
}
