/** How many parts a type has, each counted as often as it would be printed. */
import type { Type } from '../../../ir.js'

/** @param sizes - what was counted before, by identity: parts are shared, and counted once. */
export function sizeOf(type: Type, sizes: WeakMap<Type, number>): number {
  const known = sizes.get(type)
  if (known !== undefined) return known
  const size = partsOf(type).reduce((sum, part) => sum + sizeOf(part, sizes), 1)
  sizes.set(type, size)
  return size
}

function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'object':
      return [...type.fields.map((field) => field.type), ...(type.rest === undefined ? [] : [type.rest])]
    case 'array':
      return [type.items]
    case 'tuple':
      return [...type.items, ...(type.rest === undefined ? [] : [type.rest])]
    case 'union':
    case 'intersection':
      return type.members
    default:
      return []
  }
}
