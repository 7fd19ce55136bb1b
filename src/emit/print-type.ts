/** `Type` to TypeScript text, as a careful person would write it. Pure and deterministic. */
import { assertNever } from '../diagnostics.js'
import type { Declaration, Field, ObjectType, Type, TypeId } from '../ir.js'
import { comment, key, num, str } from './encode.js'

export interface PrintOptions {
  /** The name of a declaration in the direction that is printed. */
  readonly nameOf: (id: TypeId) => string
  /** The column, in spaces, at which the lines after the first one begin. */
  readonly indent: number
  /** Answers lack what is `writeOnly`, requests what is `readOnly`; optional fields of a request may be `undefined`. */
  readonly direction: 'request' | 'response'
}

/** Longer texts are broken into lines. */
const MAX_WIDTH = 100
/** Objects of more fields, or with words on a field, stand on several lines. */
const MAX_INLINE_FIELDS = 3
/** An index signature that would have to list more types than these is `unknown`. */
const MAX_INDEX_TYPES = 6

/** A type as text without an end of line at its end. The first line is not indented. */
export function printType(type: Type, options: PrintOptions): string {
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
      return 'Blob'
    case 'embedded':
      return type.value === undefined ? 'string' : str(type.value)
    case 'literal':
      return printLiteral(type.value)
    case 'array':
      return `${printOperand(type.items, options)}[]`
    case 'tuple':
      return printTuple(type, options)
    case 'object':
      return printObject(type, options)
    case 'union':
      return printUnion(type.members, options)
    case 'intersection':
      return printIntersection(type.members, options)
    case 'ref':
      return options.nameOf(type.id)
    default:
      return assertNever(type)
  }
}

/** An exported declaration with its comment: an interface where it is an object, else an alias. */
export function printDeclaration(declaration: Declaration, options: PrintOptions & { readonly name: string }): string {
  const { type, docs } = declaration
  const { name, indent } = options
  const start = `${comment(docs ?? {}, { indent })}${' '.repeat(indent)}export `
  if (type.kind === 'object' && (visibleFields(type, options).length > 0 || hasIndex(type))) {
    return `${start}interface ${name} ${printBlock(type, options)}`
  }
  // `Record` looks at its arguments at once, so that an alias could not refer to itself by way of it.
  return `${start}type ${name} =${afterSign(printAlias(type, options))}`
}

/** A broken union begins with a line end, and what stands before it must not end with a blank. */
function afterSign(text: string): string {
  return text.startsWith('\n') ? text : ` ${text}`
}

function printAlias(type: Type, options: PrintOptions): string {
  if (type.kind === 'union') return printUnion(type.members, { ...options, print: printAlias })
  if (type.kind === 'object' && isMap(type, options) && hasIndex(type)) return printInline(type, options)
  return printType(type, options)
}

function printLiteral(value: string | number | boolean): string {
  if (typeof value === 'string') return str(value)
  return typeof value === 'number' ? num(value) : String(value)
}

function printTuple(type: Extract<Type, { kind: 'tuple' }>, options: PrintOptions): string {
  const items = type.items.map((item, index) => {
    return index < type.required ? printType(item, options) : `${printOperand(item, options)}?`
  })
  const rest = type.rest === undefined ? [] : [`...${printOperand(type.rest, options)}[]`]
  return `[${[...items, ...rest].join(', ')}]`
}

function printOperand(type: Type, options: PrintOptions): string {
  return inParentheses({ text: printType(type, options), type }, options)
}

/** What binds less tightly than `[]`, `?` and `&` gets parentheses. */
function inParentheses({ text, type }: { text: string; type: Type }, { indent }: PrintOptions): string {
  const isCompound = type.kind === 'union' || type.kind === 'intersection'
  if (!isCompound || !/ [|&] |^\n/.test(text)) return text
  return text.startsWith('\n') ? `(${text}\n${' '.repeat(indent)})` : `(${text})`
}

interface UnionOptions extends PrintOptions {
  /** How the members are printed, where not as types everywhere are. */
  readonly print?: (type: Type, options: PrintOptions) => string
}

