/** `Type` to TypeScript text, as a careful person would write it. Pure and deterministic. */
import { assertNever } from '../diagnostics.js'
import type { Declaration, Field, ObjectType, Type, TypeId } from '../ir.js'
import { comment, json, str, typeKey } from './encode.js'
import type { Direction } from './type-names.js'

export interface PrintOptions {
  /** The name of a declaration in the direction that is printed. */
  readonly nameOf: (id: TypeId) => string
  /** The column, in spaces, at which the lines after the first one begin. */
  readonly indent: number
  /** Answers lack what is `writeOnly`, requests and forms what is `readOnly`, and their optional fields may be `undefined`. */
  readonly direction: Direction
}

/** Longer texts are broken into lines. */
const MAX_WIDTH = 100
/** Objects of more fields, or with words on a field, stand on several lines. */
const MAX_INLINE_FIELDS = 3
/** An index signature that would have to list more types than these is `unknown`. */
const MAX_INDEX_TYPES = 6

/** Types that are called as they are here, which most parts of types are. */
const SCALARS: ReadonlySet<Type['kind']> = new Set([
  'unknown',
  'never',
  'string',
  'number',
  'boolean',
  'null',
  'undefined',
])

/** A type as text without an end of line at its end. The first line is not indented. */
export function printType(type: Type, options: PrintOptions): string {
  return print(type, { ...options, lead: 0, flat: new Map(), isAlias: false })
}

/** An exported declaration with its comment: an interface where it is an object, else an alias. */
export function printDeclaration(declaration: Declaration, options: PrintOptions & { readonly name: string }): string {
  const { type, docs } = declaration
  const { name, indent } = options
  const start = `${comment(docs ?? {}, { indent })}${' '.repeat(indent)}export `
  const layout: Layout = { ...options, lead: `export type ${name} = `.length, flat: new Map(), isAlias: true }
  if (type.kind === 'object' && (visibleFields(type, layout).length > 0 || hasIndex(type))) {
    return `${start}interface ${name} ${printBlock(type, layout)}`
  }
  return `${start}type ${name} =${afterSign(print(type, layout))}`
}

interface Layout extends PrintOptions {
  /** What stands before the text on its first line, the indentation left out. */
  readonly lead: number
  /** Types on one line, found before; a type is looked at on every level around it. */
  readonly flat: Map<Type, string | undefined>
  /** The type is an alias or a member of its union. */
  readonly isAlias: boolean
}

/** A broken union begins with a line end, and what stands before it must not end with a blank. */
function afterSign(text: string): string {
  return text.startsWith('\n') ? text : ` ${text}`
}

function print(type: Type, layout: Layout): string {
  const flat = printFlat(type, layout)
  if (flat !== undefined && layout.indent + layout.lead + flat.length < MAX_WIDTH) return flat
  const inner: Layout = { ...layout, lead: 0, isAlias: false }
  if (type.kind === 'object' && visibleFields(type, layout).length > 0) return printBlock(type, layout)
  if (type.kind === 'union') return printBroken(type.members, layout)
  // A part that is printed in any number of lines always has a text.
  return compose({ type, print: (part) => print(part, inner) }, layout) ?? ''
}

/** The type on one line; `undefined` where it is too long for that, or should not stand on one. */
function printFlat(type: Type, layout: Layout): string | undefined {
  const { flat, isAlias } = layout
  if (SCALARS.has(type.kind)) return type.kind
  if (!isAlias && flat.has(type)) return flat.get(type)
  const inner: Layout = { ...layout, isAlias: isAlias && type.kind === 'union' }
  const text = compose({ type, print: (part) => printFlat(part, inner) }, layout)
  const found = text === undefined || text.length > MAX_WIDTH ? undefined : text
  if (!isAlias) flat.set(type, found)
  return found
}

interface Composition {
  readonly type: Type
  /** How the parts are printed. */
  readonly print: (part: Type) => string | undefined
}

