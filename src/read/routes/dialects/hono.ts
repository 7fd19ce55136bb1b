/** Hono: handlers with `streamSSE`, `streamText` or `stream`, and what their validators let in. */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, RouteFinding } from '../dialect.js'
import { readHonoAnswer } from './hono-answer.js'
import { readValidators } from './hono-inputs.js'
import { mountsOf, type PrefixesOf, pathUnder } from './mounts.js'
import { pathsOf } from './paths.js'
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
  /** Several where `on` names them. */
  readonly methods: readonly string[]
  readonly path: ts.Expression
  readonly handlers: readonly ts.Expression[]
}

/** `app.get('/x', …)`, `app.on('GET', '/x', …)` and `app.on(['GET', 'POST'], ['/x', '/y'], …)`. */
function registrationOf(call: ts.CallExpression, tools: DialectTools): Registration | undefined {
  const { expression } = call
  if (!ts.isPropertyAccessExpression(expression)) return undefined
  const isOn = expression.name.text === 'on'
  const [verb] = isOn ? call.arguments : []
  const [path, ...handlers] = call.arguments.slice(isOn ? 1 : 0)
  const stated = verb === undefined ? [expression.name.text] : pathsOf(verb, tools)
  const methods = stated.flatMap((one) => (typeof one === 'string' ? [one.toLowerCase()] : []))
  if (path === undefined || !methods.every((method) => METHODS.has(method))) return undefined
  return { methods, path, handlers: handlers.flatMap((handler) => madeBy(handler, tools)) }
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
  const { methods = [], path, handlers = [] } = registrationOf(call, tools) ?? {}
  const last = handlers.at(-1)
  const handler = last && functionOf(last, tools)
  if (path === undefined || handler === undefined) return []
  const paths = pathsOf(path, tools)
  const docs = docsOfCall(call, tools)
  const finding: Omit<RouteFinding, 'path'> = {
    nodes: [path, call, handler],
    ...readHonoAnswer(handler, tools),
    ...readValidators(handlers, tools),
    ...(docs === undefined ? {} : { docs }),
  }
  return methods.flatMap((method) =>
    honoPrefixes(call, tools).flatMap((outer) =>
      paths.map((own) => ({ ...finding, ...(method === 'all' ? {} : { method }), ...pathUnder(outer, own) })),
    ),
  )
}
