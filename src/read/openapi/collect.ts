/** Reads the document that the user named, then whatever it refers to, until nothing is new. */
import { dirname, resolve } from 'node:path'
import { InputError, type Place, type Report } from '../../diagnostics.js'
import { isUrl } from '../../input.js'
import { type Limits, limitError } from '../../limits.js'
import type { RequestHeaders } from '../../request-headers.js'
import type { Sources } from '../../sources.js'
import { createIdentifiers } from './identifiers.js'
import { child, type Node } from './node.js'
import { type Confines, nameOf, type Origin, targetOf } from './origin.js'
import { type ReadDocument, readDocument } from './read-document.js'
import type { DocumentFiles } from './read-file.js'
import { type OriginOptions, readOrigin } from './read-origin.js'
import { type Link, linkKey, type Store, type StoredDocument, splitReference } from './store.js'
import { writtenPointer } from './upgrade-places.js'

export interface LoadOptions {
  /** A path, an http(s) URL, or `-` for standard input. */
  readonly input: string
  /** The absolute path of the working folder: paths are relative to it, and references stay within it. */
  readonly root: string
  readonly fileSystem: DocumentFiles
  /** Called once at most. */
  readonly stdin: () => Promise<Uint8Array>
  /** Origins that references may be fetched from, such as `https://example.com`. */
  readonly allowRemote: readonly string[]
  /** Folders outside `root` that references may read from; relative to `root` or absolute. */
  readonly allowOutside: readonly string[]
  /** For the origin of an `input` that is a URL, and for no other. */
  readonly headers?: RequestHeaders
  readonly fetch?: typeof fetch
  readonly limits: Limits
  readonly report: Report
  /** Gets every text that is read. */
  readonly sources: Sources
}

interface Collection {
  readonly options: LoadOptions
  readonly confines: Confines
  readonly documents: Map<string, StoredDocument>
  readonly links: Map<string, Link>
  /** Documents that could not be read, by name: each is tried once. */
  readonly failures: Map<string, InputError>
  /** Documents whose references have not been followed yet. */
  readonly open: ReadDocument[]
}

/** @throws InputError where the named document cannot be read, or there are more documents than a limit allows. */
export async function collect(options: LoadOptions): Promise<Store> {
  const collection: Collection = {
    options,
    confines: confinesOf(options),
    documents: new Map(),
    links: new Map(),
    failures: new Map(),
    open: [],
  }
  const entry = await read({ origin: entryOrigin(options), isEntry: true }, collection)
  const identifiers = createIdentifiers(collection.documents)
  for (let next = collection.open.shift(); next !== undefined; next = collection.open.shift()) {
    const { document, references } = next
    for (const uri of new Set(references.map((reference) => splitReference(reference).uri))) {
      if (uri === '' || identifiers.find(uri, document) !== undefined) continue
      collection.links.set(linkKey({ file: document.file, uri }), await follow({ uri, document }, collection))
    }
  }
  return { entry, documents: collection.documents, links: collection.links }
}

function entryOrigin({ input, root }: LoadOptions): Origin {
  if (input === '-') return { kind: 'stdin' }
  if (!isUrl(input)) return { kind: 'file', path: resolve(root, input) }
  const url = new URL(input)
  if (!/^https?:$/.test(url.protocol)) throw urlError(input, `${url.protocol} URLs are not read`)
  if (url.username !== '' || url.password !== '') {
    throw urlError(`${url.origin}${url.pathname}`, 'this URL holds a user name or a password, and is not fetched')
  }
  url.hash = ''
  return { kind: 'url', url: url.href }
}

function urlError(file: string, message: string): InputError {
  const hint = 'name an http or https URL without credentials, or save the document as a file and name that'
  return new InputError({ code: 'input-url', message, place: { file }, hint })
}

/** Links in the paths of the folders are resolved, as they are in the paths that are compared with them. */
function confinesOf({ input, root, fileSystem, allowOutside, allowRemote }: LoadOptions): Confines {
  const named = input === '-' || isUrl(input) ? [] : [dirname(resolve(root, input))]
  const folders = [root, ...named, ...allowOutside.map((folder) => resolve(root, folder))]
  const real = folders.flatMap((folder) => {
    try {
      return [fileSystem.realPath(folder)]
    } catch {
      return []
    }
  })
  return { root, folders: [...new Set([...folders, ...real])], origins: allowRemote }
}

/** A URL that the user named may need credentials, which are for its origin alone. */
function credentialsOf({ input, headers }: LoadOptions): Pick<OriginOptions, 'credentials'> {
  return headers !== undefined && isUrl(input) ? { credentials: { origin: new URL(input).origin, headers } } : {}
}

async function read(
  { origin, isEntry }: { readonly origin: Origin; readonly isEntry: boolean },
  { options, confines, documents, open }: Collection,
): Promise<StoredDocument> {
  const file = nameOf(origin, options.root)
  const bytes = await readOrigin({ origin, file, isEntry }, { ...options, confines, ...credentialsOf(options) })
  const found = await readDocument({ origin, file, bytes, isEntry }, options)
  documents.set(file, found.document)
  open.push(found)
  return found.document
}

async function follow(
  { uri, document }: { readonly uri: string; readonly document: StoredDocument },
  collection: Collection,
): Promise<Link> {
  const { confines, documents, failures, options } = collection
  const target = targetOf({ uri, from: document.origin }, confines)
  if (target.kind === 'refusal') return target
  const file = nameOf(target, options.root)
  const failure = failures.get(file)
  if (failure) return { kind: 'failure', error: failure }
  if (documents.has(file)) return { kind: 'document', file }
  if (documents.size >= options.limits.documents) {
    const message = 'the references of this input lead to more documents than'
    throw limitError({ name: 'documents', limits: options.limits, message, place: placeOfReference({ uri, document }) })
  }
  try {
    await read({ origin: target, isEntry: false }, collection)
    return { kind: 'document', file }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    failures.set(file, error)
    return { kind: 'failure', error }
  }
}

/** Where a document, as it was written, first refers to a URI. */
function placeOfReference({ uri, document }: { readonly uri: string; readonly document: StoredDocument }): Place {
  const { file, value, moves } = document
  const open = [{ value, at: { file, pointer: '' } }]
  for (let node: Node | undefined = open.pop(); node !== undefined; node = open.pop()) {
    const { value: parent } = node
    if (typeof parent !== 'object' || parent === null) continue
    const reference = child(node, '$ref')
    if (typeof reference.value === 'string' && splitReference(reference.value).uri === uri) {
      const { pointer } = reference.at
      return { file, pointer: moves ? writtenPointer(pointer, moves) : pointer }
    }
    for (const key of Object.keys(parent).reverse()) open.push(child(node, key))
  }
  return { file }
}
