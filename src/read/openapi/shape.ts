/** Reading of single members with the shape that the specification gives them. A wrong shape is an `InputError`. */
import { InputError, type Report } from '../../diagnostics.js'
import type { Docs, Extensions, Json } from '../../ir.js'
import type { Budget } from './budget.js'
import { child, type Documents, isObject, items, type JsonObject, members, type Node } from './node.js'

/** What every part of the reader needs. */
export interface Reading {
  readonly documents: Documents
  readonly report: Report
  readonly budget: Budget
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** @throws InputError that says what was expected and what stands there. */
export function refuseShape(node: Node, expected: string, reading: Reading): never {
  throw new InputError({
    code: 'shape',
    message: `${expected} is expected here, and there is ${describe(node.value)}`,
    place: reading.documents.place(node.at),
    hint: 'correct the document, or run a validator over it to see all such places',
  })
}

/** The object at `node`, after its references; `undefined` where there is nothing. */
export function objectAt(node: Node, reading: Reading): Node | undefined {
  if (node.value === undefined) return undefined
  const target = reading.documents.follow(node)
  return isObject(target.value) ? target : refuseShape(node, 'an object', reading)
}

/** The entries of the map at `node`, whose keys are names that the author chose, `$ref` too; none where there is nothing. */
export function entriesAt(node: Node, reading: Reading): ReturnType<typeof members> {
  if (node.value === undefined) return []
  return isObject(node.value) ? members(node) : refuseShape(node, 'an object', reading)
}

/** The items of the array at `node`; none where there is nothing. */
export function itemsAt(node: Node, reading: Reading): Node[] {
  if (node.value === undefined) return []
  return Array.isArray(node.value) ? items(node) : refuseShape(node, 'an array', reading)
}

/** The string at `node`; `undefined` where there is nothing. */
export function stringAt(node: Node, reading: Reading): string | undefined {
  if (node.value === undefined) return undefined
  return typeof node.value === 'string' ? node.value : refuseShape(node, 'a string', reading)
}

/** The member `key` as a string, `undefined` where there is none. */
export function textOf(node: Node, key: string, reading: Reading): string | undefined {
  return stringAt(child(node, key), reading)
}

/** The member `key` as a boolean, `undefined` where there is none. */
export function flagOf(node: Node, key: string, reading: Reading): boolean | undefined {
  const at = child(node, key)
  if (at.value === undefined) return undefined
  return typeof at.value === 'boolean' ? at.value : refuseShape(at, 'true or false', reading)
}

/** Summary and description as one text; a description of another type than text is left out. */
export function docsOf(node: Node): Docs {
  const parts = ['summary', 'description'].flatMap((key) => {
    const { value } = child(node, key)
    return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : []
  })
  const [first, second] = parts
  const text = first !== undefined && second?.startsWith(first) ? second : parts.join('\n\n')
  return { ...(text === '' ? {} : { text }), ...(child(node, 'deprecated').value === true ? { deprecated: true } : {}) }
}

/** The `x-*` members as written. */
export function extensionsOf(node: Node): Extensions {
  if (!isObject(node.value)) return {}
  const object: JsonObject = node.value
  const names = Object.keys(object).filter((name) => name.startsWith('x-'))
  return Object.fromEntries(names.map((name) => [name, asJson(object[name])]))
}

/** A value of a document as JSON. Documents are parsed from JSON or from the JSON schema of YAML, so that nothing else can stand in them. */
export function asJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (Array.isArray(value)) return value.map(asJson)
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asJson(member)]))
  return null
}
