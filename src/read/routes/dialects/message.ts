/** Messages of event streams as literals: `{ event: 'progress', data: JSON.stringify(progress) }`. */
import { ts } from '../compiler.js'
import type { DialectTools, FoundEvent, TypeSource } from '../dialect.js'

/** What a property `data` holds: what went into `JSON.stringify`, or the value itself. `undefined` for an empty text. */
export function payloadOf(property: ts.ObjectLiteralElementLike, tools: DialectTools): TypeSource | undefined {
  if (ts.isShorthandPropertyAssignment(property)) {
    const symbol = tools.checker.getShorthandAssignmentValueSymbol(property)
    const declaration = symbol?.valueDeclaration
    const made = declaration && constantOf(declaration)
    if (made !== undefined && stringified(made, tools) !== undefined) return payloadOfValue(made, tools)
    const type = symbol && tools.checker.getTypeOfSymbolAtLocation(symbol, property.name)
    return { type: type ?? tools.checker.getAnyType(), node: property.name }
  }
  return ts.isPropertyAssignment(property) ? payloadOfValue(property.initializer, tools) : undefined
}

function payloadOfValue(value: ts.Expression, tools: DialectTools): TypeSource | undefined {
  const json = stringified(value, tools)
  if (json !== undefined) return { type: tools.checker.getTypeAtLocation(json), node: json }
  const text = tools.constant(value)
  if (text.kind === 'constant' && text.value === '') return undefined
  const node = tools.unwrap(value)
  const type = tools.checker.getTypeAtLocation(node)
  return { type: type.isStringLiteral() ? tools.checker.getBaseTypeOfLiteralType(type) : type, node }
}

/** `x` of `JSON.stringify(x)`, also through a constant and an `await`. */
export function stringified(value: ts.Expression, tools: DialectTools): ts.Expression | undefined {
  const node = tools.unwrap(value)
  if (ts.isAwaitExpression(node)) return stringified(node.expression, tools)
  if (ts.isCallExpression(node))
    return /^JSON\.stringify$/.test(node.expression.getText()) ? node.arguments[0] : undefined
  if (!ts.isIdentifier(node)) return undefined
  const declaration = tools.declarationOf(node)
  const made = declaration && constantOf(declaration)
  return made && stringified(made, tools)
}

function constantOf(declaration: ts.Declaration): ts.Expression | undefined {
  if (!ts.isVariableDeclaration(declaration)) return undefined
  const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0
  return isConstant ? declaration.initializer : undefined
}

/**
 * The names that a message may have: that of a constant, those of a union of literals, `[null]` where it has none. Empty
 * where a name is computed and could be any.
 */
export function eventNamesOf(
  { literal, key }: { readonly literal: ts.ObjectLiteralExpression; readonly key: string },
  tools: DialectTools,
): (string | null)[] {
  const name = tools.property(literal, key)
  if (name === undefined) return [null]
  const constant = tools.constant(name)
  if (constant.kind === 'constant') return typeof constant.value === 'string' ? [constant.value] : [null]
  return literalNames(tools.checker.getTypeAtLocation(name)) ?? []
}

function nameProperty(
  { literal, key }: { readonly literal: ts.ObjectLiteralExpression; readonly key: string },
  tools: DialectTools,
): ts.Expression | undefined {
  const name = tools.property(literal, key)
  return name && tools.unwrap(name)
}

function literalNames(type: ts.Type): string[] | undefined {
  const members = type.isUnion() ? type.types : [type]
  const names = members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []))
  return names.length === members.length ? names : undefined
}

/**
 * `{ event: x.kind, data: JSON.stringify(x) }` and `{ event: x.kind, data: x }` with a union `x`: one event for each
 * member, by the name that it has. `undefined` where the message is not of this form.
 */
export function eventsByMember(
  { literal, key }: { readonly literal: ts.ObjectLiteralExpression; readonly key: string },
  tools: DialectTools,
): FoundEvent[] | undefined {
  const name = nameProperty({ literal, key }, tools)
  const data = tools.property(literal, 'data')
  const json = data && (stringified(data, tools) ?? tools.unwrap(data))
  if (name === undefined || json === undefined || !ts.isPropertyAccessExpression(name)) return undefined
  if (name.expression.getText() !== json.getText()) return undefined
  const type = tools.checker.getTypeAtLocation(json)
  if (!type.isUnion()) return undefined
  const events = type.types.flatMap((member): FoundEvent[] => {
    const property = tools.checker.getPropertyOfType(member, name.name.text)
    const names = property && literalNames(tools.checker.getTypeOfSymbolAtLocation(property, json))
    return (names ?? []).map((one) => ({ name: one, payload: { type: member, node: json } }))
  })
  return events.length >= type.types.length ? events : undefined
}

/** Events without those that are there already under the same name and with the same type. */
export function joinEvents(events: readonly FoundEvent[]): FoundEvent[] {
  return events.filter(
    (event, index) =>
      !events.slice(0, index).some(({ name, payload }) => name === event.name && payload?.type === event.payload?.type),
  )
}
