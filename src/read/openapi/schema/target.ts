/** Where `$ref`, `$dynamicRef` and `$recursiveRef` lead. */
import { InputError } from '../../../diagnostics.js'
import { type Limits, limitError } from '../../../limits.js'
import { child, type Documents, isObject, type Node } from '../node.js'
import { idOf, peek } from './context.js'

/** Words that a reference may have beside it without being more than another name. */
const WORDS: ReadonlySet<string> = new Set(['$ref', 'summary', 'description', 'title'])

/**
 * The schema that the reference at `node` leads to, by way of all references that are nothing but that; `undefined`
 * where there is none.
 * @throws InputError for a reference that is no text, leads nowhere or to itself.
 */
export function targetOf(
  node: Node,
  { documents, limits }: { readonly documents: Documents; readonly limits: Limits },
): Node | undefined {
  let current = oneStep(node, documents)
  const seen = new Set<string>()
  while (current !== undefined && isOnlyReference(current.value)) {
    if (seen.has(idOf(current.at))) throw ownName(node, documents)
    seen.add(idOf(current.at))
    if (seen.size > limits.referenceHops) {
      const place = documents.place(node.at)
      throw limitError({ name: 'referenceHops', limits, message: 'a chain of references exceeds', place })
    }
    current = oneStep(current, documents)
  }
  return current
}

function isOnlyReference(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, '$ref') && Object.keys(value).every((key) => WORDS.has(key))
}

function ownName(node: Node, documents: Documents): InputError {
  return new InputError({
    code: 'schema-cycle',
    message: 'this reference leads back to itself, through references only',
    place: documents.place(node.at),
    hint: 'let one of them describe the type',
  })
}

function oneStep(node: Node, documents: Documents): Node | undefined {
  for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef'] as const) {
    if (peek(node, keyword) === undefined) continue
    const reference = child(node, keyword)
    if (typeof reference.value !== 'string') throw notText(reference, documents)
    const dynamic = keyword === '$ref' ? undefined : enclosing(node, { reference: reference.value, documents })
    return dynamic ?? schemaAt(documents.resolve(reference.value, reference.at), { reference, documents })
  }
  return undefined
}

/** Places of an API that no schema stands at: its outer members, the sections of `components`, other components, operations, replies. */
const NO_SCHEMA =
  /^\/(info|servers|tags|security|externalDocs)(\/|$)|^\/(components|webhooks|paths)(\/[^/]+)?$|^\/components\/(responses|parameters|examples|requestBodies|headers|securitySchemes|links|callbacks|pathItems|mediaTypes)\/[^/]+$|^\/paths\/[^/]+\/[a-z]+(\/(responses(\/[^/]+)?|requestBody))?$/

function schemaAt(
  node: Node,
  { reference, documents }: { readonly reference: Node; readonly documents: Documents },
): Node {
  if (node.at.file !== documents.entry.at.file || !NO_SCHEMA.test(node.at.pointer)) return node
  throw new InputError({
    code: 'ref-invalid',
    message: `the reference ${JSON.stringify(reference.value)} leads to a part of the document that is no schema`,
    place: documents.place(reference.at),
    hint: 'name a schema, such as one under #/components/schemas',
  })
}

function notText({ value, at }: Node, documents: Documents): InputError {
  return new InputError({
    code: 'ref-invalid',
    message: `a reference is a text, and there is ${JSON.stringify(value)?.slice(0, 60)}`,
    place: documents.place(at),
    hint: 'write the path of the schema, such as "#/components/schemas/Name"',
  })
}

/**
 * The outermost schema around a dynamic reference that has its anchor (JSON Schema 2020-12 section 8.2.3.2; the
 * `$recursiveAnchor` of 2019-09). Schemas that are only reached at validation time are not looked at.
 */
function enclosing(
  node: Node,
  { reference, documents }: { readonly reference: string; readonly documents: Documents },
): Node | undefined {
  const segments = node.at.pointer.split('/')
  for (let length = 1; length <= segments.length; length++) {
    const candidate = at(segments.slice(0, length).join('/'), { node, documents })
    if (candidate === undefined) continue
    const name = peek(candidate, '$dynamicAnchor')
    if (reference === '#' && peek(candidate, '$recursiveAnchor') === true) return candidate
    if (typeof name === 'string' && reference === `#${name}`) return candidate
  }
  return undefined
}

/** What stands at a pointer, if it can be a schema: the document itself and arrays are refused by `resolve`. */
function at(
  pointer: string,
  { node, documents }: { readonly node: Node; readonly documents: Documents },
): Node | undefined {
  try {
    return documents.resolve(`#${encodeURI(pointer)}`, node.at)
  } catch (error) {
    if (error instanceof InputError) return undefined
    throw error
  }
}
