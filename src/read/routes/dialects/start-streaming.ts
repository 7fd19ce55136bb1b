/** start-streaming: the event type of the channel that `createSSERouteHandler` opens. Syntax only: npm does not have it. */
import { ts } from '../compiler.js'
import type { DialectTools, RouteFinding, TypeSource } from '../dialect.js'
import { callsOf, functionOf, lastName, memberOf, returnedBy } from './syntax.js'

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
  for (const { expression } of getChannel === undefined ? [] : callsOf(getChannel, ['getChannel'])) {
    const node = ts.isPropertyAccessExpression(expression) ? managerType(expression.expression, tools) : undefined
    if (node !== undefined) return tools.typeOf(node)
  }
  const initial = memberOf(options, { name: 'getInitialEvent', tools })
  return initial && initialEvent(initial, tools)
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
