/**
 * Literals in what is sent. The checker widens `{ type: 'done' }` to `{ type: string }`, but on the wire it is `'done'`:
 * where a property tells the messages of a stream apart, the client gets the literal.
 */
import { ts } from './compiler.js'
import type { DialectTools, FoundEvent, TypeSource } from './dialect.js'

type Tools = Pick<DialectTools, 'checker' | 'declarationOf'>

/** Properties that nearly everybody tells messages apart by, so that one message is enough to know. */
const TELLING: ReadonlySet<string> = new Set(['type', 'kind', 'event', 'op', 'action', 'tag', '_tag', '__typename'])

const LITERAL = ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral | ts.TypeFlags.BooleanLiteral

/**
 * The events with literals where they are written in place: in properties that are called as such usually are, and in
 * those that hold another literal in each message. Messages that a condition chooses from are several.
 */
export function withLiterals(events: readonly FoundEvent[], tools: Tools): FoundEvent[] {
  const single = events.flatMap((event): FoundEvent[] => {
    const { payload } = event
    return payload === undefined ? [event] : alternatives(payload, tools).map((one) => ({ ...event, payload: one }))
  })
  const objects = single.flatMap(({ payload }) => objectAt(payload) ?? [])
  const telling = new Set([...TELLING, ...tellingNames(objects, tools)])
  return single.map((event) => {
    const object = objectAt(event.payload)
    if (event.payload === undefined || object === undefined) return event
    const instead = new Map(literalsOf(object, { type: event.payload.type, telling, tools }))
    return instead.size === 0 ? event : { ...event, payload: { ...event.payload, instead } }
  })
}

function objectAt(payload: TypeSource | undefined): ts.ObjectLiteralExpression | undefined {
  return payload !== undefined && ts.isObjectLiteralExpression(payload.node) ? payload.node : undefined
}

/** The literals that an expression is or leads to; itself where it is anything else. */
function alternatives(source: TypeSource, tools: Tools): TypeSource[] {
  const { node } = source
  if (ts.isParenthesizedExpression(node)) return alternatives({ ...source, node: node.expression }, tools)
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].flatMap((branch) => alternatives(sourceAt(branch, tools), tools))
  }
  const literal = ts.isIdentifier(node) ? literalBehind(node, tools) : undefined
  return literal === undefined ? [source] : [sourceAt(literal, tools)]
}

function sourceAt(node: ts.Expression, { checker }: Tools): TypeSource {
  return { type: checker.getTypeAtLocation(node), node }
}

/** `{ … }` of `const message = { … }`, unless something is assigned to one of its properties later. */
function literalBehind(node: ts.Identifier, tools: Tools): ts.ObjectLiteralExpression | undefined {
  const declaration = tools.declarationOf(node)
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.type !== undefined) return
  const { initializer, name } = declaration
  const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0
  if (!isConst || initializer === undefined || !ts.isObjectLiteralExpression(initializer)) return
  const isChanged = new RegExp(`\\b${name.getText()}\\s*(?:\\.|\\[)[^=;\\n]*[^=!<>;\\n]=[^=>]`).test(
    node.getSourceFile().text,
  )
  return isChanged ? undefined : initializer
}

/**
 * Names under which all of several messages hold a literal, and not all of them the same one; none where a name of the
 * usual ones tells all of them apart.
 */
function tellingNames(objects: readonly ts.ObjectLiteralExpression[], tools: Tools): string[] {
  const all = objects.map((object) => literalsByName(object, tools))
  const different = (name: string): number => {
    const values = all.map((literals) => literals.get(name))
    return values.every((value) => value !== undefined) ? new Set(values).size : 0
  }
  const names = [...(all[0]?.keys() ?? [])].filter((name) => different(name) > 1)
  return names.some((name) => TELLING.has(name) && different(name) === all.length) ? [] : names
}

function literalsByName(object: ts.ObjectLiteralExpression, tools: Tools): ReadonlyMap<string, ts.Type> {
  return new Map(
    object.properties.flatMap((property) => {
      const type = literalType(property, tools)
      // Numbers differ from message to message without telling anything.
      return type === undefined || (type.flags & ts.TypeFlags.NumberLiteral) !== 0
        ? []
        : [[nameOf(property), type] as const]
    }),
  )
}

/** The literal type of the value that is written for a property; enum members are literals too. */
function literalType(property: ts.ObjectLiteralElementLike, { checker }: Tools): ts.Type | undefined {
  if (ts.isShorthandPropertyAssignment(property)) {
    const symbol = checker.getShorthandAssignmentValueSymbol(property)
    const type = symbol && checker.getTypeOfSymbolAtLocation(symbol, property.name)
    return type !== undefined && (type.flags & LITERAL) !== 0 ? type : undefined
  }
  if (!ts.isPropertyAssignment(property)) return undefined
  const type = checker.getTypeAtLocation(property.initializer)
  return (type.flags & LITERAL) !== 0 ? type : undefined
}

function nameOf({ name }: ts.ObjectLiteralElementLike): string {
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : ''
}

interface Look {
  readonly type: ts.Type
  readonly telling: ReadonlySet<string>
  readonly tools: Tools
}

/** The properties of the object's type that its text knows better, those of objects in it included. */
function literalsOf(object: ts.ObjectLiteralExpression, { type, telling, tools }: Look): [ts.Symbol, ts.Type][] {
  return object.properties.flatMap((property): [ts.Symbol, ts.Type][] => {
    const name = nameOf(property)
    const symbol = tools.checker.getPropertyOfType(type, name)
    // What a spread brings after it stands for another value.
    if (symbol === undefined || symbol.valueDeclaration !== property) return []
    const inner = ts.isPropertyAssignment(property) ? property.initializer : undefined
    if (inner !== undefined && ts.isObjectLiteralExpression(inner)) {
      return literalsOf(inner, { type: tools.checker.getTypeOfSymbol(symbol), telling: TELLING, tools })
    }
    const literal = telling.has(name) ? literalType(property, tools) : undefined
    return literal === undefined ? [] : [[symbol, literal]]
  })
}
