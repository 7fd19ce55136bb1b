/** Questions about syntax that several frameworks' readers ask. Nothing of a framework is known here. */
import type { Docs } from '../../../ir.js'
import { ts } from '../compiler.js'
import type { DialectTools } from '../dialect.js'

export type FunctionNode = ts.FunctionLikeDeclaration & { readonly body: ts.Node }

/** Every node of a tree that the test takes, in the order of the text. */
export function nodesIn<T extends ts.Node>(root: ts.Node, test: (node: ts.Node) => node is T): T[] {
  const found: T[] = []
  const visit = (node: ts.Node): void => {
    if (test(node)) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return found
}

/** Every call in a tree whose callee ends in one of the names: `write(…)`, `stream.write(…)`. */
export function callsOf(root: ts.Node, names: readonly string[]): ts.CallExpression[] {
  return nodesIn(root, ts.isCallExpression).filter((call) => names.includes(lastName(call.expression) ?? ''))
}

/** `c` of `a.b.c`, and `c` itself. */
export function lastName(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  return ts.isQualifiedName(node) ? node.right.text : undefined
}

/** The type arguments of a reference to a type of this name, however it is qualified. */
export function argumentsOf(node: ts.TypeNode | undefined, name: string): readonly ts.TypeNode[] | undefined {
  if (node === undefined || !ts.isTypeReferenceNode(node)) return undefined
  return lastName(node.typeName) === name ? (node.typeArguments ?? []) : undefined
}

/** The function that an expression is or leads to. */
export function functionOf(expression: ts.Node, tools: DialectTools): FunctionNode | undefined {
  const node = ts.isExpression(expression) ? tools.unwrap(expression) : expression
  if (isFunction(node)) return node
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node)) {
    return node.initializer && functionOf(node.initializer, tools)
  }
  // `controller.events.bind(controller)`
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    return node.expression.name.text === 'bind' ? functionOf(node.expression.expression, tools) : undefined
  }
  if (ts.isExportAssignment(node)) return functionOf(node.expression, tools)
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined
  const declaration = tools.declarationOf(node)
  return declaration === undefined || declaration === node ? undefined : functionOf(declaration, tools)
}

export function isFunction(node: ts.Node): node is FunctionNode {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined
}

/** The value of a property of an object literal, or the method of that name. */
export function memberOf(
  object: ts.Expression,
  { name, tools }: { readonly name: string; readonly tools: DialectTools },
): ts.Expression | ts.MethodDeclaration | undefined {
  const value = tools.property(object, name)
  const literal = tools.unwrap(object)
  if (value !== undefined || !ts.isObjectLiteralExpression(literal)) return value
  return literal.properties.filter(ts.isMethodDeclaration).find((method) => lastName(method.name) === name)
}

/** The comment before the `.name(…)` of a call in a chain, which the parser gives to nobody, else that before the chain. */
export function docsOfCall(call: ts.CallExpression, tools: DialectTools): Docs | undefined {
  const { expression } = call
  if (!ts.isPropertyAccessExpression(expression)) return tools.docsOf(call)
  const { text } = call.getSourceFile()
  const ranges = ts.getLeadingCommentRanges(text, expression.expression.end) ?? []
  const comment = ranges.map(({ pos, end }) => text.slice(pos, end)).findLast((one) => one.startsWith('/**'))
  // What stands before a chain is about its first call.
  const isFirst = !ts.isCallExpression(expression.expression)
  if (comment === undefined) return isFirst ? tools.docsOf(call) : undefined
  const lines = comment.slice(3, -2).replaceAll(/^[ \t]*\*[ \t]?/gm, '')
  const words = (lines.split(/^[ \t]*@/m)[0] ?? '').trim()
  return words === '' ? undefined : { text: words }
}

/** The types that stand in `as` and `satisfies` around an expression. */
export function statedTypes(expression: ts.Expression): ts.TypeNode[] {
  if (ts.isParenthesizedExpression(expression)) return statedTypes(expression.expression)
  if (!ts.isAsExpression(expression) && !ts.isSatisfiesExpression(expression)) return []
  return [expression.type, ...statedTypes(expression.expression)]
}

export function isExported(statement: ts.Node): boolean {
  if (!ts.canHaveModifiers(statement)) return false
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
}

/** What a function returns, its nested functions left out. */
export function returnedBy(fn: FunctionNode): ts.Expression[] {
  const { body } = fn
  if (ts.isExpression(body)) return [body]
  const found: ts.Expression[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression)
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit)
  }
  ts.forEachChild(body, visit)
  return found
}

/** The name under which a function has its stream: its first parameter, or the property `stream` that it takes out of it. */
function streamNameOf({ parameters: [parameter] }: FunctionNode): string | undefined {
  if (parameter === undefined) return undefined
  if (ts.isIdentifier(parameter.name)) return parameter.name.text
  if (!ts.isObjectBindingPattern(parameter.name)) return undefined
  const stream = parameter.name.elements.find((one) => lastName(one.propertyName ?? one.name) === 'stream')
  return stream && lastName(stream.name)
}

/** Where a function hands its stream to another one, so that what is sent does not all stand in it. */
export function handedOn(fn: FunctionNode): ts.Expression | undefined {
  const name = streamNameOf(fn)
  return nodesIn(fn.body, ts.isCallExpression)
    .flatMap(({ arguments: given }) => given)
    .find((argument) => ts.isIdentifier(argument) && argument.text === name)
}

/**
 * `compute` once for all files of a run. A dialect is asked file by file, and what it wants of the whole project is the
 * same for each of them. The result is held as long as the project itself.
 */
export function perProject<T>(compute: (tools: DialectTools) => T): (tools: DialectTools) => T {
  const known = new WeakMap<readonly ts.SourceFile[], { readonly result: T }>()
  return (tools) => {
    const entry = known.get(tools.context) ?? { result: compute(tools) }
    known.set(tools.context, entry)
    return entry.result
  }
}
