/** References (RFC 6901 pointers, anchors, URIs) over documents that are all in memory. */
import { InputError } from '../../diagnostics.js'
import { type Limits, limitError } from '../../limits.js'
import { createIdentifiers, type Identifiers } from './identifiers.js'
import { child, type Documents, isObject, type Location, type Node } from './node.js'
import { linkKey, type Store, type StoredDocument, splitReference } from './store.js'
import { legacyReference, legacyTokens, writtenPointer } from './upgrade-places.js'
import { statedVersion } from './version.js'

interface Context {
  readonly store: Store
  readonly limits: Limits
  readonly identifiers: Identifiers
}

/** One reference on its way to what it names. */
interface Journey {
  readonly reference: string
  readonly from: Location
  readonly trail: Trail
}

/**
 * Counts the references that are followed until one value is reached, those within pointers too: a pointer can cross
 * several, each of which leads on in the same way, so that their number doubles with every step of the way.
 */
interface Trail {
  hops: number
}

export function createDocuments(store: Store, limits: Limits): Documents {
  const context: Context = { store, limits, identifiers: createIdentifiers(store.documents) }
  return {
    entry: { value: store.entry.value, at: { file: store.entry.file, pointer: '' } },
    resolve: (reference, from) => resolve({ reference, from, trail: { hops: 0 } }, context),
    follow: (node) => follow(node, context),
    place: (at) => place(at, store),
  }
}

function place({ file, pointer }: Location, { documents }: Store): Location {
  const moves = documents.get(file)?.moves
  return { file, pointer: moves ? writtenPointer(pointer, moves) : pointer }
}

function follow(node: Node, context: Context): Node {
  const seen = new Set<string>()
  const trail: Trail = { hops: 0 }
  let current = node
  while (isObject(current.value) && Object.hasOwn(current.value, '$ref')) {
    const reference = current.value['$ref']
    const from = child(current, '$ref').at
    if (typeof reference !== 'string') {
      throw new InputError({
        code: 'ref-invalid',
        message: '"$ref" is a string',
        place: place(from, context.store),
        hint: 'write a reference such as "#/components/schemas/Name"',
      })
    }
    const key = `${current.at.file}#${current.at.pointer}`
    if (seen.has(key)) throw cycleError({ reference, from, trail }, context)
    seen.add(key)
    current = resolve({ reference, from, trail }, context)
  }
  return current
}

function resolve(journey: Journey, context: Context): Node {
  const { reference, from, trail } = journey
  trail.hops++
  if (trail.hops > context.limits.referenceHops) {
    const message = `the reference "${written(journey, context)}" leads on through more references than`
    throw limitError({ name: 'referenceHops', limits: context.limits, message, place: place(from, context.store) })
  }
  const { uri, fragment } = splitReference(reference)
  const base = uri === '' ? { file: from.file, pointer: '' } : baseOf({ uri, journey }, context)
  const document = context.store.documents.get(base.file)
  if (document === undefined) throw new Error(`unknown document ${base.file}`)
  const node =
    fragment === '' || fragment.startsWith('/')
      ? byPointer({ document, base: base.pointer, fragment, journey }, context)
      : byAnchor({ document, fragment, journey }, context)
  return checkTarget(node, { document, journey, context })
}

/** Finds the document, or the part of one, that the URI of a reference names. */
function baseOf({ uri, journey }: { readonly uri: string; readonly journey: Journey }, context: Context): Location {
  const { file } = journey.from
  const named = context.identifiers.find(uri, context.store.documents.get(file))
  if (named !== undefined) return named
  const link = context.store.links.get(linkKey({ file, uri }))
  const at = { place: place(journey.from, context.store) }
  const subject = `the reference "${written(journey, context)}"`
  switch (link?.kind) {
    case 'document':
      return { file: link.file, pointer: '' }
    case 'refusal':
      throw new InputError({ code: link.code, message: `${subject} ${link.why}`, hint: link.hint, ...at })
    case 'failure': {
      const { problem } = link.error
      if (problem.code === 'ref-outside') {
        const message = `${subject} leads out of the project folder by a link, and is not read`
        throw new InputError({ code: problem.code, message, hint: problem.hint, ...at }, { cause: link.error })
      }
      if (!problem.code.startsWith('input-')) throw link.error
      const message = `${subject} leads to ${problem.place?.file ?? uri}: ${problem.message}`
      const isMissing = problem.code === 'input-not-found'
      const hint = isMissing ? 'correct the path: it is relative to the file that holds the reference' : problem.hint
      throw new InputError({ code: 'ref-not-found', message, hint, ...at }, { cause: link.error })
    }
    case undefined: {
      const hint = 'write it as a $ref, so that the document is read'
      throw new InputError({
        code: 'ref-not-found',
        message: `${subject} leads to no document of this run`,
        hint,
        ...at,
      })
    }
  }
}

