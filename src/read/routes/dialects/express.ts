/**
 * Express and its like (`router.get('/x', handler)`, also Fastify): method and path for annotations, which may stand at
 * the handler in another file, with mounts that are constant.
 */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, RouteFinding } from '../dialect.js'
import { mountsOf, pathUnder } from './mounts.js'
import { pathsOf } from './paths.js'
import { type FunctionNode, functionOf, nodesIn, perProject } from './syntax.js'

const CALL = /\.\s*(?:get|post|put|patch|delete|all|route|use|register|listen)\s*[(<]/
const PACKAGE = /['"](?:express|fastify|restify|polka|koa|koa-router|@koa\/router|express-promise-router)['"]/
const OTHER = /['"](?:hono|elysia|encore\.dev|@nestjs)\b/

export const express: Dialect = {
  name: 'Express',
  mentions: /@stream\b/,
  context: new RegExp(`${PACKAGE.source}[\\s\\S]*${CALL.source}|\\.\\s*use\\s*\\(\\s*['"\`]`),
  read: ({ source }, tools) => {
    // Other frameworks have methods of these names, and readers of their own.
    if (OTHER.test(source.text)) return []
    const own = CALL.test(source.text)
      ? nodesIn(source, ts.isCallExpression).flatMap((call) => readCall(call, tools))
      : []
    return [...own, ...registeredElsewhere(source, tools)]
  },
}

const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'all'])
const prefixesOf = mountsOf({
  mount: 'use',
  plugin: { method: 'register', option: 'prefix' },
  option: 'prefix',
  mentions: /\.\s*(?:use|register)\s*[(<]/,
  routersAre: 'router',
})

interface Registration {
  readonly call: ts.CallExpression
  /** Several where Fastify's options name them. */
  readonly methods: readonly string[]
  readonly path: ts.Expression
  readonly handlers: readonly ts.Expression[]
}

/** `router.get('/x', …)`, `router.route('/x').get(…)`, `fastify.route({ method, url, handler })`. */
function registrationOf(call: ts.CallExpression, tools: DialectTools): Registration | undefined {
  const { expression, arguments: given } = call
  if (!ts.isPropertyAccessExpression(expression)) return undefined
  const { text: method } = expression.name
  const [first, ...others] = given
  if (first === undefined) return undefined
  if (method === 'route') return registrationOfObject({ call, object: first }, tools)
  if (!METHODS.has(method)) return undefined
  const route = routeOf(expression.expression, tools)
  if (route !== undefined) return { call, methods: [method], path: route, handlers: given }
  return others.length === 0 ? undefined : { call, methods: [method], path: first, handlers: others }
}

function registrationOfObject(
  { call, object }: { readonly call: ts.CallExpression; readonly object: ts.Expression },
  tools: DialectTools,
): Registration | undefined {
  const [verb, path, handler] = ['method', 'url', 'handler'].map((name) => tools.property(object, name))
  const stated = verb === undefined ? [] : pathsOf(verb, tools)
  const methods = stated.filter((method) => typeof method === 'string')
  if (path === undefined || methods.length === 0 || methods.length < stated.length) return undefined
  return { call, methods, path, handlers: handler === undefined ? [] : [handler] }
}

/** The path of `router.route('/x')` at the begin of a chain of methods. */
function routeOf(chain: ts.Expression, tools: DialectTools): ts.Expression | undefined {
  const node = tools.unwrap(chain)
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  const { text: method } = node.expression.name
  if (method === 'route') return node.arguments[0]
  return METHODS.has(method) ? routeOf(node.expression.expression, tools) : undefined
}

function readCall(call: ts.CallExpression, tools: DialectTools): RouteFinding[] {
  const found = registrationOf(call, tools)
  return found === undefined ? [] : locate(found, { nodes: [call, ...functionsIn(found.handlers, tools)], tools })
}

function locate(
  { call, methods, path }: Registration,
  { nodes, tools }: { readonly nodes: RouteFinding['nodes']; readonly tools: DialectTools },
): RouteFinding[] {
  // `map.get('key', fallback)` is no route.
  const paths = pathsOf(path, tools).filter((own) => typeof own !== 'string' || /^(?:[/*].*)?$/.test(own))
  if (paths.length === 0) return []
  return prefixesOf(call, tools).flatMap((outer) =>
    paths.flatMap((own) =>
      methods.map((method) => ({ nodes, ...(method === 'all' ? {} : { method }), ...pathUnder(outer, own) })),
    ),
  )
}

/** The function that answers, also in a list, and in the call that wraps it: `asyncHandler(async (request) => …)`. */
function functionsIn(handlers: readonly ts.Expression[], tools: DialectTools): FunctionNode[] {
  const last = handlers.at(-1)
  const node = last && tools.unwrap(last)
  if (node === undefined) return []
  const fn = functionOf(node, tools)
  if (fn !== undefined) return [fn]
  if (ts.isArrayLiteralExpression(node)) return functionsIn(node.elements, tools)
  if (ts.isCallExpression(node)) return functionsIn(node.arguments, tools)
  // A constant that a wrapper made: `export const events = asyncHandler(…)`.
  const declaration =
    ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? tools.declarationOf(node) : undefined
  const hasValue =
    declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration))
  const made = hasValue && declaration.initializer ? tools.unwrap(declaration.initializer) : undefined
  return made !== undefined && ts.isCallExpression(made) ? functionsIn(made.arguments, tools) : []
}

interface Registered {
  readonly registration: Registration
  readonly fn: FunctionNode
}

/** Routes whose handler stands in this file, and which another file registers. */
function registeredElsewhere(source: ts.SourceFile, tools: DialectTools): RouteFinding[] {
  return (registrations(tools).get(source) ?? []).flatMap(({ registration, fn }) =>
    locate(registration, { nodes: [fn], tools }),
  )
}

/** By the file of the handler. */
const registrations = perProject((tools: DialectTools): ReadonlyMap<ts.SourceFile, readonly Registered[]> => {
  const found = new Map<ts.SourceFile, Registered[]>()
  for (const source of tools.context) {
    if (!CALL.test(source.text) || OTHER.test(source.text)) continue
    for (const call of nodesIn(source, ts.isCallExpression)) {
      const registration = registrationOf(call, tools)
      const [fn] = registration === undefined ? [] : functionsIn(registration.handlers, tools)
      const file = fn?.getSourceFile()
      if (registration === undefined || fn === undefined || file === undefined || file === source) continue
      found.set(file, [...(found.get(file) ?? []), { registration, fn }])
    }
  }
  return found
})
