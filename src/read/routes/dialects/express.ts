/** Express and its like (`router.get('/x', handler)`): method and path for annotations, with mounts that are constant. */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, RouteFinding } from '../dialect.js'
import { concat, mountsOf } from './mounts.js'
import { functionOf, nodesIn } from './syntax.js'

export const express: Dialect = {
  name: 'Express',
  mentions: /@stream\b[\s\S]*\.\s*(?:get|post|put|patch|delete)\s*\(/,
  context: /\.\s*use\s*\(\s*['"`]/,
  read: ({ source }, tools) =>
    // Other frameworks have methods of these names, and readers of their own.
    /['"](?:hono|elysia|encore\.dev|@nestjs)\b/.test(source.text)
      ? []
      : nodesIn(source, ts.isCallExpression).flatMap((call) => readCall(call, tools)),
}

const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete'])
const prefixesOf = mountsOf({ mount: 'use', mentions: /\.\s*use\s*\(\s*['"`]/ })

function readCall(call: ts.CallExpression, tools: DialectTools): RouteFinding[] {
  const { expression } = call
  const [path, ...handlers] = call.arguments
  const last = handlers.at(-1)
  if (path === undefined || last === undefined) return []
  if (!ts.isPropertyAccessExpression(expression) || !METHODS.has(expression.name.text)) return []
  const handler = functionOf(last, tools)
  if (handler === undefined) return []
  const own = tools.text(path, 'path')
  return prefixesOf(call, tools).map((prefix) => ({
    // A handler of its own may carry the annotation too.
    nodes: [call, handler],
    method: expression.name.text,
    path: concat(prefix, own),
  }))
}
