/**
 * `ts.Type` to `Type`: what the checker has resolved, as JSON carries it. Everything that has a name of the author's
 * becomes a declaration; what has none stands in place.
 */
import { NEVER, NULL, UNKNOWN, unionOf } from '../../../combine.js'
import type { Type } from '../../../ir.js'
import { ts, writtenMembers } from '../compiler.js'
import type { TypeSource } from '../dialect.js'
import { docsOfSymbol, nameOf, nameRecursive, type TypeName } from './name.js'
import { viewObject, withoutUndefined } from './object.js'
import { inOrder } from './order.js'
import { isPlatform, platformView } from './platform.js'
import { viewPlatform } from './platform-view.js'
import { refuse, refuseEndless, refuseSize, refuseUnwrittenUnknown, viewAny } from './refuse.js'
import { sizeOf } from './size.js'
import { platformOrigin, toJson } from './to-json.js'
import type { At, TypeContext, Walk } from './walk.js'

export interface TypeReader {
  /** @throws InputError for a type of which nothing is known, or which is no data. */
  read(source: TypeSource): Type
}

/** Types inside one another that come from one declaration, such as `Tree<Tree<Tree<…>>>`. */
const MAX_INSTANCES = 25
/** Types inside one another, those with names included. */
const MAX_DEPTH = 1000
/** Parts of a type that have no name: more of them are a mistake, and would be printed again and again. */
const MAX_PARTS = 20_000

const UNDEFINED: Type = { kind: 'undefined' }
const STRING: Type = { kind: 'string' }
const NUMBER: Type = { kind: 'number' }

interface Open {
  id?: string
  name?: string
}

/** What is known so far; filled while types are read. */
interface Memory {
  readonly known: Map<ts.Type, Type>
  readonly open: Map<ts.Type, Open>
  readonly instances: Map<ts.Symbol, number>
  readonly sizes: WeakMap<Type, number>
  /** Which type of this program has an identity: names of arguments are cut where they are long. */
  readonly owners: Map<string, ts.Type>
  /** What `TypeSource.instead` told. */
  readonly instead: Map<ts.Symbol, ts.Type>
}

export function newTypeReader(context: TypeContext): TypeReader {
  const memory: Memory = {
    known: new Map(),
    open: new Map(),
    instances: new Map(),
    sizes: new WeakMap(),
    owners: new Map(),
    instead: new Map(),
  }
  const walk: Walk = {
    ...context,
    read: (type, at) => read(type, { at, walk, memory }),
    typeOf: (symbol) => memory.instead.get(symbol) ?? context.checker.getTypeOfSymbol(symbol),
  }
  return {
    read: ({ type, node, instead = [] }) => {
      for (const [symbol, found] of instead) memory.instead.set(symbol, found)
      const at: At = { node, written: ts.isTypeNode(node) ? [node] : [], isForeign: false, trail: [] }
      if ((type.flags & ts.TypeFlags.Unknown) !== 0) refuseUnwrittenUnknown(at, context)
      const found = walk.read(type, at)
      if (found.kind === 'undefined' && type.getCallSignatures().length > 0) {
        refuse(at, context, { what: 'a function, which cannot be sent', hint: 'state the type of the data itself' })
      }
      return found
    },
  }
}

interface Step {
  readonly at: At
  readonly walk: Walk
  readonly memory: Memory
}

function read(type: ts.Type, step: Step): Type {
  const { memory, walk, at } = step
  const known = memory.known.get(type)
  if (known !== undefined) return known
  const open = memory.open.get(type)
  if (open !== undefined) return refTo(type, { open, step })
  const named = nameOf(type, walk)
  const entry: Open = named === undefined ? {} : { id: ownId(type, { named, memory }), name: named.name }
  const found = entering(type, { step, entry })
  const isReferred = named === undefined ? entry.id !== undefined : isStructured(found) || memory.known.has(type)
  const result: Type = isReferred && entry.id !== undefined ? { kind: 'ref', id: entry.id } : found
  if (isReferred) declare({ entry, named, type: found }, step)
  memory.known.set(type, result)
  if (sizeOf(result, memory.sizes) > MAX_PARTS) refuseSize(at, walk)
  return result
}

function refTo(type: ts.Type, { open, step: { memory, walk } }: { open: Open; step: Step }): Type {
  if (open.id === undefined) {
    const { id, name } = nameRecursive(type, walk)
    Object.assign(open, { id: ownId(type, { named: { id }, memory }), name })
  }
  // Whoever refers to a type needs its declaration, also where its view is no object.
  const ref: Type = { kind: 'ref', id: open.id ?? '' }
  memory.known.set(type, ref)
  return ref
}