interface Target {
  readonly document: StoredDocument
  readonly fragment: string
  readonly journey: Journey
}

function byPointer({ document, base, fragment, journey }: Target & { readonly base: string }, context: Context): Node {
  const root: Node = { value: document.value, at: { file: document.file, pointer: '' } }
  const start = base === '' ? root : walk(root, tokensOf(base), { journey, context })
  const found =
    tokenLists(fragment, document).reduce<Node | undefined>(
      (node, tokens) => node ?? (start && walk(start, tokens, { journey, context })),
      undefined,
    ) ?? inEnclosingSchema({ document, fragment, journey }, context)
  if (found) return found
  throw new InputError({
    code: 'ref-not-found',
    message: `the reference "${written(journey, context)}" leads to nothing`,
    place: place(journey.from, context.store),
    hint: 'correct the reference, or add what it names',
  })
}

/** `#/…` in a schema with an `$id` of its own starts at that schema (JSON Schema 2020-12 section 8.2.1). */
function inEnclosingSchema({ document, fragment, journey }: Target, context: Context): Node | undefined {
  if (document.file !== journey.from.file || !journey.reference.startsWith('#')) return undefined
  let node: Node = { value: document.value, at: { file: document.file, pointer: '' } }
  let schema: Node | undefined
  for (const token of tokensOf(journey.from.pointer)) {
    node = child(node, token)
    if (isObject(node.value) && typeof child(node, '$id').value === 'string') schema = node
  }
  return schema && walk(schema, tokensOf(decodePercent(fragment)), { journey, context })
}

/** Goes down member by member. Where one is missing and a `$ref` stands in its place, goes on behind that. */
function walk(
  start: Node,
  tokens: readonly string[],
  { journey, context }: { readonly journey: Journey; readonly context: Context },
): Node | undefined {
  let node = start
  for (const token of tokens) {
    const reference = child(node, '$ref')
    let next = child(node, token)
    if (next.value === undefined && typeof reference.value === 'string' && token !== '$ref') {
      const on = { reference: reference.value, from: reference.at, trail: journey.trail }
      next = child(resolve(on, context), token)
    }
    if (next.value === undefined || (Array.isArray(node.value) && !/^\d+$/.test(token))) return undefined
    node = next
  }
  return node
}

/** The ways to read a fragment: percent-decoded as it should be, as it stands, and with the names of Swagger 2.0. */
function tokenLists(fragment: string, document: StoredDocument): string[][] {
  const lists = [...new Set([decodePercent(fragment), fragment])].map(tokensOf)
  return document.moves ? [...lists, ...lists.map(legacyTokens)] : lists
}

function tokensOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function decodePercent(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

function byAnchor({ document, fragment, journey }: Target, context: Context): Node {
  const at = context.identifiers.findAnchor(fragment, document)
  const root: Node = { value: document.value, at: { file: document.file, pointer: '' } }
  const node = at && walk(root, tokensOf(at.pointer), { journey, context })
  if (node) return node
  throw new InputError({
    code: 'ref-not-found',
    message: `the reference "${written(journey, context)}" names an $anchor that is not in ${document.file}`,
    place: place(journey.from, context.store),
    hint: 'to name a part by its place write #/ and the keys that lead to it, such as #/components/schemas/Name',
  })
}

/** Whatever a reference names is an object, or a schema that is `true` or `false`; and never a whole API. */
function checkTarget(
  node: Node,
  {
    document,
    journey,
    context,
  }: { readonly document: StoredDocument; readonly journey: Journey; readonly context: Context },
): Node {
  const isApi =
    node.at.pointer === '' && isObject(node.value) && (document === context.store.entry || statedVersion(node.value))
  if ((isObject(node.value) && !isApi) || typeof node.value === 'boolean') return node
  throw new InputError({
    code: 'ref-invalid',
    message: `the reference "${written(journey, context)}" leads to ${isApi ? 'a whole OpenAPI document' : 'what is no object'}`,
    place: place(journey.from, context.store),
    hint: 'name the part that is meant, such as #/components/schemas/Name',
  })
}

function cycleError(journey: Journey, context: Context): InputError {
  return new InputError({
    code: 'ref-cycle',
    message: `the reference "${written(journey, context)}" leads back to itself`,
    place: place(journey.from, context.store),
    hint: 'let one of the references in the cycle lead to a definition',
  })
}

/** The reference as the author wrote it: the upgrade of a 2.0 document changes references too. */
function written({ reference, from }: Journey, { store }: Context): string {
  return store.documents.get(from.file)?.moves ? legacyReference(reference) : reference
}
