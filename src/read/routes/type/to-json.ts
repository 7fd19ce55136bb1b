/** What `JSON.stringify` makes of a value by way of its method `toJSON`, also where a type was computed from the value's. */
import { ts } from '../compiler.js'
import { isPlatform } from './platform.js'
import { refuse } from './refuse.js'
import type { At, TypeContext } from './walk.js'

/** What a type with the method stands for: what it returns, and the type's own fields where it may be missing. */
export interface Converted {
  readonly type: ts.Type
  readonly isOptional: boolean
}

/** @throws InputError for a `toJSON` of which only the name is left, as `DeepPartial` leaves it. */
export function toJson(type: ts.Type, { at, context }: { at: At; context: TypeContext }): Converted | undefined {
  const method = type.getProperty('toJSON')
  if (method === undefined) return undefined
  const { checker } = context
  const whole = checker.getTypeOfSymbol(method)
  const [signature] = checker.getNonNullableType(whole).getCallSignatures()
  if (signature !== undefined) {
    const isOptional = (method.flags & ts.SymbolFlags.Optional) !== 0 || checker.getNonNullableType(whole) !== whole
    return { type: signature.getReturnType(), isOptional }
  }
  // `toJSON: string` is data as any other.
  const declaration = method.valueDeclaration ?? method.declarations?.[0]
  if (declaration === undefined || !isMethod(declaration)) return undefined
  return refuse(at, context, {
    what: 'computed from a type with a method toJSON, so that what JSON makes of it is not known',
    hint: 'state what is sent by a tag such as @event {T}, or leave such types as they are where others are computed',
  })
}

function isMethod(node: ts.Declaration): boolean {
  return ts.isMethodDeclaration(node) || ts.isMethodSignature(node)
}

/**
 * The type of the platform that a mapped type was computed from, such as the `Date` of `Partial<Date>`: the value is still
 * one of those. `undefined` for a type with any other property.
 */
export function platformOrigin(type: ts.Type, { checker, program }: TypeContext): ts.Type | undefined {
  if ((type.symbol?.flags & ts.SymbolFlags.TypeLiteral) === 0) return undefined
  const owners = checker.getPropertiesOfType(type).map(({ declarations: [first] = [] }) => first?.parent)
  const [owner] = owners
  if (owner === undefined || !ts.isInterfaceDeclaration(owner) || !isPlatform(owner, program)) return undefined
  const name = owner.name.text
  const isAll = owners.every((one) => one !== undefined && ts.isInterfaceDeclaration(one) && one.name.text === name)
  return isAll ? checker.getTypeAtLocation(owner) : undefined
}