/** Two types whose arguments have the same short text get identities in the order of the files. */
function ownId(type: ts.Type, { named, memory }: { named: Pick<TypeName, 'id'>; memory: Memory }): string {
  let id = named.id
  for (let count = 2; (memory.owners.get(id) ?? type) !== type; count++) id = `${named.id}~${count}`
  memory.owners.set(id, type)
  return id
}

function declare(
  { entry, named, type }: { entry: Open; named: TypeName | undefined; type: Type },
  { walk, at }: Step,
): void {
  const { checker, declarations, places } = walk
  const docs = named && docsOfSymbol(named.symbol, checker)
  declarations.add({
    id: entry.id ?? '',
    name: entry.name ?? 'Recursive',
    type,
    ...(docs === undefined ? {} : { docs }),
    place: places.of(named?.declaration ?? at.node),
  })
}

function isStructured({ kind }: Type): boolean {
  return kind === 'object' || kind === 'union' || kind === 'tuple' || kind === 'array'
}

/** The view of a type that is not known yet, within the bounds. */
function entering(type: ts.Type, { step, entry }: { step: Step; entry: Open }): Type {
  const { memory, walk, at } = step
  const symbol = growing(type, walk)
  const count = symbol === undefined ? 0 : (memory.instances.get(symbol) ?? 0) + 1
  if (count > MAX_INSTANCES || memory.open.size > MAX_DEPTH) refuseEndless(at, walk)
  if (symbol !== undefined) memory.instances.set(symbol, count)
  // A list without a name refers to itself by what it holds, which has a better one.
  const isList = walk.checker.isArrayType(type) || walk.checker.isTupleType(type)
  if (!isList || entry.id !== undefined || type.aliasSymbol !== undefined) memory.open.set(type, entry)
  const found = view(type, { at, walk })
  memory.open.delete(type)
  if (symbol !== undefined) memory.instances.set(symbol, count - 1)
  return found
}

/** What a type that grows without end is made of again and again; lists and the forms of the language are in all types. */
function growing(type: ts.Type, { program }: TypeContext): ts.Symbol | undefined {
  const symbol = type.aliasSymbol ?? type.symbol
  const declaration = symbol?.declarations?.[0]
  return declaration === undefined || isPlatform(declaration, program) ? undefined : symbol
}

interface Look {
  readonly at: At
  readonly walk: Walk
}

function view(type: ts.Type, look: Look): Type {
  const { at, walk } = look
  const { flags } = type
  const is = (wanted: ts.TypeFlags): boolean => (flags & wanted) !== 0
  if (is(ts.TypeFlags.Any)) return viewAny(type, { at, context: walk })
  if (is(ts.TypeFlags.Unknown)) return UNKNOWN
  if (is(ts.TypeFlags.Never)) return NEVER
  if (is(ts.TypeFlags.Null)) return NULL
  if (is(ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.ESSymbolLike)) return UNDEFINED
  if (type.isUnion())
    return unionOf(
      inOrder(membersOf(type, walk.checker), { union: type, at, walk }).map((member) => walk.read(member, at)),
    )
  if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: 'literal', value: type.value }
  if (is(ts.TypeFlags.BooleanLiteral)) {
    return { kind: 'literal', value: walk.checker.typeToString(type) === 'true' }
  }
  if (is(ts.TypeFlags.BooleanLike)) return { kind: 'boolean' }
  if (is(ts.TypeFlags.StringLike | ts.TypeFlags.Index)) return STRING
  if (is(ts.TypeFlags.NumberLike)) return NUMBER
  if (is(ts.TypeFlags.BigIntLike)) {
    const hint = 'send it as a string, and state that type'
    return refuse(at, walk, { what: 'a bigint, which JSON cannot carry', hint })
  }
  if (is(ts.TypeFlags.NonPrimitive)) return { kind: 'object', fields: [], rest: UNKNOWN }
  if (is(ts.TypeFlags.Instantiable)) return viewParameter(type, look)
  return type.isIntersection() ? viewIntersection(type, look) : viewStructure(type, look)
}

/** The members as the author wrote them; all values of an enum are the enum. */
function membersOf(union: ts.UnionType, checker: ts.TypeChecker): readonly ts.Type[] {
  const whole = new Map<ts.Type, ts.Type>()
  for (const member of writtenMembers(union)) {
    if (isHalf(member, union)) continue
    const base = (member.flags & ts.TypeFlags.EnumLiteral) !== 0 ? checker.getBaseTypeOfLiteralType(member) : member
    const isAll = base !== union && base.isUnion() && base.types.every((one) => union.types.includes(one))
    const kept = isAll ? base : member
    whole.set(kept, kept)
  }
  return [...whole.keys()]
}

