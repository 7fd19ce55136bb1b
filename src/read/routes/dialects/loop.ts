/** Routers that are mounted in a loop over a list: `routes.forEach((route) => app.use(route.path, route.router))`. */
import { ts } from '../compiler.js'
import type { DialectTools } from '../dialect.js'
import { lastName } from './syntax.js'

/**
 * The arguments of a call, once for each element of the list that it loops over; as they are where it does not loop over
 * a list that is written somewhere.
 */
export function unrolled(call: ts.CallExpression, tools: DialectTools): (readonly ts.Expression[])[] {
  const loop = call.arguments.map((argument) => loopOf(argument, tools)).find((found) => found !== undefined)
  const list = loop && listOf(loop.over, tools)
  if (loop === undefined || list === undefined) return [call.arguments]
  return list.map((element) => call.arguments.map((argument) => inElement(argument, { element, loop, tools })))
}

interface Loop {
  /** What stands for the element: a parameter, or the variable of a `for … of`. */
  readonly variable: ts.Node
  readonly over: ts.Expression
}

/** The loop whose element an expression is, or is a property of. */
function loopOf(argument: ts.Expression, tools: DialectTools): Loop | undefined {
  const node = tools.unwrap(argument)
  const root = ts.isPropertyAccessExpression(node) ? node.expression : node
  if (!ts.isIdentifier(root)) return undefined
  const symbol = tools.checker.getSymbolAtLocation(root)
  const declared = symbol?.valueDeclaration
  const variable = declared !== undefined && ts.isBindingElement(declared) ? declared.parent.parent : declared
  if (variable === undefined) return undefined
  if (ts.isParameter(variable)) return eachOf(variable)
  if (!ts.isVariableDeclaration(variable)) return undefined
  const statement = variable.parent.parent
  return ts.isForOfStatement(statement) ? { variable, over: statement.expression } : undefined
}

function eachOf(variable: ts.ParameterDeclaration): Loop | undefined {
  const { parent: call } = variable.parent
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined
  const isFirst = variable.parent.parameters[0] === variable
  return isFirst && /^(?:forEach|map)$/.test(call.expression.name.text)
    ? { variable, over: call.expression.expression }
    : undefined
}

/** The elements of a list that is written out, here or in a constant. */
export function listOf(over: ts.Expression, tools: DialectTools): readonly ts.Expression[] | undefined {
  const node = tools.unwrap(over)
  if (ts.isArrayLiteralExpression(node)) return node.elements
  const declaration = ts.isIdentifier(node) ? tools.declarationOf(node) : undefined
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined
  const { initializer } = declaration
  const list = initializer && tools.unwrap(initializer)
  return list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : undefined
}

interface Element {
  readonly element: ts.Expression
  readonly loop: Loop
  readonly tools: DialectTools
}

function inElement(argument: ts.Expression, { element, loop, tools }: Element): ts.Expression {
  const own = loopOf(argument, tools)
  if (own?.variable !== loop.variable) return argument
  const node = tools.unwrap(argument)
  if (ts.isPropertyAccessExpression(node)) return tools.property(element, node.name.text) ?? argument
  const declared = tools.checker.getSymbolAtLocation(node)?.valueDeclaration
  if (declared === undefined || !ts.isBindingElement(declared)) return element
  const name = lastName(declared.propertyName ?? declared.name)
  return (name === undefined ? undefined : tools.property(element, name)) ?? argument
}
