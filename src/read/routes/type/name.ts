/** Names of types: those that the author of the routes gave, and no others. */
import type { Docs, DocTag } from '../../../ir.js'
import { pascalCase } from '../../../names.js'
import { ts } from '../compiler.js'
import { ALIAS_PREFIX } from '../source-text.js'
import { GLOBAL_NAMES, isForeign, isPlatform } from './platform.js'
import type { TypeContext } from './walk.js'

export interface TypeName {
  /** Begins with the file, so that names are given out in an order that no visit decides. */
  readonly id: string
  readonly name: string
  readonly declaration: ts.Declaration
  readonly symbol: ts.Symbol
}

/** The name of a type that the author declared, with that of its arguments; `undefined` for every other type. */
export function nameOf(type: ts.Type, context: TypeContext): TypeName | undefined {
  const named = symbolOf(type, context)
  if (named === undefined || !isOwn(named.declaration, context)) return undefined
  const plain = declaredName(named.declaration)
  if (plain === undefined || plain.startsWith(ALIAS_PREFIX)) return undefined
  return identify({ ...named, name: plain }, context)
}

/** A name for a type without one that refers to itself. */
export function nameRecursive(type: ts.Type, context: TypeContext): Omit<TypeName, 'declaration' | 'symbol'> {
  const named = symbolOf(type, context)
  const declared = named && declaredName(named.declaration)
  const name = declared === undefined || declared.startsWith(ALIAS_PREFIX) ? 'Recursive' : declared
  if (named === undefined) return { id: `~#${safe(name)}`, name: safe(name) }
  return identify({ ...named, name }, context)
}

interface Named {
  readonly symbol: ts.Symbol
  readonly args: readonly ts.Type[]
  readonly declaration: ts.Declaration
}

function symbolOf(type: ts.Type, { checker }: TypeContext): Named | undefined {
  const { aliasSymbol, aliasTypeArguments } = type
  const alias = aliasSymbol?.declarations?.[0]
  if (aliasSymbol !== undefined && alias !== undefined && !declaredName(alias)?.startsWith(ALIAS_PREFIX)) {
    return { symbol: aliasSymbol, args: aliasTypeArguments ?? [], declaration: alias }
  }
  const { symbol } = type
  const declaration = symbol?.declarations?.[0]
  if (symbol === undefined || declaration === undefined) return undefined
  const wanted = ts.SymbolFlags.Interface | ts.SymbolFlags.Class | ts.SymbolFlags.Enum
  if ((symbol.flags & wanted) === 0) return undefined
  return { symbol, args: argumentsOf(type, checker), declaration }
}

function argumentsOf(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  if (!isReference(type)) return []
  // The last argument of a class is the type of `this`.
  return checker.getTypeArguments(type).slice(0, type.target.typeParameters?.length ?? 0)
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return 'objectFlags' in type && (Number(type.objectFlags) & ts.ObjectFlags.Reference) !== 0
}

function isOwn(declaration: ts.Declaration, { program }: TypeContext): boolean {
  return !isForeign(declaration) && !isPlatform(declaration, program)
}

function declaredName(declaration: ts.Declaration): string | undefined {
  const name = ts.getNameOfDeclaration(declaration)
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined
}

function identify(named: Named & { readonly name: string }, context: TypeContext): TypeName {
  const { symbol, args, declaration, name } = named
  const words = args.map((arg) => argumentName(arg, context)).filter((word) => word !== '')
  const source = declaration.getSourceFile()
  const isTop = declaration.parent === source
  const inner = isTop ? '' : `@${String(declaration.pos).padStart(7, '0')}`
  const { checker, places } = context
  const key = args.length === 0 ? '' : `<${args.map((arg) => checker.typeToString(arg)).join(', ')}>`
  return {
    id: `${places.nameOf(source.fileName)}#${name}${inner}${key}`,
    name: safe([name, ...words].join('_')),
    declaration,
    symbol,
  }
}

/** By the name that it will have: `event` becomes `Event`. */
function safe(name: string): string {
  return GLOBAL_NAMES.has(pascalCase(name, name)) ? `${name}Data` : name
}

/** One word for an argument; none for a type that has no name. */
function argumentName(type: ts.Type, context: TypeContext): string {
  const { checker } = context
  if (checker.isArrayType(type)) {
    const [item] = isReference(type) ? checker.getTypeArguments(type) : []
    const word = item === undefined ? '' : argumentName(item, context)
    return word === '' ? '' : `${word}List`
  }
  if (type.isStringLiteral() || type.isNumberLiteral()) return upper(String(type.value))
  const named = symbolOf(type, context)
  if (named !== undefined) return upper(declaredName(named.declaration) ?? '')
  const isPlain = (type.flags & (ts.TypeFlags.String | ts.TypeFlags.Number | ts.TypeFlags.Boolean)) !== 0
  return isPlain ? upper(checker.typeToString(type)) : ''
}

function upper(text: string): string {
  const word = text.replaceAll(/[^\p{L}\p{N}]+/gu, '')
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}

const DOC_TAGS: readonly DocTag['name'][] = ['default', 'format', 'example', 'minimum', 'maximum', 'pattern', 'see']

/** What the author wrote above a declaration or a field. */
export function docsOfSymbol(symbol: ts.Symbol, checker: ts.TypeChecker): Docs | undefined {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim()
  const written = symbol.getJsDocTags(checker)
  const tags = written.flatMap(({ name, text: parts }): DocTag[] => {
    const known = DOC_TAGS.find((one) => one === name)
    const value = ts.displayPartsToString(parts).trim()
    return known === undefined || value === '' ? [] : [{ name: known, text: value }]
  })
  const deprecated = written.some(({ name }) => name === 'deprecated')
  if (text === '' && tags.length === 0 && !deprecated) return undefined
  return {
    ...(text === '' ? {} : { text }),
    ...(deprecated ? { deprecated } : {}),
    ...(tags.length === 0 ? {} : { tags }),
  }
}