/**
 * One half of `(string | object) & Job`: a text that is a job as well is nothing that anybody sends, as long as the other
 * half is there.
 */
function isHalf(member: ts.Type, { types }: ts.UnionType): boolean {
  const [objects, others] = partsOf(member)
  if (others === 0 || objects.length === 0) return false
  return types.some((other) => {
    const [own, primitives] = partsOf(other)
    return primitives === 0 && objects.every((part) => own.includes(part))
  })
}

/** The objects that a type is made of, and how many of its parts are primitive. */
function partsOf(type: ts.Type): [objects: readonly ts.Type[], primitives: number] {
  const parts = type.isIntersection() ? type.types : [type]
  const objects = parts.filter(({ flags }) => (flags & PRIMITIVE) === 0)
  return [objects, parts.length - objects.length]
}

/** A type parameter that nothing was put in for: what it extends. */
function viewParameter(type: ts.Type, { at, walk }: Look): Type {
  const constraint = walk.checker.getBaseConstraintOfType(type)
  if (constraint !== undefined && constraint !== type) return walk.read(constraint, at)
  const hint = 'state a type without type parameters by a tag such as @event {T}'
  return refuse(at, walk, { what: 'a type parameter, of which nothing is known', hint })
}

const PRIMITIVE = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.BigIntLike

/** A primitive with a brand is the primitive; objects are one object; `object` says nothing beside another. */
function viewIntersection(type: ts.IntersectionType, look: Look): Type {
  const telling = type.types.filter(({ flags }) => (flags & ts.TypeFlags.NonPrimitive) === 0)
  const one = telling.find(({ flags }) => (flags & PRIMITIVE) !== 0) ?? (telling.length === 1 ? telling[0] : undefined)
  return one === undefined ? viewStructure(type, look) : look.walk.read(one, look.at)
}

function viewStructure(type: ts.Type, look: Look): Type {
  const { at, walk } = look
  const { checker, program } = walk
  if (checker.isTupleType(type)) return viewTuple(type, look)
  if (checker.isArrayType(type)) return { kind: 'array', items: viewItem(typeArguments(type, checker)[0], look) }
  const platform = platformView(type, program)
  if (platform === 'date') return { kind: 'date' }
  const origin = platform === undefined ? platformOrigin(type, walk) : undefined
  if (origin !== undefined && platformView(origin, program) !== undefined) return walk.read(origin, at)
  const converted = toJson(type, { at, context: walk })
  if (converted !== undefined) {
    const made = walk.read(converted.type, at)
    return converted.isOptional ? unionOf([made, viewObject(type, look)]) : made
  }
  if (platform !== undefined) return viewPlatform({ type, view: platform }, { at, context: walk })
  const isCallable = type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0
  return isCallable ? UNDEFINED : viewObject(type, look)
}

function typeArguments(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  // The checker has just said that it is an array or a tuple, which are references.
  return checker.getTypeArguments(type as ts.TypeReference)
}

/** JSON writes `null` for an item that it cannot write. */
function viewItem(type: ts.Type | undefined, { at, walk }: Look): Type {
  if (type === undefined) return UNKNOWN
  const item = walk.read(type, at)
  const members = item.kind === 'union' ? item.members : [item]
  if (!members.some(({ kind }) => kind === 'undefined')) return item
  return unionOf(members.map((member) => (member.kind === 'undefined' ? NULL : member)))
}

function viewTuple(type: ts.Type, look: Look): Type {
  // As above; the target of a tuple says which of its elements are optional and which is the rest.
  const { elementFlags } = (type as ts.TupleTypeReference).target
  const items = typeArguments(type, look.walk.checker).map((item, index) => {
    const isOptional = ((elementFlags[index] ?? 0) & ts.ElementFlags.Optional) !== 0
    return isOptional ? withoutUndefined(look.walk.read(item, look.at)) : viewItem(item, look)
  })
  const isRest = (flags: ts.ElementFlags | undefined): boolean => ((flags ?? 0) & ts.ElementFlags.Variable) !== 0
  const at = elementFlags.findIndex(isRest)
  if (at === -1) return { kind: 'tuple', items, required: requiredOf(elementFlags) }
  const rest = unionOf(items.slice(at))
  return { kind: 'tuple', items: items.slice(0, at), required: requiredOf(elementFlags.slice(0, at)), rest }
}

function requiredOf(flags: readonly ts.ElementFlags[]): number {
  return flags.filter((flag) => (flag & ts.ElementFlags.Required) !== 0).length
}
