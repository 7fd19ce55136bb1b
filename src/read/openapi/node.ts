/** A value of a document together with where it stands, so that every message can name its place. */
import type { Place } from '../../diagnostics.js'

/** A position in the documents as they are after the upgrade to one shape. */
export interface Location {
  /** The document, by the path that identifies it among the documents of one run. */
  readonly file: string
  /** RFC 6901 JSON pointer; `''` is the whole document. */
  readonly pointer: string
}

/** Any value of a document. `value` comes from outside: look before you trust it. */
export interface Node {
  readonly value: unknown
  readonly at: Location
}

/** The documents of one run, loaded whole, with every reference that leads to a further file already followed. */
export interface Documents {
  /** The document that the user named. */
  readonly entry: Node
  /**
   * Takes one step from `reference`, which stands at `from`.
   * @throws InputError of code `ref-not-found`, `ref-outside`, `ref-remote` or `ref-invalid` with the place of the reference.
   */
  resolve(reference: string, from: Location): Node
  /** Follows `$ref` after `$ref` until a value has none. @throws InputError also for a cycle (`ref-cycle`). */
  follow(node: Node): Node
  /** The place of something in the file as it was written, before the upgrade. */
  place(at: Location): Place
}

/** A JSON object of a document, which may have any own key, `__proto__` too. */
export type JsonObject = { readonly [key: string]: unknown }

/** True for a JSON object; false for an array, null and every scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One segment of a JSON pointer, escaped (RFC 6901 section 3). */
export function escapeSegment(segment: string): string {
  // Nearly no name has either, and this is asked for each member of a document.
  return /[~/]/.test(segment) ? segment.replaceAll('~', '~0').replaceAll('/', '~1') : segment
}

/** The member `key` of an object or array node; its value is `undefined` where there is none. Own members only. */
export function child(node: Node, key: string | number): Node {
  const { value } = node
  const own = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
  const at = { file: node.at.file, pointer: `${node.at.pointer}/${escapeSegment(String(key))}` }
  return { value: own ? Reflect.get(value, key) : undefined, at }
}

/** The members of an object node in the order of the document. Empty for anything else. */
export function members(node: Node): { readonly key: string; readonly node: Node }[] {
  if (!isObject(node.value)) return []
  return Object.keys(node.value).map((key) => ({ key, node: child(node, key) }))
}

/** The items of an array node. Empty for anything else. */
export function items(node: Node): Node[] {
  if (!Array.isArray(node.value)) return []
  return node.value.map((_, index) => child(node, index))
}
