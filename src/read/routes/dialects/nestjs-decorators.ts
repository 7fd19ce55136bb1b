/** Decorators of a class, a method or a parameter, by name. */
import { ts } from '../compiler.js'
import type { DialectTools } from '../dialect.js'
import { lastName } from './syntax.js'

export interface Decorator {
  readonly node: ts.Decorator
  readonly arguments: readonly ts.Expression[]
}

export type Decorators = ReadonlyMap<string, Decorator>

export function decoratorsOf(node: ts.HasDecorators): Decorators {
  const found = new Map<string, Decorator>()
  for (const decorator of ts.getDecorators(node) ?? []) {
    const { expression } = decorator
    const callee = ts.isCallExpression(expression) ? expression.expression : expression
    const name = lastName(callee)
    if (name === undefined) continue
    found.set(name, { node: decorator, arguments: ts.isCallExpression(expression) ? expression.arguments : [] })
  }
  return found
}

/** The constant text of an argument; `undefined` where there is none. */
export function textOf(node: ts.Expression | undefined, tools: DialectTools): string | undefined {
  const constant = node && tools.constant(node)
  return constant?.kind === 'constant' && typeof constant.value === 'string' ? constant.value : undefined
}
