/** The fields of a handshake or of the parameters of an auth handler: where each of them travels, and its type. */
import { ts } from '../compiler.js'
import type { DialectTools, FoundParameter, TypeSource } from '../dialect.js'
import { argumentsOf } from './syntax.js'

export type EncoreField = FoundParameter & {
  /** Its name in the source. */
  readonly field: string
}

const WRAPPERS = { Header: 'header', Query: 'query', Cookie: 'cookie' } as const

/** The properties of an object type. What no wrapper places is in the query. */
export function fieldsOf(node: ts.TypeNode, tools: DialectTools): EncoreField[] {
  const { type } = tools.typeOf(node)
  return tools.checker.getPropertiesOfType(type).map((property) => {
    const declaration = property.declarations?.find(hasType)
    const wrapped = declaration?.type && readWrapper(declaration.type, tools)
    const docs = declaration && tools.docsOf(declaration)
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0
    const stated = tools.checker.getTypeOfSymbolAtLocation(property, node)
    const whole: TypeSource = {
      type: optional ? tools.checker.getNonNullableType(stated) : stated,
      node: declaration ?? node,
    }
    return {
      field: property.name,
      in: wrapped?.in ?? 'query',
      name: wrapped?.name ?? property.name,
      type: wrapped?.type ?? whole,
      optional,
      ...(docs === undefined ? {} : { docs }),
    }
  })
}

function hasType(node: ts.Declaration): node is ts.PropertySignature | ts.PropertyDeclaration {
  return ts.isPropertySignature(node) || ts.isPropertyDeclaration(node)
}

interface Wrapped {
  readonly in: FoundParameter['in']
  readonly name?: string
  readonly type: TypeSource
}

/**
 * `Header`, `Header<'X-Name'>`, `Header<number>` and `Header<number, 'X-Name'>`. The wrappers are aliases of what they
 * wrap, so that the checker does not see them: the written node says it.
 */
function readWrapper(node: ts.TypeNode, tools: DialectTools): Wrapped | undefined {
  for (const [wrapper, place] of Object.entries(WRAPPERS)) {
    const written = argumentsOf(node, wrapper) ?? renamed(node, { wrapper, tools })
    if (written === undefined) continue
    const name = written.map(literalText).find((text) => text !== undefined)
    const [first] = written
    const isTyped = first !== undefined && literalText(first) === undefined
    const type = isTyped ? tools.typeOf(first) : { type: tools.checker.getStringType(), node }
    return { in: place, ...(name === undefined ? {} : { name }), type }
  }
  return undefined
}

/** The type arguments where the wrapper was imported under another name. */
function renamed(
  node: ts.TypeNode,
  { wrapper, tools }: { readonly wrapper: string; readonly tools: DialectTools },
): readonly ts.TypeNode[] | undefined {
  if (!ts.isTypeReferenceNode(node) || !ts.isIdentifier(node.typeName)) return undefined
  const origin = tools.importedFrom(node.typeName)
  if (origin?.module !== 'encore.dev/api' || origin.name !== wrapper) return undefined
  return node.typeArguments ?? []
}

function literalText(node: ts.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : undefined
}
