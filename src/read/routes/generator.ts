/** The items of an `async function*`, or of a function that returns an iterable of them. */
import { ts } from './compiler.js'
import type { DialectTools, FoundEvent, TypeSource } from './dialect.js'
import { unwrap } from './evaluate.js'
import { withLiterals } from './literals.js'

const ITERABLES: ReadonlySet<string> = new Set([
  'AsyncGenerator',
  'AsyncIterable',
  'AsyncIterableIterator',
  'AsyncIteratorObject',
  'Generator',
  'IterableIterator',
])

/** What the function at one of the nodes yields; `undefined` where there is no such function. */
export function yieldedBy(nodes: readonly ts.Node[], tools: DialectTools): readonly FoundEvent[] | undefined {
  for (const node of nodes) {
    const own = functionAt(node)
    const found = own && yieldedByFunction(own, tools)
    if (found !== undefined) return withLiterals(found, tools)
  }
  return undefined
}

function yieldedByFunction(own: ts.SignatureDeclaration, { checker }: DialectTools): readonly FoundEvent[] | undefined {
  const signature = checker.getSignatureFromDeclaration(own)
  const item = signature && itemOf(checker.getReturnTypeOfSignature(signature), checker)
  if (item === undefined) return undefined
  const values = own.type === undefined ? yieldsOf(own) : undefined
  const sources: readonly TypeSource[] = values?.map((node) => ({ type: checker.getTypeAtLocation(node), node })) ?? [
    { type: item, node: own.type ?? own.name ?? own },
  ]
  return sources.map((payload) => ({ name: null, payload }))
}

/** Every value that a generator yields itself; `undefined` where it hands on those of others, or yields none. */
function yieldsOf(own: ts.SignatureDeclaration): readonly ts.Expression[] | undefined {
  const found: ts.YieldExpression[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isYieldExpression(node)) found.push(node)
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit)
  }
  ts.forEachChild(own, visit)
  const values = found.flatMap((one) => (one.asteriskToken === undefined && one.expression ? [one.expression] : []))
  return values.length > 0 && values.length === found.length ? values : undefined
}

function itemOf(returned: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  const type = checker.getAwaitedType(returned) ?? returned
  if (!ITERABLES.has(type.symbol?.name ?? '')) return undefined
  // The iterables of the library are references with the item as their first argument.
  return checker.getTypeArguments(type as ts.TypeReference)[0]
}

function functionAt(node: ts.Node): ts.SignatureDeclaration | undefined {
  if (ts.isFunctionLike(node)) return node
  if (ts.isVariableStatement(node)) return inside(node.declarationList.declarations[0]?.initializer)
  if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) {
    return inside(node.initializer)
  }
  if (ts.isExportAssignment(node) || ts.isExpressionStatement(node)) return inside(node.expression)
  return ts.isExpression(node) ? inside(node) : undefined
}

/** The function that an expression is, or the last one that a call is given. */
function inside(expression: ts.Expression | undefined): ts.SignatureDeclaration | undefined {
  const node = expression && unwrap(expression)
  if (node === undefined) return undefined
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node
  return ts.isCallExpression(node) ? inside(node.arguments.at(-1)) : undefined
}
