/**
 * A base that tells its subtypes by a discriminator (OpenAPI 3.0.4 section 4.7.25.4): its mapping names schemas that
 * have the base in `allOf`. Whoever refers to the base gets one of them, so it is read as if it listed them in `oneOf`.
 */
import { InputError } from '../../../diagnostics.js'
import { child, type Documents, items, type Location, members, type Node } from '../node.js'
import { peek } from './context.js'

/** How many schemas are searched for the base. */
const MAX_SEARCHED = 100

/** What of a base is said of its subtypes, too. */
const WORDS = ['title', 'description', 'deprecated', 'nullable', 'x-nullable', 'discriminator']

/** The list of its subtypes in place of a base, each of which has the base's part; `undefined` for what is no base. */
export function withSubtypes(node: Node, documents: Documents): Node | undefined {
  if (peek(node, 'discriminator') === undefined || peek(node, 'oneOf') !== undefined) return undefined
  if (peek(node, 'anyOf') !== undefined) return undefined
  const mapping = child(child(node, 'discriminator'), 'mapping')
  const references = members(mapping).flatMap(({ node: { value } }) => referenceOf(value, node))
  const distinct = [...new Set(references)]
  const subtypes = distinct.filter((reference) => extendsBase({ reference, base: node }, documents))
  if (subtypes.length === 0 || subtypes.length < distinct.length) return undefined
  const words = WORDS.map((keyword) => [keyword, peek(node, keyword)]).filter(([, value]) => value !== undefined)
  return { value: { ...Object.fromEntries(words), oneOf: subtypes.map(($ref) => ({ $ref })) }, at: node.at }
}

/** A reference within the document, or the name of a schema beside the base. */
function referenceOf(value: unknown, { at: { pointer } }: Node): string[] {
  if (typeof value !== 'string') return []
  if (value.includes('/') || value.includes('#')) return [value]
  const name = value.replaceAll('~', '~0')
  return [`#${encodeURI(pointer.slice(0, pointer.lastIndexOf('/') + 1))}${encodeURIComponent(name)}`]
}

function extendsBase(
  { reference, base }: { readonly reference: string; readonly base: Node },
  documents: Documents,
): boolean {
  const waiting = [find({ reference, from: base.at }, documents)]
  for (let steps = 0; steps < MAX_SEARCHED; steps++) {
    const next = waiting.shift()
    if (next === undefined) return false
    for (const part of items(child(next, 'allOf'))) {
      const parent = peek(part, '$ref')
      const found = typeof parent === 'string' ? find({ reference: parent, from: part.at }, documents) : undefined
      if (found?.at.file === base.at.file && found.at.pointer === base.at.pointer) return true
      if (found !== undefined) waiting.push(found)
    }
  }
  return false
}

/** A mapping need not lead anywhere. */
function find(
  { reference, from }: { readonly reference: string; readonly from: Location },
  documents: Documents,
): Node | undefined {
  try {
    return documents.resolve(reference, from)
  } catch (error) {
    if (error instanceof InputError) return undefined
    throw error
  }
}