/** The text of a type from the texts of its parts; `undefined` where one of them has none. */
function compose({ type, print: part }: Composition, layout: Layout): string | undefined {
  switch (type.kind) {
    case 'unknown':
    case 'never':
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'undefined':
      return type.kind
    case 'binary':
      // JSON holds octets as text only.
      return layout.direction === 'form' ? 'Blob' : 'string'
    case 'date':
      return layout.direction === 'response' ? 'string' : 'Date | string'
    case 'embedded':
      return type.value === undefined ? 'string' : str(type.value)
    case 'literal':
      return typeof type.value === 'string' ? str(type.value) : json(type.value)
    case 'array':
      return around({ before: '', text: operand({ type: type.items, print: part }, layout), after: '[]' })
    case 'tuple':
      return composeTuple({ type, print: part }, layout)
    case 'object':
      return composeObject({ type, print: part }, layout)
    case 'union':
      return joined(
        ordered(type.members).map((member) => unionMember({ type: member, print: part }, layout)),
        ' | ',
      )
    case 'intersection':
      return composeIntersection({ type, print: part }, layout)
    case 'ref':
      return layout.nameOf(type.id)
    default:
      return assertNever(type)
  }
}

function around({
  before,
  text,
  after,
}: {
  before: string
  text: string | undefined
  after: string
}): string | undefined {
  return text === undefined ? undefined : `${before}${text}${after}`
}

function joined(texts: readonly (string | undefined)[], separator: string): string | undefined {
  const known = texts.filter((text) => text !== undefined)
  return known.length === texts.length ? [...new Set(known)].join(separator) : undefined
}

/** What binds less tightly than `[]`, `?` and `&` gets parentheses. */
function operand({ type, print: part }: Composition, { indent }: Layout): string | undefined {
  const text = part(type)
  const isCompound = type.kind === 'union' || type.kind === 'intersection' || type.kind === 'date'
  if (text === undefined || !isCompound || !/ [|&] |^\n/.test(text)) return text
  return text.startsWith('\n') ? `(${text}\n${' '.repeat(indent)})` : `(${text})`
}

function unionMember({ type, print: part }: Composition, layout: Layout): string | undefined {
  return type.kind === 'intersection' ? operand({ type, print: part }, layout) : part(type)
}

function composeTuple(
  { type, print: part }: Composition & { readonly type: Extract<Type, { kind: 'tuple' }> },
  layout: Layout,
): string | undefined {
  const items = type.items.map((item, index) =>
    index < type.required
      ? part(item)
      : around({ before: '', text: operand({ type: item, print: part }, layout), after: '?' }),
  )
  const rest =
    type.rest && around({ before: '...', text: operand({ type: type.rest, print: part }, layout), after: '[]' })
  const all = type.rest === undefined ? items : [...items, rest]
  return all.includes(undefined) ? undefined : `[${all.join(', ')}]`
}

function composeIntersection(
  { type, print: part }: Composition & { readonly type: Extract<Type, { kind: 'intersection' }> },
  layout: Layout,
): string | undefined {
  const telling = type.members.filter(
    (member) => !(member.kind === 'object' && visibleFields(member, layout).length === 0 && !hasIndex(member)),
  )
  const [only] = telling
  if (only === undefined) return 'Record<string, unknown>'
  if (telling.length === 1) return part(only)
  return joined(
    telling.map((member) => operand({ type: member, print: part }, layout)),
    ' & ',
  )
}

/** An object on one line, where it is short and has nothing to say; a map by its name. */
function composeObject(
  { type, print: part }: Composition & { readonly type: ObjectType },
  layout: Layout,
): string | undefined {
  const fields = visibleFields(type, layout)
  if (fields.length > MAX_INLINE_FIELDS || fields.some(({ docs }) => docs !== undefined)) return undefined
  if (fields.length > 0) return around({ before: '{ ', text: inlineMembers(type, layout), after: ' }' })
  if (type.rest === undefined) return `Record<string, ${type.fields.length > 0 ? 'unknown' : 'never'}>`
  // `Record` looks at its arguments at once, so that an alias could not refer to itself by way of it.
  const isLate = layout.isAlias && hasIndex(type)
  const [before, after] = isLate ? ['{ [key: string]: ', ' }'] : ['Record<string, ', '>']
  return around({ before, text: part(type.rest), after })
}

