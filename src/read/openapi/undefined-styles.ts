/** Parameters whose serialization OpenAPI leaves open ("n/a" in its table of styles): what is sent instead is said. */
import { target } from '../../flatten.js'
import type { Parameter, Type, TypeTable } from '../../ir.js'
import type { Reading } from './shape.js'

/** Warns of a parameter that no rule says how to write. */
export function reportUndefinedStyle(
  parameter: Parameter,
  { report, schemas }: Reading & { schemas: TypeTable },
): void {
  const found = undefinedStyle(parameter, schemas)
  if (found === undefined) return
  const { name, in: location, place } = parameter
  const message = `the ${location} parameter "${name}" ${found.message}`
  report({ severity: 'warning', code: 'parameter-style', message, place, hint: found.hint })
}

/** What of a way to write a value no rule defines, and what is sent; `undefined` where all is defined. */
export function undefinedStyle(
  { in: location, serialization, type }: Pick<Parameter, 'in' | 'serialization' | 'type'>,
  table: TypeTable,
): { readonly message: string; readonly hint: string } | undefined {
  if (serialization.kind !== 'style') return undefined
  const { style, explode } = serialization
  if ((style === 'spaceDelimited' || style === 'pipeDelimited') && explode) {
    const message = `has the style "${style}" and "explode: true", which is not defined; its name is repeated for each value`
    return { message, hint: 'remove "explode", or use the style "form"' }
  }
  if (style === 'deepObject' && !isFlat(type, table)) {
    const message = `has the style "deepObject", which is defined for objects of plain values; lists repeat their name, and objects inside of objects nest`
    return { message, hint: 'see that the server takes that, or declare the parameter under "content"' }
  }
  if (location === 'cookie' && style === 'form' && explode && isCompound(type, table)) {
    const message = `is exploded by the style "form", whose "&" is no separator of cookies; "; " is written`
    return { message, hint: 'use the style "cookie" (OpenAPI 3.2), or "explode: false"' }
  }
  return undefined
}

/** An object without objects and lists in it; also what may be other things than that. */
function isFlat(type: Type, table: TypeTable): boolean {
  const found = target(type, table)
  if (['array', 'tuple', 'string', 'number', 'boolean'].includes(found.kind)) return false
  return found.kind !== 'object' || !found.fields.some((field) => isCompound(field.type, table))
}

function isCompound(type: Type, table: TypeTable): boolean {
  return ['array', 'tuple', 'object', 'intersection'].includes(target(type, table).kind)
}
