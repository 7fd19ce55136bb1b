/**
 * The members of a union in an order that does not depend on what the checker has seen before: as they are written, then
 * as they are declared, then by their text.
 */
import { ts } from '../compiler.js'
import type { At, Walk } from './walk.js'

interface Look {
  readonly union: ts.UnionType
  readonly at: At
  readonly walk: Walk
}

export function inOrder(members: readonly ts.Type[], look: Look): ts.Type[] {
  const written = writtenOrder(look)
  const keys = new Map(members.map((member) => [member, keyOf(member, { written, walk: look.walk })]))
  return [...members].sort((left, right) => {
    const [one, other] = [keys.get(left) ?? '', keys.get(right) ?? '']
    return one < other ? -1 : one > other ? 1 : 0
  })
}

/** Where each type stands in the union that the author wrote, where there is one. */
function writtenOrder({ union, at, walk }: Look): ReadonlyMap<ts.Type, number> {
  const alias = union.aliasSymbol?.declarations?.find((one) => ts.isTypeAliasDeclaration(one))
  const order = new Map<ts.Type, number>()
  const visit = (node: ts.TypeNode): void => {
    if (ts.isUnionTypeNode(node) || ts.isParenthesizedTypeNode(node)) {
      for (const inner of ts.isUnionTypeNode(node) ? node.types : [node.type]) visit(inner)
      return
    }
    const type = walk.checker.getTypeFromTypeNode(node)
    if (!order.has(type)) order.set(type, order.size)
  }
  // The arguments of a generic alias are not those of this union.
  const isGeneric = (alias?.typeParameters?.length ?? 0) > 0
  const node = alias === undefined ? at.written.at(-1) : isGeneric ? undefined : alias.type
  if (node !== undefined) visit(node)
  return order
}

interface Known {
  readonly written: ReadonlyMap<ts.Type, number>
  readonly walk: Walk
}

function keyOf(type: ts.Type, { written, walk: { checker, places } }: Known): string {
  const index = written.get(type)
  if (index !== undefined) return `0 ${padded(index)}`
  const declaration = (type.aliasSymbol ?? type.symbol)?.declarations?.[0]
  if (declaration === undefined) return `2 ${checker.typeToString(type)}`
  return `1 ${places.nameOf(declaration.getSourceFile().fileName)} ${padded(declaration.pos)}`
}

function padded(number: number): string {
  return String(number).padStart(9, '0')
}
