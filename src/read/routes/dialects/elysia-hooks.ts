/** What a route of Elysia takes: by its own hook, and by those of the guards and groups that it stands in. */
import { ts } from '../compiler.js'
import type { DialectTools, RouteFinding, TypeSource } from '../dialect.js'
import { routerOf } from './router.js'
import { inputOfSchema, typeOfSchema } from './schema-type.js'
import { type FunctionNode, isFunction, nodesIn } from './syntax.js'

const ROLES = { params: 'params', query: 'query', headers: 'headers', body: 'body', cookie: 'cookies' } as const

interface Hooked {
  readonly call: ts.CallExpression
  /** The one behind the handler. */
  readonly own: ts.Expression | undefined
  readonly fn: FunctionNode
}

type Inputs = Pick<RouteFinding, 'params' | 'query' | 'headers' | 'body' | 'cookies' | 'errorTypes'>

/** The nearest hook that states a part of the request holds for it, as it does in Elysia. */
export function readHooks({ call, own, fn }: Hooked, tools: DialectTools): Inputs {
  const hooks = [...(own === undefined ? [] : [own]), ...guardsOf(call, tools)]
  const found = Object.entries(ROLES).flatMap(([role, field]) => {
    const stated = hooks.flatMap((hook) => {
      const schema = tools.property(hook, role)
      return schema === undefined ? [] : [{ schema, isOneOfSeveral: isStandalone(hook, tools) }]
    })
    const [nearest, ...others] = stated
    if (nearest === undefined) return []
    const isJoined = nearest.isOneOfSeveral ? others.length > 0 : others.some(({ isOneOfSeveral }) => isOneOfSeveral)
    const type = isJoined ? unknownAt(nearest.schema, tools) : inputOf(nearest.schema, { role, fn, tools })
    return [[field, type] as const]
  })
  const errorTypes = hooks.flatMap((hook) => errorsOf(hook, tools))
  return { ...Object.fromEntries(found), ...(errorTypes.length === 0 ? {} : { errorTypes }) }
}

/** Schemas of `schema: 'standalone'` hold beside others, which no type here says. */
function isStandalone(hook: ts.Expression, tools: DialectTools): boolean {
  const stated = tools.property(hook, 'schema')
  const constant = stated && tools.constant(stated)
  return constant?.kind === 'constant' && constant.value === 'standalone'
}

/** `any`, which is refused later unless an annotation states the type. */
function unknownAt(node: ts.Expression, { checker }: DialectTools): TypeSource {
  return { type: checker.getAnyType(), node }
}

interface Input {
  readonly role: string
  readonly fn: FunctionNode
  readonly tools: DialectTools
}

function inputOf(schema: ts.Expression, { role, fn, tools }: Input): TypeSource {
  // The name of a model: what the handler gets is what it stands for.
  if (!ts.isStringLiteralLike(tools.unwrap(schema))) return inputOfSchema(schema, tools)
  const { checker } = tools
  const [parameter] = fn.parameters
  const context = parameter && checker.getTypeAtLocation(parameter)
  const property = context && checker.getPropertyOfType(context, role)
  if (property === undefined) return unknownAt(schema, tools)
  return { type: checker.getTypeOfSymbolAtLocation(property, schema), node: schema }
}

/** `response: { 404: schema }`. */
function errorsOf(hook: ts.Expression, tools: DialectTools): NonNullable<RouteFinding['errorTypes']> {
  const responses = tools.property(hook, 'response')
  const literal = responses && tools.unwrap(responses)
  if (literal === undefined || !ts.isObjectLiteralExpression(literal)) return []
  return literal.properties.flatMap((property) => {
    const { name } = property
    const status = name !== undefined && (ts.isNumericLiteral(name) || ts.isStringLiteral(name)) ? name.text : ''
    if (!/^[45]\d\d$/.test(status) || !ts.isPropertyAssignment(property)) return []
    const type = typeOfSchema(property.initializer, { side: 'output', tools })
    return type === undefined ? [] : [{ status, type }]
  })
}

/** The hooks of guards, the nearest first: those before the call, then those around it. */
function guardsOf(call: ts.CallExpression, tools: DialectTools): ts.Expression[] {
  const router = routerOf(call, tools)
  const before = new Set<ts.CallExpression>(chainedBefore(call, tools))
  if (router !== undefined) {
    for (const other of nodesIn(call.getSourceFile(), ts.isCallExpression)) {
      const isBefore = other.end <= call.arguments.pos
      if (isBefore && isGuard(other) && routerOf(other, tools) === router) before.add(other)
    }
  }
  const hooks = [...before].sort((left, right) => right.end - left.end).flatMap(({ arguments: [hook] }) => hook ?? [])
  const outer = router !== undefined && ts.isParameter(router) ? callAround(router) : undefined
  if (outer === undefined) return hooks
  // `.guard(hook, (app) => …)` and `.group('/path', hook, (app) => …)`
  const around = outer.arguments.length > 1 ? outer.arguments.at(-2) : undefined
  return [...hooks, ...(around === undefined ? [] : [around]), ...guardsOf(outer, tools)]
}

/** `.guard(hook)`, which holds for all that follows. */
function isGuard({ expression, arguments: given }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'guard' && given.length === 1
}

function chainedBefore(call: ts.CallExpression, tools: DialectTools): ts.CallExpression[] {
  const { expression } = call
  const node = ts.isPropertyAccessExpression(expression) ? tools.unwrap(expression.expression) : undefined
  if (node === undefined || !ts.isCallExpression(node)) return []
  return [...(isGuard(node) ? [node] : []), ...chainedBefore(node, tools)]
}

function callAround(router: ts.ParameterDeclaration): ts.CallExpression | undefined {
  const { parent: fn } = router
  const { parent: call } = fn
  if (!isFunction(fn) || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined
  return /^(?:guard|group)$/.test(call.expression.name.text) ? call : undefined
}
