/**
 * The events of an `@Sse()` method. `MessageEvent` of NestJS says of its data no more than `string | object`, so that the
 * types of the returned expressions are asked, and the literals that they make: `map((job) => ({ type: 'job', data: job }))`.
 */
import { ts } from '../compiler.js'
import type { DialectTools, FoundEvent, TypeSource, Unreadable } from '../dialect.js'
import { withLiterals } from '../literals.js'
import { eventNamesOf, eventsByMember, joinEvents, payloadOf } from './message.js'
import { argumentsOf, isFunction, nodesIn, returnedBy } from './syntax.js'

export function readNestEvents(method: ts.MethodDeclaration, tools: DialectTools): FoundEvent[] | Unreadable {
  const written = itemOf(method.type)
  const stated = written === undefined ? [] : eventsOfType(tools.typeOf(written), tools)
  if (stated.length > 0) return stated
  const returned = isFunction(method) ? returnedBy(method) : []
  const made = joinEvents(returned.flatMap((expression) => literalEvents(expression, tools)))
  if (made.length > 0) return withLiterals(made, tools)
  const typed = returned.flatMap((expression) => expressionEvents(expression, tools))
  if (typed.length > 0) return typed
  return tools.unreadable(method, {
    message: 'the type of the events is not stated: `data` of MessageEvent may be any string or object',
    hint: "write Observable<{ data: T }> as the method's type, or @stream sse with @event {T}",
  })
}

const SOURCES = ['Observable', 'AsyncIterable', 'AsyncGenerator', 'AsyncIterableIterator', 'Subject']

/** `T` of `Promise<Observable<T>>`, `Observable<T>` and its like. */
function itemOf(type: ts.TypeNode | undefined): ts.TypeNode | undefined {
  const node = argumentsOf(type, 'Promise')?.[0] ?? type
  return SOURCES.map((name) => argumentsOf(node, name)?.[0]).find((item) => item !== undefined)
}

/** Literals with `data` anywhere in a returned expression: what a `map` in it makes. */
function literalEvents(expression: ts.Expression, tools: DialectTools): FoundEvent[] {
  return nodesIn(expression, ts.isObjectLiteralExpression).flatMap((literal) => {
    const data = literal.properties.find((property) => isNamed(property, 'data'))
    if (data === undefined || !isResult(literal)) return []
    const byMember = eventsByMember({ literal, key: 'type' }, tools)
    if (byMember !== undefined) return byMember
    const payload = payloadOf(data, tools)
    const names = eventNamesOf({ literal, key: 'type' }, tools)
    return names.map((name) => ({ name, ...(payload === undefined ? {} : { payload }) }))
  })
}

function isNamed(property: ts.ObjectLiteralElementLike, name: string): boolean {
  return property.name !== undefined && ts.isIdentifier(property.name) && property.name.text === name
}

/** True for a literal that a function gives back, or that stands in a list: not for the options of a call. */
function isResult(literal: ts.Node): boolean {
  const { parent } = literal
  if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) {
    return isResult(parent)
  }
  if (ts.isConditionalExpression(parent)) return isResult(parent)
  if (ts.isCallExpression(parent)) return /^(?:of|from)$/.test(parent.expression.getText())
  return ts.isArrowFunction(parent) || ts.isReturnStatement(parent) || ts.isArrayLiteralExpression(parent)
}

/** From the type that the checker infers for a returned expression. */
function expressionEvents(expression: ts.Expression, tools: DialectTools): FoundEvent[] {
  const { checker } = tools
  const whole = checker.getTypeAtLocation(expression)
  const source = checker.getAwaitedType(whole) ?? whole
  if (!SOURCES.includes(source.symbol?.name ?? '') || !isReference(source)) return []
  const [item] = checker.getTypeArguments(source)
  return item === undefined ? [] : eventsOfType({ type: item, node: expression }, tools)
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return (type.flags & ts.TypeFlags.Object) !== 0 && 'target' in type
}

/** One event for each member of a union of messages; none where a message is opaque. */
function eventsOfType({ type, node }: TypeSource, tools: DialectTools): FoundEvent[] {
  const { checker } = tools
  const members = type.isUnion() ? type.types : [type]
  const events = members.map((member): FoundEvent | undefined => {
    const data = checker.getPropertyOfType(member, 'data')
    const payload = data && checker.getTypeOfSymbolAtLocation(data, node)
    if (payload === undefined || isOpaque(payload)) return undefined
    const event = checker.getPropertyOfType(member, 'type')
    const name = event && checker.getTypeOfSymbolAtLocation(event, node)
    return { name: name?.isStringLiteral() === true ? name.value : null, payload: { type: payload, node } }
  })
  return events.every((event) => event !== undefined) ? events : []
}

/** `string | object`, as NestJS declares it, or nothing at all. */
function isOpaque(type: ts.Type): boolean {
  const members = type.isUnion() ? type.types : [type]
  return members.some(({ flags }) => (flags & (ts.TypeFlags.NonPrimitive | ts.TypeFlags.Any)) !== 0)
}
