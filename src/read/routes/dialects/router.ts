/** What holds a router: the declaration that a chain of calls goes back to, or the function that makes or gets one. */
import { ts } from '../compiler.js'
import type { DialectTools } from '../dialect.js'
import { type FunctionNode, functionOf, isFunction } from './syntax.js'

export type Holder =
  | ts.VariableDeclaration
  | ts.ExportAssignment
  | ts.ParameterDeclaration
  | ts.PropertyDeclaration
  | FunctionNode

/** What declares the router that an expression names; of a factory that is called, and of a plugin, its function. */
export function holderOf(router: ts.Expression, tools: DialectTools): Holder | undefined {
  const node = tools.unwrap(router)
  if (isFunction(node)) return node
  if (ts.isCallExpression(node)) return functionOf(node.expression, tools)
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined
  const declaration = tools.declarationOf(node)
  if (declaration === undefined) return undefined
  if (isFunction(declaration)) return declaration
  // `routers.jobs` of `{ jobs: router }` and of `{ router }`
  if (ts.isPropertyAssignment(declaration)) return holderOf(declaration.initializer, tools)
  if (ts.isShorthandPropertyAssignment(declaration)) return holderOfShorthand(declaration, tools)
  if (!isHolder(declaration)) return undefined
  const fn = ts.isParameter(declaration) ? undefined : functionOf(declaration, tools)
  return fn ?? factoryOf(declaration, tools) ?? declaration
}

function holderOfShorthand(node: ts.ShorthandPropertyAssignment, tools: DialectTools): Holder | undefined {
  const declaration = tools.declarationOf(node)
  return declaration !== undefined && isHolder(declaration) ? declaration : undefined
}

/** The function of this project that makes the router: `const jobs = createRouter()`, `export default createRouter()`. */
function factoryOf(declaration: Holder, tools: DialectTools): FunctionNode | undefined {
  const written = ts.isVariableDeclaration(declaration)
    ? declaration.initializer
    : ts.isExportAssignment(declaration)
      ? declaration.expression
      : undefined
  const call = written && tools.unwrap(written)
  if (call === undefined || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return undefined
  const fn = functionOf(call.expression, tools)
  // What a package gives has no routes that are ours.
  return fn?.getSourceFile().isDeclarationFile === false ? fn : undefined
}

function isHolder(node: ts.Node): node is Holder {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isExportAssignment(node) ||
    ts.isParameter(node) ||
    ts.isPropertyDeclaration(node)
  )
}

/** What holds the router that a call is chained on. */
export function routerOf(call: ts.CallExpression, tools: DialectTools): Holder | undefined {
  const root = rootOf(call)
  if (isName(root)) {
    const declaration = tools.declarationOf(root)
    return declaration !== undefined && isHolder(declaration) ? declaration : undefined
  }
  let node: ts.Node = call
  while (isPartOfChain(node.parent, node)) node = node.parent
  if (isHolder(node.parent)) return node.parent
  // `(app) => new Hono().get(…)` and `return Router().get(…)`.
  const around = ts.isReturnStatement(node.parent) ? ts.findAncestor(node, isFunction) : node.parent
  return around !== undefined && isFunction(around) ? around : undefined
}

export function isName(node: ts.Node): node is ts.Identifier | ts.PropertyAccessExpression {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)
}

/** The nearest function around the declaration of a router: what makes it, or is given it. */
export function makerOf(router: Holder): FunctionNode | undefined {
  if (isFunction(router)) return undefined
  return ts.findAncestor(router.parent, isFunction)
}

/** True where the chain goes on in the parent; not where it is an argument there. */
function isPartOfChain(parent: ts.Node, node: ts.Node): boolean {
  if (ts.isCallExpression(parent)) return parent.expression === node
  return ts.isPropertyAccessExpression(parent) || ts.isParenthesizedExpression(parent)
}

/** What a chain begins with: `app`, `this.router` or `new Hono()`. */
export function rootOf(chain: ts.Expression): ts.Expression {
  let node = chain
  for (;;) {
    if (ts.isPropertyAccessExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ThisKeyword) return node
      node = node.expression
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) node = node.expression
    else return node
  }
}
