/** What every part of the schema reader is given. */
import { InputError, type Report } from '../../../diagnostics.js'
import type { Type, TypeId } from '../../../ir.js'
import type { Limits } from '../../../limits.js'
import { child, type Documents, isObject, items, type Location, type Node } from '../node.js'
import type { Cycles } from './cycles.js'

export interface SchemaContext {
  readonly documents: Documents
  readonly report: Report
  readonly limits: Limits
  readonly cycles: Cycles
  /** Lowers the schema of a field or an item: recursion by way of these is harmless. */
  readonly nested: (node: Node, scope: Scope) => Type
  /** The schema that the reference at `node` leads to, known under its identity from now on. */
  readonly target: (node: Node) => Target | undefined
}

export interface Target {
  readonly id: TypeId
  readonly node: Node
  /** The base as it stands, where `node` lists its subtypes; each of those has it as a part. */
  readonly base?: Node
}

/** Where a schema stands. */
export interface Position {
  /** The declaration that it is a part of, with no field and no item in between; absent inside of those. */
  readonly root?: TypeId
  /** Fields and items around it since the declaration began. */
  readonly depth: number
  /** Compositions (`allOf`, `anyOf`, `oneOf`) around it since the last field or item. */
  readonly composed: number
  /** One of them is `allOf`. */
  readonly isConjunct: boolean
  /** What the schema around it says of values that this one says nothing of. */
  readonly given?: Given
  /** Declarations whose own part was copied to here, as naming them would make a type of itself; absent as `root` is. */
  readonly copied?: Set<TypeId>
}

/** The names of JSON Schema 2020-12 (Validation, section 6.1.1), and `file` of OpenAPI 2.0. */
export type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object' | 'file'

export interface Given {
  readonly types: readonly TypeName[]
  /** The property of a name that this schema only requires; searched for when asked. */
  readonly property: (name: string) => Node | undefined
}

/** A position, and what every part of the reader is given. */
export interface Scope extends Position {
  readonly context: SchemaContext
}

/** The identity of the declaration at a location. */
export function idOf({ file, pointer }: Location): TypeId {
  return `${file}#${pointer}`
}

/** The value of a keyword, without its place: most keywords are absent, and a place costs a text. Own members only. */
export function peek({ value }: Node, keyword: string): unknown {
  return isObject(value) && Object.hasOwn(value, keyword) ? value[keyword] : undefined
}

/** @throws InputError of code `schema-shape` with the place. */
export function refuse(node: Node, expected: string, context: Pick<SchemaContext, 'documents'>): never {
  throw new InputError({
    code: 'schema-shape',
    message: `${expected} is expected here, and there is ${describe(node.value)}`,
    place: context.documents.place(node.at),
    hint: 'correct the schema, or run a validator over the document to see all such places',
  })
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** The schemas in the array `keyword`; none where it is absent. */
export function branches(node: Node, keyword: string, context: SchemaContext): Node[] {
  if (peek(node, keyword) === undefined) return []
  const list = child(node, keyword)
  return Array.isArray(list.value) ? items(list) : refuse(list, 'an array of schemas', context)
}

/** The object `keyword` of a schema; `undefined` where it is absent. */
export function objectKeyword(node: Node, keyword: string, context: SchemaContext): Node | undefined {
  if (peek(node, keyword) === undefined) return undefined
  const found = child(node, keyword)
  return isObject(found.value) ? found : refuse(found, 'an object of schemas', context)
}

/** The number `keyword`; `undefined` where it is absent or no number. */
export function count(node: Node, keyword: string): number | undefined {
  const value = peek(node, keyword)
  return typeof value === 'number' ? value : undefined
}

/** A loss that the author should know of. */
export function warn(
  { node, ...problem }: { readonly node: Node; readonly code: string; readonly message: string; readonly hint: string },
  context: SchemaContext,
): void {
  context.report({ severity: 'warning', ...problem, place: context.documents.place(node.at) })
}
