/** The types that validation schemas stand for: zod, TypeBox, and whatever follows Standard Schema. */
import { ts } from '../compiler.js'
import type { DialectTools, TypeSource } from '../dialect.js'

export type Side = 'input' | 'output'

interface Asked {
  readonly side: Side
  readonly tools: DialectTools
}

/** `undefined` where the value is no schema, or its package is missing. */
export function typeOfSchema(node: ts.Expression, { side, tools }: Asked): TypeSource | undefined {
  const schema = tools.checker.getTypeAtLocation(node)
  const follow = (path: readonly string[]): ts.Type | undefined =>
    path.reduce<ts.Type | undefined>((type, name) => {
      const whole = type && tools.checker.getNonNullableType(type)
      const property = whole && tools.checker.getPropertyOfType(whole, name)
      return property && tools.checker.getTypeOfSymbolAtLocation(property, node)
    }, schema)
  const type = follow([`_${side}`]) ?? follow(['static']) ?? follow(['~standard', 'types', side])
  return type === undefined ? undefined : { type, node }
}

/**
 * What a schema lets in. What it converts from anything (`z.coerce.number()`) has the type that comes out. Where the type
 * is not to be had it is `any`, which is refused later unless an annotation states it.
 */
export function inputOfSchema(node: ts.Expression, tools: DialectTools): TypeSource {
  const input = typeOfSchema(node, { side: 'input', tools })
  if (input === undefined) {
    const schema = tools.checker.getTypeAtLocation(node)
    const isMissing = (schema.flags & ts.TypeFlags.Any) !== 0
    return { type: isMissing ? schema : tools.checker.getAnyType(), node }
  }
  const output = typeOfSchema(node, { side: 'output', tools })
  return output === undefined ? input : { ...input, instead: conversions([input.type, output.type], tools) }
}

/** The properties that let in anything, each with the type of the same one on the other side. */
function conversions(
  [input, output]: readonly [input: ts.Type, output: ts.Type],
  { checker }: DialectTools,
): ReadonlyMap<ts.Symbol, ts.Type> {
  const found = new Map<ts.Symbol, ts.Type>()
  const seen = new Set<ts.Type>()
  const visit = (one: ts.Type, other: ts.Type): void => {
    if (seen.has(one) || (one.flags & ts.TypeFlags.Object) === 0) return
    seen.add(one)
    const [item, made] = [one, other].map((type) => checker.getIndexTypeOfType(type, ts.IndexKind.Number))
    if (item !== undefined && made !== undefined) {
      visit(item, made)
      return
    }
    for (const symbol of checker.getPropertiesOfType(one)) {
      const twin = checker.getPropertyOfType(other, symbol.name)
      if (twin === undefined) continue
      const type = checker.getTypeOfSymbol(symbol)
      const result = checker.getTypeOfSymbol(twin)
      const isAnything = (type.flags & ts.TypeFlags.Unknown) !== 0
      if (!isAnything) visit(checker.getNonNullableType(type), checker.getNonNullableType(result))
      else if ((result.flags & ts.TypeFlags.Unknown) === 0) found.set(symbol, checker.getNonNullableType(result))
    }
  }
  visit(input, output)
  return found
}
