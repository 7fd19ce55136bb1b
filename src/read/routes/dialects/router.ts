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
  if (ts.isCallExpression(node)) {
    const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword
    return isImport ? heldBy(defaultOf(node, tools), tools) : functionOf(node.expression, tools)
  }
  return isName(node) ? heldBy(tools.declarationOf(node), tools) : undefined
}

/** What is exported as the default of the module of `import('./jobs.js')`. */
function defaultOf({ arguments: [file] }: ts.CallExpression, { checker }: DialectTools): ts.Declaration | undefined {
  const module = file && checker.getSymbolAtLocation(file)
  const symbol = module && checker.getExportsOfModule(module).find(({ name }) => name === 'default')
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  return target?.valueDeclaration ?? target?.declarations?.[0]
}

function heldBy(declaration: ts.Declaration | undefined, tools: DialectTools): Holder | undefined {
  if (declaration === undefined) return undefined
  if (isFunction(declaration)) return declaration
  // `routers.jobs` of `{ jobs: router }` and of `{ router }`
  if (ts.isPropertyAssignment(declaration)) return holderOf(declaration.initializer, tools)
  if (ts.isShorthandPropertyAssignment(declaration)) return holderOfShorthand(declaration, tools)
  if (!isHolder(declaration)) return undefined
  const same = sameRouter(declaration, tools)
  if (same !== declaration) return same
  const fn = ts.isParameter(declaration) ? undefined : functionOf(declaration, tools)
  return fn ?? factoryOf(declaration, tools) ?? declaration
}

function holderOfShorthand(node: ts.ShorthandPropertyAssignment, tools: DialectTools): Holder | undefined {
  const declaration = tools.declarationOf(node)
  return declaration !== undefined && isHolder(declaration) ? declaration : undefined
}

/** Methods that give back the router that they are called on. */
const CHAINED = /^(?:get|post|put|patch|delete|all|on|ws|use|route|openapi|guard|model|state|decorate|derive|resolve)$/

/** Of `const routes = app.get(…)` and `export default app.get(…)` what holds `app`: it is the same router. */
function sameRouter(holder: Holder, tools: DialectTools): Holder {
  const seen = new Set([holder])
  let last = holder
  for (let next = chainedOn(last, tools); next !== undefined && !seen.has(next); next = chainedOn(last, tools)) {
    seen.add(next)
    last = next
  }
  return last
}

function chainedOn(holder: Holder, tools: DialectTools): Holder | undefined {
  if (!ts.isVariableDeclaration(holder) && !ts.isExportAssignment(holder)) return undefined
  const made = ts.isVariableDeclaration(holder) ? holder.initializer : holder.expression
  let node = made && tools.unwrap(made)
  if (node === undefined || !ts.isCallExpression(node)) return undefined
  while (ts.isCallExpression(node)) {
    const { expression }: ts.CallExpression = node
    if (!ts.isPropertyAccessExpression(expression) || !CHAINED.test(expression.name.text)) return undefined
    node = tools.unwrap(expression.expression)
  }
  const declaration = ts.isIdentifier(node) ? tools.declarationOf(node) : undefined
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
    return declaration !== undefined && isHolder(declaration) ? sameRouter(declaration, tools) : undefined
  }
  let node: ts.Node = call
  while (isPartOfChain(node.parent, node)) node = node.parent
  if (isHolder(node.parent)) return sameRouter(node.parent, tools)
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