function inlineMembers(type: ObjectType, layout: Layout): string | undefined {
  const inner: Layout = { ...layout, isAlias: false }
  return joined(printMembers({ type, print: (part) => printFlat(part, inner) }, layout), '; ')
}

function ordered(members: readonly Type[]): Type[] {
  const rank = ({ kind }: Type): number => (kind === 'undefined' ? 2 : kind === 'null' ? 1 : 0)
  return [...members].sort((left, right) => rank(left) - rank(right))
}

/** A member on each line. */
function printBroken(members: readonly Type[], layout: Layout): string {
  const inner: Layout = { ...layout, indent: layout.indent + 4, lead: 0 }
  const texts = ordered(members).map((type) => unionMember({ type, print: (part) => print(part, inner) }, inner) ?? '')
  return [...new Set(texts)].map((text) => `\n${' '.repeat(layout.indent + 2)}| ${text}`).join('')
}

function visibleFields({ fields }: ObjectType, { direction }: PrintOptions): readonly Field[] {
  const hidden = direction === 'response' ? 'writeOnly' : 'readOnly'
  return fields.filter(({ access }) => access !== hidden)
}

function hasIndex({ rest }: ObjectType): boolean {
  return rest !== undefined && rest.kind !== 'never'
}

function printBlock(type: ObjectType, layout: Layout): string {
  const indent = layout.indent + 2
  const inner: Layout = { ...layout, indent, isAlias: false }
  const docs = visibleFields(type, layout).map((field) => comment(field.docs ?? {}, { indent }))
  const lines = printMembers({ type, print: (part, lead) => print(part, { ...inner, lead }) }, inner).map(
    (member, index) => `${docs[index] ?? ''}${' '.repeat(indent)}${member ?? ''}`,
  )
  return ['{', ...lines, `${' '.repeat(layout.indent)}}`].join('\n')
}

interface Members {
  readonly type: ObjectType
  /** How the type of a member is printed behind `lead` characters. */
  readonly print: (part: Type, lead: number) => string | undefined
}

/** The fields in order, and the index signature behind them. */
function printMembers({ type, print: part }: Members, layout: Layout): (string | undefined)[] {
  const fields = visibleFields(type, layout)
  const lines = fields.map((field) => {
    const sign = `${typeKey(field.name)}${field.optional ? '?' : ''}:`
    const isOpen = field.optional && layout.direction !== 'response' && field.type.kind !== 'unknown'
    const text = part(isOpen ? orUndefined(field.type) : field.type, sign.length + 1)
    return text === undefined ? undefined : `${sign}${afterSign(text)}`
  })
  if (!hasIndex(type) || type.rest === undefined) return lines
  const index = part(indexType({ fields, rest: type.rest }), '[key: string]: '.length)
  return [...lines, around({ before: '[key: string]: ', text: index?.trimStart(), after: '' })]
}

function orUndefined(type: Type): Type {
  const members = type.kind === 'union' ? type.members : [type]
  return { kind: 'union', members: [...members, { kind: 'undefined' }] }
}

/** An index signature must allow what the fields are (TypeScript error 2411). */
function indexType({ fields, rest }: { readonly fields: readonly Field[]; readonly rest: Type }): Type {
  const all = [rest, ...fields.map(({ type }) => type)]
  const distinct = [...new Map(all.map((type) => [JSON.stringify(type), type])).values()]
  const isAny = distinct.some(({ kind }) => kind === 'unknown')
  if (isAny || distinct.length > MAX_INDEX_TYPES) return { kind: 'unknown' }
  const members = distinct.flatMap((type) => (type.kind === 'union' ? type.members : [type]))
  const hasOptional = fields.some(({ optional }) => optional)
  if (members.length === 1 && !hasOptional) return rest
  return { kind: 'union', members: hasOptional ? [...members, { kind: 'undefined' }] : members }
}
