/** What a handler of Flink writes: the type that is stated, else what goes into `stream.write`. */
import { ts } from '../compiler.js'
import type { DialectTools, FoundEvent, Unreadable } from '../dialect.js'
import { withLiterals } from '../literals.js'
import { argumentsOf, callsOf, functionOf, handedOn, statedTypes } from './syntax.js'

export interface Handler {
  readonly handler: ts.Node
  /** Type arguments at the registration: `registerStreamHandler<Ctx, T>(…)`. */
  readonly typeArguments?: readonly ts.TypeNode[] | undefined
}

export function eventsOf({ handler, typeArguments }: Handler, tools: DialectTools): FoundEvent[] | Unreadable {
  const written = typeArguments?.[1] ?? writtenType(handler, tools)
  if (written !== undefined && written !== 'untyped') return [{ name: null, payload: tools.typeOf(written) }]
  const fn = functionOf(handler, tools)
  const away = fn && handedOn(fn)
  if (away !== undefined) {
    const message = 'the stream is handed to another function, so that not all that is written stands here'
    return tools.unreadable(away, { message, hint: 'write StreamHandler<Ctx, T>, or @stream with @event {T}' })
  }
  const events = withLiterals(writtenEvents(handler, tools), tools)
  if (events.length > 0) return events
  return tools.unreadable(handler, {
    message: 'the type of what this handler writes is not stated',
    hint: 'write StreamHandler<Ctx, T>, or @stream with @event {T}',
  })
}

/**
 * `T` of `StreamHandler<Ctx, T>`, `StreamHandlerProps<Ctx, T>` or `StreamWriter<T>`; `'untyped'` where one of them stands
 * without it, which is how the plugin spells `any`.
 */
export function writtenType(handler: ts.Node, tools: DialectTools): ts.TypeNode | 'untyped' | undefined {
  const types: (ts.TypeNode | undefined)[] = []
  if (ts.isVariableDeclaration(handler)) types.push(handler.type, ...statedBy(handler.initializer))
  else if (ts.isExpression(handler)) types.push(...statedTypes(handler))
  const fn = functionOf(handler, tools)
  const [parameter] = fn?.parameters ?? []
  types.push(parameter?.type, parameter?.type && writerOf(parameter.type))
  for (const type of types) {
    const found = type && eventIn(type, tools)
    if (found !== undefined) return found
  }
  return undefined
}

const TYPES: Readonly<Record<string, number>> = { StreamHandler: 1, StreamHandlerProps: 1, StreamWriter: 0 }

/** Also behind an alias of the project: `type AppStreamHandler<T> = StreamHandler<AppContext, T>`. */
function eventIn(type: ts.TypeNode, tools: DialectTools): ts.TypeNode | 'untyped' | undefined {
  for (const [name, index] of Object.entries(TYPES)) {
    const given = argumentsOf(type, name)
    if (given !== undefined) return given[index] ?? 'untyped'
  }
  const alias = ts.isTypeReferenceNode(type) ? tools.declarationOf(type.typeName) : undefined
  if (alias === undefined || !ts.isTypeAliasDeclaration(alias) || !ts.isTypeReferenceNode(type)) return undefined
  const inner = eventIn(alias.type, tools)
  if (inner === undefined || inner === 'untyped') return inner
  const index = (alias.typeParameters ?? []).findIndex(({ name }) => name.text === inner.getText())
  return index === -1 ? inner : (type.typeArguments?.[index] ?? 'untyped')
}

function statedBy(expression: ts.Expression | undefined): ts.TypeNode[] {
  return expression === undefined ? [] : statedTypes(expression)
}

/** The type of `stream` in `{ stream: StreamWriter<T> }`. */
function writerOf(type: ts.TypeNode): ts.TypeNode | undefined {
  if (!ts.isTypeLiteralNode(type)) return undefined
  const stream = type.members.find(({ name }) => name !== undefined && ts.isIdentifier(name) && name.text === 'stream')
  return stream !== undefined && ts.isPropertySignature(stream) ? stream.type : undefined
}

/** What an untyped handler hands to `stream.write`. */
function writtenEvents(handler: ts.Node, tools: DialectTools): FoundEvent[] {
  const fn = functionOf(handler, tools)
  return (fn === undefined ? [] : callsOf(fn, ['write'])).flatMap(({ arguments: [node] }) =>
    node === undefined ? [] : [{ name: null, payload: { type: tools.checker.getTypeAtLocation(node), node } }],
  )
}
