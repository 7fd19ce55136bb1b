/** Hono: handlers with `streamSSE`, `streamText` or `stream`, and what their validators let in. */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, RouteFinding } from '../dialect.js'
import { readHonoAnswer } from './hono-answer.js'
import { readValidators } from './hono-inputs.js'
import { mountsOf, type PrefixesOf, pathUnder } from './mounts.js'
import { docsOfCall, functionOf, nodesIn } from './syntax.js'

export const hono: Dialect = {
  name: 'Hono',
  mentions:
    /\bstreamSSE\b|\bstreamText\b|['"]hono\/streaming['"]|['"]hono['"][\s\S]*(?:@stream\b|text\/event-stream|ndjson|jsonl)/,
  context: /\.\s*(?:route|basePath)\s*\(/,
  read: ({ source }, tools) => nodesIn(source, ts.isCallExpression).flatMap((call) => readCall(call, tools)),
}

/** Also for the routes that `@hono/zod-openapi` adds. */
export const honoPrefixes: PrefixesOf = mountsOf({
  mount: 'route',
  base: 'basePath',
  mentions: /\.\s*route\s*\(/,
  routersAre: 'app',
})

const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'all'])

interface Registration {
  readonly method: string
  readonly path: ts.Expression
  readonly handlers: readonly ts.Expression[]
}

/** `app.get('/x', …)` and `app.on('GET', '/x', …)`, with the handlers that `createHandlers` made for it. */
function registrationOf(call: ts.CallExpression, tools: DialectTools): Registration | undefined {
  const { expression } = call
  if (!ts.isPropertyAccessExpression(expression)) return undefined
  const isOn = expression.name.text === 'on'
  const [verb] = isOn ? call.arguments : []
  const [path, ...handlers] = call.arguments.slice(isOn ? 1 : 0)
  const stated = verb && tools.constant(verb)
  const method = stated?.kind === 'constant' ? String(stated.value).toLowerCase() : expression.name.text
  if (path === undefined || !METHODS.has(method)) return undefined
  return { method, path, handlers: handlers.flatMap((handler) => madeBy(handler, tools)) }
}

/** The handlers of `...factory.createHandlers(validator, handler)`, here or in a constant. */
function madeBy(handler: ts.Expression, tools: DialectTools): readonly ts.Expression[] {
  if (!ts.isSpreadElement(handler)) return [handler]
  const node = tools.unwrap(handler.expression)
  const declaration = ts.isCallExpression(node) ? undefined : tools.declarationOf(node)
  const made = declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : node
  const call = made && tools.unwrap(made)
  return call !== undefined && ts.isCallExpression(call) ? call.arguments : [handler]
}

function readCall(call: ts.CallExpression, tools: DialectTools): RouteFinding[] {
  const { method, path, handlers = [] } = registrationOf(call, tools) ?? {}
  const last = handlers.at(-1)
  const handler = last && functionOf(last, tools)
  if (method === undefined || path === undefined || handler === undefined) return []
  const own = tools.text(path, 'path')
  const docs = docsOfCall(call, tools)
  const finding: Omit<RouteFinding, 'path'> = {
    nodes: [path, call, handler],
    ...(method === 'all' ? {} : { method }),
    ...readHonoAnswer(handler, tools),
    ...readValidators(handlers, tools),
    ...(docs === undefined ? {} : { docs }),
  }
  return honoPrefixes(call, tools).map((outer) => ({ ...finding, ...pathUnder(outer, own) }))
}
