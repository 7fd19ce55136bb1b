/** The values of expressions that are read and never run. */
import { ts } from './compiler.js'
import type { Constant, ConstantValue } from './dialect.js'

/** An expression that leads to itself ends here, and so does one of unusual depth. */
const MAX_STEPS = 50

/** The expression without parentheses, `as`, `satisfies`, `!` and `<T>`. */
export function unwrap(node: ts.Expression): ts.Expression {
  let inner = node
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  ) {
    inner = inner.expression
  }
  return inner
}

export interface Evaluator {
  constant(node: ts.Expression): Constant
  property(node: ts.Expression, name: string): ts.Expression | undefined
  declarationOf(node: ts.Node): ts.Declaration | undefined
}

export function newEvaluator(checker: ts.TypeChecker): Evaluator {
  const declarationOf = (node: ts.Node): ts.Declaration | undefined => {
    const symbol = ts.isShorthandPropertyAssignment(node)
      ? checker.getShorthandAssignmentValueSymbol(node)
      : checker.getSymbolAtLocation(ts.isPropertyAccessExpression(node) ? node.name : node)
    if (symbol === undefined) return undefined
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return target.valueDeclaration ?? target.declarations?.[0]
  }
  const lookup: Lookup = { declarationOf, enumValue: (member) => checker.getConstantValue(member) }
  return {
    constant: (node) => evaluate(node, { ...lookup, steps: MAX_STEPS }),
    property: (node, name) => propertyOf(node, { name, lookup: { ...lookup, steps: MAX_STEPS } }),
    declarationOf,
  }
}

interface Lookup {
  readonly declarationOf: (node: ts.Node) => ts.Declaration | undefined
  readonly enumValue: (member: ts.EnumMember) => string | number | undefined
}

type Steps = Lookup & { readonly steps: number }

function evaluate(written: ts.Expression, lookup: Steps): Constant {
  const node = unwrap(written)
  if (lookup.steps === 0) return { kind: 'unknown', node }
  const next = { ...lookup, steps: lookup.steps - 1 }
  const literal = literalOf(node)
  if (literal !== undefined) return literal
  if (ts.isTemplateExpression(node)) return evaluateTemplate(node, next)
  if (ts.isArrayLiteralExpression(node)) return evaluateList(node, next)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return join([evaluate(node.left, next), evaluate(node.right, next)], node)
  }
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    return evaluateReference(node, next)
  }
  return { kind: 'unknown', node }
}

function literalOf(node: ts.Expression): Constant | undefined {
  if (ts.isStringLiteralLike(node)) return { kind: 'constant', value: node.text }
  if (ts.isNumericLiteral(node)) return { kind: 'constant', value: Number(node.text) }
  switch (node.kind) {
    case ts.SyntaxKind.TrueKeyword:
      return { kind: 'constant', value: true }
    case ts.SyntaxKind.FalseKeyword:
      return { kind: 'constant', value: false }
    case ts.SyntaxKind.NullKeyword:
      return { kind: 'constant', value: null }
    default:
      return ts.isIdentifier(node) && node.text === 'undefined' ? { kind: 'constant', value: undefined } : undefined
  }
}

function evaluateTemplate(node: ts.TemplateExpression, lookup: Steps): Constant {
  const parts = node.templateSpans.flatMap((span): Constant[] => [
    evaluate(span.expression, lookup),
    { kind: 'constant', value: span.literal.text },
  ])
  return join([{ kind: 'constant', value: node.head.text }, ...parts], node)
}

/** Texts and numbers in a row are a text; two numbers would be a sum, which no path needs. */
function join(parts: readonly Constant[], node: ts.Node): Constant {
  let text = ''
  for (const part of parts) {
    if (part.kind === 'unknown') return part
    if (typeof part.value !== 'string' && typeof part.value !== 'number') return { kind: 'unknown', node }
    text += part.value
  }
  const isText = parts.some((part) => part.kind === 'constant' && typeof part.value === 'string')
  return isText ? { kind: 'constant', value: text } : { kind: 'unknown', node }
}

