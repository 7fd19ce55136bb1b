/** start-streaming: the event type of the channel that `createSSERouteHandler` opens. Syntax only: npm does not have it. */
import { ts } from '../compiler.js'
import type { DialectTools, RouteFinding, TypeSource } from '../dialect.js'
import { argumentsOf, functionOf, lastName, memberOf, returnedBy } from './syntax.js'

/** What a handler made by `createSSERouteHandler(…)` tells; `undefined` for any other. */
export function readChannel(
  handler: ts.Node,
  tools: DialectTools,
): Pick<RouteFinding, 'kind' | 'events' | 'stringsAre' | 'params'> | undefined {
  const call = ts.isExpression(handler) ? madeBy(handler, tools) : undefined
  if (call === undefined) return undefined
  const [event, params] = call.typeArguments ?? []
  const payload = event === undefined ? eventOf(call, tools) : tools.typeOf(event)
  const events =
    payload === undefined
      ? tools.unreadable(call, {
          message: 'the type of the events on this channel is not stated',
          hint: 'write createSSEChannelManager<T>(…) where the channels are made, or @stream sse with @event {T}',
        })
      : [{ name: null, payload }]
  return { kind: 'sse', events, stringsAre: 'json', ...(params === undefined ? {} : { params: tools.typeOf(params) }) }
}

function madeBy(handler: ts.Expression, tools: DialectTools): ts.CallExpression | undefined {
  const node = tools.unwrap(handler)
  if (ts.isCallExpression(node)) {
    return lastName(node.expression) === 'createSSERouteHandler' ? node : undefined
  }
  if (!ts.isIdentifier(node)) return undefined
  const declaration = tools.declarationOf(node)
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined
  return declaration.initializer && madeBy(declaration.initializer, tools)
}

/** From `getChannel: (params) => channels.getChannel(…)` to `channels = createSSEChannelManager<T>(…)`. */
function eventOf(call: ts.CallExpression, tools: DialectTools): TypeSource | undefined {
  const [options] = call.arguments
  if (options === undefined) return undefined
  const getChannel = memberOf(options, { name: 'getChannel', tools })
  const channel = getChannel && channelMadeBy(getChannel, { depth: MAX_STEPS, tools })
  if (channel !== undefined) return tools.typeOf(channel)
  const initial = memberOf(options, { name: 'getInitialEvent', tools })
  return initial && initialEvent(initial, tools)
}

/** A channel that is made further away than that is not looked for. */
const MAX_STEPS = 5

interface Look {
  readonly depth: number
  readonly tools: DialectTools
}

/** `T` of the channel that a function gives back: of `Channel<T>`, which is written, else of the manager that it asks. */
function channelMadeBy(node: ts.Node, { depth, tools }: Look): ts.TypeNode | undefined {
  const fn = functionOf(node, tools)
  if (fn === undefined || depth === 0) return undefined
  const written = argumentsOf(argumentsOf(fn.type, 'Promise')?.[0] ?? fn.type, 'Channel')?.[0]
  const next = { depth: depth - 1, tools }
  return written ?? first(returnedBy(fn), (returned) => channelOf(returned, next))
}

function channelOf(expression: ts.Expression, look: Look): ts.TypeNode | undefined {
  const node = look.tools.unwrap(expression)
  if (ts.isAwaitExpression(node)) return channelOf(node.expression, look)
  if (ts.isCallExpression(node)) {
    const { expression: callee } = node
    const isAsked = ts.isPropertyAccessExpression(callee) && callee.name.text === 'getChannel'
    return (isAsked ? managerType(callee.expression, look.tools) : undefined) ?? channelMadeBy(callee, look)
  }
  const declaration = ts.isIdentifier(node) ? look.tools.declarationOf(node) : undefined
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || look.depth === 0) return undefined
  const next = { ...look, depth: look.depth - 1 }
  return declaration.initializer && channelOf(declaration.initializer, next)
}

function first<T, R>(list: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function managerType(manager: ts.Expression, tools: DialectTools): ts.TypeNode | undefined {
  const declaration = tools.declarationOf(tools.unwrap(manager))
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined
  const { type, initializer } = declaration
  if (type !== undefined && ts.isTypeReferenceNode(type)) return type.typeArguments?.[0]
  const made = initializer && tools.unwrap(initializer)
  if (made === undefined || !ts.isCallExpression(made)) return undefined
  return lastName(made.expression) === 'createSSEChannelManager' ? made.typeArguments?.[0] : undefined
}

/** What `getInitialEvent` gives is one of the events, and all there is to see. */
function initialEvent(initial: ts.Node, tools: DialectTools): TypeSource | undefined {
  const fn = functionOf(initial, tools)
  const [node] = fn === undefined ? [] : returnedBy(fn)
  if (node === undefined) return undefined
  const { checker } = tools
  const type = checker.getAwaitedType(checker.getTypeAtLocation(node)) ?? checker.getTypeAtLocation(node)
  return { type: checker.getNonNullableType(type), node }
}
