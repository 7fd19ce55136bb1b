/** Hono: handlers with `streamSSE`, `streamText` or `stream`, and what their validators let in. */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, RouteFinding } from '../dialect.js'
import { readHonoAnswer } from './hono-answer.js'
import { readValidators } from './hono-inputs.js'
import { concat, mountsOf, type PrefixesOf } from './mounts.js'
import { docsOfCall, functionOf, nodesIn } from './syntax.js'

export const hono: Dialect = {
  name: 'Hono',
  mentions: /\bstreamSSE\b|\bstreamText\b|['"]hono\/streaming['"]|['"]hono['"][\s\S]*@stream\b/,
  context: /\.\s*(?:route|basePath)\s*\(/,
  read: ({ source }, tools) => nodesIn(source, ts.isCallExpression).flatMap((call) => readCall(call, tools)),
}

/** Also for the routes that `@hono/zod-openapi` adds. */
export const honoPrefixes: PrefixesOf = mountsOf({
  mount: 'route',
  base: 'basePath',
  mentions: /\.\s*route\s*\(/,
})

const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'all'])

function readCall(call: ts.CallExpression, tools: DialectTools): RouteFinding[] {
  const { expression } = call
  const [path, ...handlers] = call.arguments
  const last = handlers.at(-1)
  if (path === undefined || last === undefined) return []
  if (!ts.isPropertyAccessExpression(expression) || !METHODS.has(expression.name.text)) return []
  const handler = functionOf(last, tools)
  if (handler === undefined) return []
  const own = tools.text(path, 'path')
  const { text: method } = expression.name
  const docs = docsOfCall(call, tools)
  const finding: Omit<RouteFinding, 'path'> = {
    nodes: [path, call, handler],
    ...(method === 'all' ? {} : { method }),
    ...readHonoAnswer(handler, tools),
    ...readValidators(handlers, tools),
    ...(docs === undefined ? {} : { docs }),
  }
  return honoPrefixes(call, tools).map((prefix) => ({ ...finding, path: concat(prefix, own) }))
}