function printUnion(members: readonly Type[], { print = printType, ...options }: UnionOptions): string {
  const rank = ({ kind }: Type): number => (kind === 'undefined' ? 2 : kind === 'null' ? 1 : 0)
  const ordered = [...members].sort((left, right) => rank(left) - rank(right))
  const member = (type: Type, indent: number): string => {
    const text = print(type, { ...options, indent })
    return type.kind === 'intersection' ? inParentheses({ text, type }, options) : text
  }
  const flat = distinct(ordered.map((type) => member(type, options.indent)))
  const line = flat.join(' | ')
  if (options.indent + line.length < MAX_WIDTH && !line.includes('\n')) return line
  const [only] = flat
  if (flat.length === 1 && only !== undefined) return only
  const indent = options.indent + 2
  const pad = `\n${' '.repeat(indent)}| `
  const broken = distinct(ordered.map((type) => member(type, indent + 2)))
  return `${pad}${broken.join(pad)}`
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

function printIntersection(members: readonly Type[], options: PrintOptions): string {
  const telling = members.filter(
    (member) => !(member.kind === 'object' && visibleFields(member, options).length === 0 && !hasIndex(member)),
  )
  const texts = telling.map((member) =>
    telling.length > 1 ? printOperand(member, options) : printType(member, options),
  )
  return texts.length === 0 ? 'Record<string, unknown>' : distinct(texts).join(' & ')
}

function visibleFields({ fields }: ObjectType, { direction }: PrintOptions): readonly Field[] {
  const hidden = direction === 'request' ? 'readOnly' : 'writeOnly'
  return fields.filter(({ access }) => access !== hidden)
}

function hasIndex({ rest }: ObjectType): boolean {
  return rest !== undefined && rest.kind !== 'never'
}

function isMap(type: ObjectType, options: PrintOptions): boolean {
  return visibleFields(type, options).length === 0
}

function printObject(type: ObjectType, options: PrintOptions): string {
  const fields = visibleFields(type, options)
  if (fields.length > 0) return isShort(type, options) ? printInline(type, options) : printBlock(type, options)
  if (type.rest !== undefined) return `Record<string, ${printType(type.rest, options)}>`
  return `Record<string, ${type.fields.length > 0 ? 'unknown' : 'never'}>`
}

function isShort(type: ObjectType, options: PrintOptions): boolean {
  const fields = visibleFields(type, options)
  if (fields.length > MAX_INLINE_FIELDS || fields.some(({ docs }) => docs !== undefined)) return false
  const text = printInline(type, options)
  return options.indent + text.length < MAX_WIDTH && !text.includes('\n')
}

function printInline(type: ObjectType, options: PrintOptions): string {
  return `{ ${printMembers(type, options).join('; ')} }`
}

function printBlock(type: ObjectType, options: PrintOptions): string {
  const indent = options.indent + 2
  const fields = visibleFields(type, options)
  const docs = fields.map((field) => comment(field.docs ?? {}, { indent }))
  const lines = printMembers(type, { ...options, indent }).map(
    (member, index) => `${docs[index] ?? ''}${' '.repeat(indent)}${member}`,
  )
  return ['{', ...lines, `${' '.repeat(options.indent)}}`].join('\n')
}

/** The fields in order, and the index signature behind them. */
function printMembers(type: ObjectType, options: PrintOptions): string[] {
  const fields = visibleFields(type, options).map((field) => {
    const text = printType(field.type, options)
    if (!field.optional) return { text, line: `${key(field.name)}:${afterSign(text)}` }
    const isOpen = options.direction === 'request' && field.type.kind !== 'unknown'
    return { text, line: `${key(field.name)}?:${afterSign(isOpen ? orUndefined(field.type, options) : text)}` }
  })
  const lines = fields.map(({ line }) => line)
  if (type.rest === undefined || type.rest.kind === 'never') return lines
  const hasOptional = visibleFields(type, options).some(({ optional }) => optional)
  const index = printIndex({ rest: printType(type.rest, options), fields: fields.map(({ text }) => text), hasOptional })
  return [...lines, `[key: string]: ${index}`]
}

function orUndefined(type: Type, options: PrintOptions): string {
  const members = type.kind === 'union' ? type.members : [type]
  return printUnion([...members, { kind: 'undefined' }], options)
}

/** An index signature must allow what the fields are (TypeScript error 2411). */
function printIndex({
  rest,
  fields,
  hasOptional,
}: {
  readonly rest: string
  readonly fields: readonly string[]
  readonly hasOptional: boolean
}): string {
  if (rest === 'unknown' || fields.includes('unknown')) return 'unknown'
  const all = distinct([rest, ...fields])
  if (all.length > MAX_INDEX_TYPES || all.some((text) => text.includes('\n'))) return 'unknown'
  const parts = all.map((text) => (text.includes(' ') && all.length > 1 ? `(${text})` : text))
  return [...parts, ...(hasOptional ? ['undefined'] : [])].join(' | ')
}
