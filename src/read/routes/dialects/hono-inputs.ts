/** The request as Hono's validators have it: `zValidator('query', schema)`, `validator('json', (body) => …)`. */
import { ts } from '../compiler.js'
import type { DialectTools, RouteFinding, TypeSource } from '../dialect.js'
import { inputOfSchema } from './schema-type.js'
import { functionOf, lastName } from './syntax.js'

const ROLES = {
  json: 'body',
  form: 'body',
  query: 'query',
  param: 'params',
  header: 'headers',
  cookie: 'cookies',
} as const

type Inputs = Pick<RouteFinding, 'params' | 'query' | 'headers' | 'cookies' | 'body' | 'bodyIs'>

export function readValidators(handlers: readonly ts.Expression[], tools: DialectTools): Inputs {
  const inputs: { -readonly [Role in 'params' | 'query' | 'headers' | 'cookies' | 'body']?: TypeSource } = {}
  let isForm = false
  for (const handler of handlers) {
    const call = tools.unwrap(handler)
    if (!ts.isCallExpression(call) || !/validator$/i.test(lastName(call.expression) ?? '')) continue
    const [target, schema] = call.arguments
    const where = target && tools.constant(target)
    const role = Object.entries(ROLES).find(([name]) => where?.kind === 'constant' && where.value === name)?.[1]
    if (role === undefined || schema === undefined) continue
    isForm ||= where?.kind === 'constant' && where.value === 'form'
    inputs[role] = functionOf(schema, tools) === undefined ? inputOfSchema(schema, tools) : validated(schema, tools)
  }
  return isForm ? { ...inputs, bodyIs: 'urlencoded' } : inputs
}

/** What a function of `validator` gives back, without the answers by which it refuses; `any` where that is not one type. */
function validated(schema: ts.Expression, tools: DialectTools): TypeSource {
  const fn = functionOf(schema, tools)
  const signature = fn && tools.checker.getSignatureFromDeclaration(fn)
  if (signature === undefined) return { type: tools.checker.getAnyType(), node: schema }
  const returned = tools.checker.getReturnTypeOfSignature(signature)
  const whole = tools.checker.getAwaitedType(returned) ?? returned
  const members = whole.isUnion() ? whole.types : [whole]
  const kept = members.filter((member) => !isResponse(member))
  const [type, ...others] = kept.length === members.length ? [whole] : kept
  return { type: type === undefined || others.length > 0 ? tools.checker.getAnyType() : type, node: schema }
}

/** `Response`, and Hono's `TypedResponse` with or without it. */
function isResponse(type: ts.Type): boolean {
  if (type.isIntersection()) return type.types.some(isResponse)
  return /^(?:Typed)?Response$/.test(type.aliasSymbol?.name ?? type.symbol?.name ?? '')
}
