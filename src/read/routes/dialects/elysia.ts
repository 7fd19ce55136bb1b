/** Elysia: handlers that are generators. What they yield travels as events where it went through `sse`, else as text. */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, FoundEvent, RouteFinding, TypeSource, Unreadable } from '../dialect.js'
import { withLiterals } from '../literals.js'
import { readAnswer } from './answer.js'
import { readHooks } from './elysia-hooks.js'
import { eventNamesOf, eventsByMember, joinEvents, payloadOf } from './message.js'
import { mountsOf, pathUnder } from './mounts.js'
import { docsOfCall, type FunctionNode, functionOf, lastName, nodesIn, returnedBy } from './syntax.js'

export const elysia: Dialect = {
  name: 'Elysia',
  mentions: /['"]elysia['"][\s\S]*(?:function\s*\*|\bsse\b|@stream\b)/,
  context: /['"]elysia['"][\s\S]*\.\s*(?:use|group)\s*\(/,
  read: ({ source }, tools) => nodesIn(source, ts.isCallExpression).flatMap((call) => readCall(call, tools)),
}

const elysiaPrefixes = mountsOf({
  mount: 'use',
  group: 'group',
  guard: 'guard',
  option: 'prefix',
  mentions: /\.\s*use\s*\(/,
  routersAre: 'app',
})
const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'all'])

function readCall(call: ts.CallExpression, tools: DialectTools): RouteFinding[] {
  const { expression } = call
  const [path, handler, hook] = call.arguments
  if (path === undefined || handler === undefined) return []
  if (!ts.isPropertyAccessExpression(expression) || !METHODS.has(expression.name.text)) return []
  const fn = functionOf(handler, tools)
  if (fn === undefined) return []
  const { text: method } = expression.name
  const docs = docsOfCall(call, tools)
  const own = tools.text(path, 'path')
  const finding: RouteFinding = {
    nodes: [path, call, fn],
    ...(method === 'all' ? {} : { method }),
    ...readYields(fn, tools),
    ...readHooks({ call, own: hook, fn }, tools),
    ...(docs === undefined ? {} : { docs }),
  }
  return elysiaPrefixes(call, tools).map((outer) => ({ ...finding, ...pathUnder(outer, own) }))
}

type Answer = Pick<RouteFinding, 'kind' | 'events' | 'stringsAre' | 'contentType'>

function readYields(handler: FunctionNode, tools: DialectTools): Answer {
  const fn = generatorOf(handler, tools)
  if (fn === undefined) return {}
  // Who sets the media type also writes the frames.
  const byHand = readAnswer(fn, tools)
  if (byHand.kind !== undefined) return byHand
  const values = yieldedIn(fn, { tools, seen: [] })
  const sent = values.filter((value) => ts.isCallExpression(value)).filter(isSse)
  // The first value that is yielded tells Elysia the media type.
  const [first] = values
  if (first !== undefined && ts.isCallExpression(first) && isSse(first)) {
    const messages = sent.map((call) => readMessage(call, tools))
    const broken = messages.find((message) => 'kind' in message)
    if (broken !== undefined && 'kind' in broken) return { kind: 'sse', events: broken }
    const events = joinEvents(messages.flatMap((message) => ('kind' in message ? [] : message)))
    return { kind: 'sse', events: withLiterals(events, tools), stringsAre: 'text' }
  }
  return { kind: values.every((value) => isText(value, tools)) ? 'text' : withoutSeparator(first ?? fn, tools) }
}

function isGenerator(fn: FunctionNode): boolean {
  return 'asteriskToken' in fn && fn.asteriskToken !== undefined
}

/** The handler itself, or the generator whose call it gives back: `() => events()`. */
function generatorOf(handler: FunctionNode, tools: DialectTools): FunctionNode | undefined {
  if (isGenerator(handler)) return handler
  const [returned, ...others] = returnedBy(handler)
  return returned === undefined || others.length > 0 ? undefined : calledGenerator(returned, tools)
}

function calledGenerator(expression: ts.Expression, tools: DialectTools): FunctionNode | undefined {
  const call = tools.unwrap(expression)
  const fn = ts.isCallExpression(call) ? functionOf(call.expression, tools) : undefined
  return fn !== undefined && isGenerator(fn) ? fn : undefined
}

/** What a generator yields, with what is yielded by those that it hands on by `yield*`. */
function yieldedIn(
  fn: FunctionNode,
  { tools, seen }: { readonly tools: DialectTools; readonly seen: readonly FunctionNode[] },
): ts.Expression[] {
  return nodesIn(fn.body, ts.isYieldExpression).flatMap(({ expression, asteriskToken }) => {
    if (expression === undefined) return []
    const inner = asteriskToken === undefined ? undefined : calledGenerator(expression, tools)
    if (inner === undefined) return [tools.unwrap(expression)]
    return seen.includes(inner) ? [] : yieldedIn(inner, { tools, seen: [...seen, fn] })
  })
}

function isSse(call: ts.CallExpression): boolean {
  return lastName(call.expression) === 'sse'
}

function isText(value: ts.Expression, { checker }: DialectTools): boolean {
  return (checker.getTypeAtLocation(value).flags & ts.TypeFlags.StringLike) !== 0
}

function withoutSeparator(node: ts.Node, tools: DialectTools): Unreadable {
  return tools.unreadable(node, {
    message: 'Elysia sends yielded objects one behind the other, without anything that separates them',
    hint: 'write yield sse({ data }), or yield texts, or state by @stream what is really sent',
  })
}

/** `sse('text')` and `sse({ event, data })`. */
function readMessage(call: ts.CallExpression, tools: DialectTools): FoundEvent[] | Unreadable {
  const [argument] = call.arguments
  const message = argument && tools.unwrap(argument)
  const hint = 'write above the route: @stream sse, and @event {T}'
  if (message === undefined || !ts.isObjectLiteralExpression(message)) {
    const type = message && tools.checker.getTypeAtLocation(message)
    if (type !== undefined && (type.flags & ts.TypeFlags.StringLike) !== 0 && message !== undefined) {
      return [{ name: null, payload: { type: tools.checker.getStringType(), node: message } }]
    }
    return tools.unreadable(call, { message: 'this event is neither a text nor an object written here', hint })
  }
  const byMember = eventsByMember({ literal: message, key: 'event' }, tools)
  if (byMember !== undefined) return byMember
  const data = message.properties.find(({ name }) => name !== undefined && lastName(name) === 'data')
  const names = eventNamesOf({ literal: message, key: 'event' }, tools)
  if (names.length === 0)
    return tools.unreadable(message, { message: 'the name of this event is not a constant', hint })
  const payload: TypeSource | undefined = data && payloadOf(data, tools)
  return names.map((name) => ({ name, ...(payload === undefined ? {} : { payload }) }))
}
