/**
 * The events of an `@Sse()` method. `MessageEvent` of NestJS says of its data no more than `string | object`, so that the
 * types of the returned expressions are asked, and the literals that they make: `map((job) => ({ type: 'job', data: job }))`.
 */
import { ts } from '../compiler.js'
import type { DialectTools, FoundEvent, TypeSource, Unreadable } from '../dialect.js'
import { withLiterals } from '../literals.js'
import { eventNamesOf, eventsByMember, joinEvents, payloadOf } from './message.js'
import { argumentsOf, functionOf, isFunction, lastName, nodesIn, returnedBy } from './syntax.js'

interface Method {
  readonly method: ts.MethodDeclaration
  /** The class that has it, by itself or from one that it extends. */
  readonly controller: ts.ClassDeclaration
}

export function readNestEvents(found: Method, tools: DialectTools): FoundEvent[] | Unreadable {
  const { method } = found
  const written = itemOf(method.type)
  const inherited = inheritedEvents(found, tools)
  if (inherited.length > 0) return inherited
  const stated = written === undefined ? [] : eventsOfType(tools.typeOf(written), tools)
  if (stated.length > 0) return stated
  const given = isFunction(method) ? [...returnedBy(method), ...yieldedIn(method.body)] : []
  const returned = given.flatMap((expression) => reachedFrom({ expression, depth: 3 }, tools))
  const made = joinEvents(returned.flatMap((expression) => literalEvents(expression, tools)))
  if (made.length > 0) return withLiterals(made, tools)
  const typed = returned.flatMap((expression) => expressionEvents(expression, tools))
  if (typed.length > 0) return typed
  return tools.unreadable(method, {
    message: 'the type of the events is not stated: `data` of MessageEvent may be any string or object',
    hint: "write Observable<{ data: T }> as the method's type, or @stream sse with @event {T}",
  })
}

function yieldedIn(body: ts.Node): ts.Expression[] {
  return nodesIn(body, ts.isYieldExpression).flatMap(({ expression }) => expression ?? [])
}

/** By the type that the method has in the class that inherits it, where type parameters are filled in. */
function inheritedEvents({ method, controller }: Method, tools: DialectTools): FoundEvent[] {
  if (method.parent === controller) return []
  const { checker } = tools
  const property = checker.getPropertyOfType(checker.getTypeAtLocation(controller), method.name.getText())
  const type = property && checker.getTypeOfSymbolAtLocation(property, controller)
  const returned = type?.getCallSignatures()[0]?.getReturnType()
  return returned === undefined ? [] : sourceEvents({ type: returned, node: method }, tools)
}

interface Reach {
  readonly expression: ts.Expression
  /** How many steps away from it. */
  readonly depth: number
}

/**
 * An expression, with what the names and calls in it lead to: `this.jobs.events()`, `merge(jobs, ticks)`, `map(toMessage)`,
 * `map((job) => toMessage(job))`.
 */
function reachedFrom({ expression, depth }: Reach, tools: DialectTools): ts.Expression[] {
  const node = tools.unwrap(expression)
  const value = initialOf(node, tools)
  const further = nodesIn(node, ts.isCallExpression).flatMap((call): readonly ts.Expression[] => {
    const name = lastName(call.expression) ?? ''
    if (name === 'map' || /^(?:merge|concat|race)$/.test(name)) {
      return call.arguments.filter((given) => !ts.isFunctionLike(given)).flatMap((given) => leadsTo(given, tools))
    }
    const isDirect = call === node || (isResult(call) && ts.isArrowFunction(call.parent))
    return isDirect ? leadsTo(call.expression, tools) : []
  })
  const next = [...(value === undefined ? [] : [value]), ...further]
  return [
    expression,
    ...(depth === 0 ? [] : next.flatMap((one) => reachedFrom({ expression: one, depth: depth - 1 }, tools))),
  ]
}

/** What a function of the project gives back, or the value of a name. */
function leadsTo(node: ts.Expression, tools: DialectTools): readonly ts.Expression[] {
  const fn = functionOf(node, tools)
  if (fn !== undefined) return fn.getSourceFile().isDeclarationFile ? [] : returnedBy(fn)
  if (ts.isCallExpression(node)) return leadsTo(node.expression, tools)
  const value = initialOf(node, tools)
  return value === undefined ? [] : [value]
}

/** What a constant or a property of a class is set to where it is declared. */
function initialOf(node: ts.Expression, tools: DialectTools): ts.Expression | undefined {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined
  const declaration = tools.declarationOf(node)
  const hasValue =
    declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration))
  return hasValue ? declaration.initializer : undefined
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
  if (ts.isCallExpression(parent)) return /^(?:of|from|next|startWith|endWith)$/.test(lastName(parent.expression) ?? '')
  if (ts.isYieldExpression(parent)) return true
  return ts.isArrowFunction(parent) || ts.isReturnStatement(parent) || ts.isArrayLiteralExpression(parent)
}

/** From the type that the checker infers for a returned expression. */
function expressionEvents(expression: ts.Expression, tools: DialectTools): FoundEvent[] {
  return sourceEvents({ type: tools.checker.getTypeAtLocation(expression), node: expression }, tools)
}

function sourceEvents({ type, node }: TypeSource, tools: DialectTools): FoundEvent[] {
  const { checker } = tools
  const source = checker.getAwaitedType(type) ?? type
  if (!SOURCES.includes(source.symbol?.name ?? '') || !isReference(source)) return []
  const [item] = checker.getTypeArguments(source)
  return item === undefined ? [] : eventsOfType({ type: item, node }, tools)
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
