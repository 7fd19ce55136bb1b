/** The types that validation schemas stand for: zod, TypeBox, and whatever follows Standard Schema. */
import type { ts } from '../compiler.js'
import type { DialectTools, TypeSource } from '../dialect.js'

export type Side = 'input' | 'output'

/** `undefined` where the value is no schema, or its package is missing. */
export function typeOfSchema(
  node: ts.Expression,
  { side, tools }: { readonly side: Side; readonly tools: DialectTools },
): TypeSource | undefined {
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
