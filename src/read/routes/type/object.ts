/** Objects as `JSON.stringify` writes them: own data, no functions, no getters of classes. */
import { unionOf } from '../../../combine.js'
import type { Field, ObjectType, Type } from '../../../ir.js'
import { ts } from '../compiler.js'
import { docsOfSymbol } from './name.js'
import { isForeign, isPlatform } from './platform.js'
import { checkBases } from './refuse.js'
import type { At, Walk } from './walk.js'

export function viewObject(type: ts.Type, { at, walk }: { at: At; walk: Walk }): ObjectType {
  const { checker } = walk
  if (!at.isForeign) checkBases(type, { at, context: walk })
  const properties = checker.getPropertiesOfType(type)
  const fields = properties.flatMap((symbol) => viewField(symbol, { at, walk }) ?? [])
  const rests = checker.getIndexInfosOfType(type).flatMap((info): Type[] => {
    if ((info.keyType.flags & ts.TypeFlags.ESSymbolLike) !== 0) return []
    const written = info.declaration?.type
    return [withoutUndefined(walk.read(info.type, stepInto(at, { name: '*', written, declaration: undefined })))]
  })
  const isOpen = properties.length === 0 && rests.length === 0 && isEmptyLiteral(type)
  return {
    kind: 'object',
    fields,
    ...(rests.length > 0 ? { rest: unionOf(rests) } : isOpen ? { rest: { kind: 'unknown' } } : {}),
  }
}

/** `{}` and `object` allow every object. */
function isEmptyLiteral({ symbol }: ts.Type): boolean {
  return symbol === undefined || (symbol.flags & ts.SymbolFlags.TypeLiteral) !== 0
}

function viewField(symbol: ts.Symbol, { at, walk }: { at: At; walk: Walk }): Field | undefined {
  if (!isWritten(symbol, walk)) return undefined
  const { checker } = walk
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0]
  const written = declaration && typeNodeOf(declaration)
  const next = stepInto(at, { name: symbol.name, written, declaration })
  const whole = walk.read(walk.typeOf(symbol), next)
  const type = withoutUndefined(whole)
  if (type.kind === 'undefined' || (type.kind === 'never' && whole.kind !== 'never')) return undefined
  const docs = docsOfSymbol(symbol, checker)
  const optional = (symbol.flags & ts.SymbolFlags.Optional) !== 0 || type !== whole
  return { name: symbol.name, type, optional, ...(docs === undefined ? {} : { docs }) }
}

/** False for what JSON leaves out whatever its type: symbols, `#private`, methods and accessors of classes. */
function isWritten(symbol: ts.Symbol, { program }: Walk): boolean {
  const name = String(symbol.escapedName)
  if (name.startsWith('__@') || name.startsWith('__#')) return false
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0]
  if (declaration === undefined) return true
  if (ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration)) return false
  const isAccessor = ts.isGetAccessorDeclaration(declaration) || ts.isSetAccessorDeclaration(declaration)
  if (isAccessor && ts.isClassLike(declaration.parent)) return false
  // `message` and `stack` of an error cannot be enumerated.
  const { parent } = declaration
  const isOfError = ts.isInterfaceDeclaration(parent) && parent.name.text === 'Error' && isPlatform(parent, program)
  return !isOfError
}

function typeNodeOf(declaration: ts.Declaration): ts.TypeNode | undefined {
  const isTyped =
    ts.isPropertySignature(declaration) ||
    ts.isPropertyDeclaration(declaration) ||
    ts.isParameter(declaration) ||
    ts.isGetAccessorDeclaration(declaration)
  return isTyped ? declaration.type : undefined
}

interface Step {
  readonly name: string
  readonly written: ts.TypeNode | undefined
  readonly declaration: ts.Declaration | undefined
}

function stepInto(at: At, { name, written, declaration }: Step): At {
  const foreign = declaration === undefined ? at.isForeign : isForeign(declaration)
  return {
    node: declaration === undefined || foreign ? at.node : declaration,
    written: written === undefined ? at.written : [...at.written, written],
    isForeign: foreign,
    trail: [...at.trail, name],
  }
}

/** A field that may be `undefined` is left out by JSON. The same type where there is nothing to leave out. */
export function withoutUndefined(type: Type): Type {
  if (type.kind !== 'union' || !type.members.some(({ kind }) => kind === 'undefined')) return type
  return unionOf(
    type.members.filter(({ kind }) => kind !== 'undefined'),
    type.discriminator,
  )
}