function evaluateList(node: ts.ArrayLiteralExpression, lookup: Steps): Constant {
  const values: ConstantValue[] = []
  for (const element of node.elements) {
    const item = evaluate(element, lookup)
    if (item.kind === 'unknown') return item
    values.push(item.value)
  }
  return { kind: 'constant', value: values }
}

function evaluateReference(node: ts.Expression, lookup: Steps): Constant {
  const declaration = lookup.declarationOf(ts.isElementAccessExpression(node) ? node.argumentExpression : node)
  if (ts.isElementAccessExpression(node)) {
    const key = evaluate(node.argumentExpression, lookup)
    const value =
      key.kind === 'constant' && typeof key.value === 'string'
        ? propertyOf(node.expression, { name: key.value, lookup })
        : undefined
    return value === undefined ? { kind: 'unknown', node } : evaluate(value, lookup)
  }
  if (declaration !== undefined && ts.isEnumMember(declaration)) {
    const value = lookup.enumValue(declaration)
    return value === undefined ? { kind: 'unknown', node } : { kind: 'constant', value }
  }
  const initializer = declaration && initializerOf(declaration)
  return initializer === undefined ? { kind: 'unknown', node } : evaluate(initializer, lookup)
}

/** What a name that is assigned once stands for. */
function initializerOf(declaration: ts.Declaration): ts.Expression | undefined {
  if (ts.isVariableDeclaration(declaration)) return isConst(declaration) ? declaration.initializer : undefined
  if (ts.isPropertyAssignment(declaration)) return declaration.initializer
  if (ts.isShorthandPropertyAssignment(declaration)) return declaration.name
  if (ts.isExportAssignment(declaration)) return declaration.expression
  const isFixed = ts.isPropertyDeclaration(declaration) && hasReadonly(declaration)
  return isFixed ? declaration.initializer : undefined
}

function isConst({ parent }: ts.VariableDeclaration): boolean {
  return (parent.flags & ts.NodeFlags.Const) !== 0
}

function hasReadonly(declaration: ts.PropertyDeclaration): boolean {
  return declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) === true
}

/** The value of a property of an object literal; the last of that name wins, as it does when it runs. */
function propertyOf(
  written: ts.Expression,
  { name, lookup }: { readonly name: string; readonly lookup: Steps },
): ts.Expression | undefined {
  const object = objectOf(written, lookup)
  for (const member of [...(object?.properties ?? [])].reverse()) {
    if (ts.isSpreadAssignment(member)) {
      const spread = lookup.steps === 0 ? undefined : { ...lookup, steps: lookup.steps - 1 }
      const value = spread && propertyOf(member.expression, { name, lookup: spread })
      if (value !== undefined) return value
      continue
    }
    if (member.name === undefined || keyOf(member.name, lookup) !== name) continue
    if (ts.isPropertyAssignment(member)) return member.initializer
    if (ts.isShorthandPropertyAssignment(member)) return shorthandValue(member, lookup)
  }
  return undefined
}

function shorthandValue(member: ts.ShorthandPropertyAssignment, { declarationOf }: Lookup): ts.Expression {
  const declaration = declarationOf(member)
  return (declaration && initializerOf(declaration)) ?? member.name
}

function objectOf(written: ts.Expression, lookup: Steps): ts.ObjectLiteralExpression | undefined {
  let node = unwrap(written)
  for (let steps = lookup.steps; steps > 0 && !ts.isObjectLiteralExpression(node); steps--) {
    const declaration = lookup.declarationOf(node)
    const initializer = declaration && initializerOf(declaration)
    if (initializer === undefined) return undefined
    node = unwrap(initializer)
  }
  return ts.isObjectLiteralExpression(node) ? node : undefined
}

function keyOf(name: ts.PropertyName, lookup: Steps): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text
  if (!ts.isComputedPropertyName(name) || lookup.steps === 0) return undefined
  const key = evaluate(name.expression, { ...lookup, steps: lookup.steps - 1 })
  return key.kind === 'constant' && typeof key.value === 'string' ? key.value : undefined
}
