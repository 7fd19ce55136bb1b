/** Names that documents give themselves and their parts: `$self` (OpenAPI 3.2), `$id` and `$anchor` (JSON Schema 2020-12). */
import { pathToFileURL } from 'node:url'
import { escapeSegment, isObject, type Location } from './node.js'
import type { StoredDocument } from './store.js'

export interface Identifiers {
  /** The part of any document that an absolute or relative URI names, seen from a document; not by its location. */
  find(uri: string, from: StoredDocument | undefined): Location | undefined
  /** The schema with this `$anchor` or `$dynamicAnchor` in a document. */
  findAnchor(name: string, document: StoredDocument): Location | undefined
}

interface Index {
  readonly ids: ReadonlyMap<string, string>
  readonly anchors: ReadonlyMap<string, string>
}

/** @param documents - may grow afterwards. Each is looked through when first needed. */
export function createIdentifiers(documents: ReadonlyMap<string, StoredDocument>): Identifiers {
  const indices = new Map<string, Index>()
  const indexOf = (document: StoredDocument): Index => {
    const known = indices.get(document.file) ?? indexDocument(document.value)
    indices.set(document.file, known)
    return known
  }
  return {
    find: (uri, from) => {
      const href = absolute(uri, from && (selfOf(from) ?? baseOf(from)))
      for (const document of documents.values()) {
        const self = selfOf(document)
        if (self !== undefined && self === href) return { file: document.file, pointer: '' }
      }
      if (!/^[a-z][a-z0-9+.-]+:/i.test(uri)) return undefined
      for (const document of documents.values()) {
        const pointer = indexOf(document).ids.get(uri)
        if (pointer !== undefined) return { file: document.file, pointer }
      }
      return undefined
    },
    findAnchor: (name, document) => {
      const pointer = indexOf(document).anchors.get(name)
      return pointer === undefined ? undefined : { file: document.file, pointer }
    },
  }
}

function selfOf(document: StoredDocument): string | undefined {
  const { value } = document
  const self = isObject(value) && Object.hasOwn(value, '$self') ? value['$self'] : undefined
  return typeof self === 'string' ? absolute(self, baseOf(document)) : undefined
}

function baseOf({ origin }: StoredDocument): string | undefined {
  switch (origin.kind) {
    case 'file':
      return pathToFileURL(origin.path).href
    case 'url':
      return origin.url
    case 'stdin':
      return undefined
  }
}

function absolute(uri: string, base: string | undefined): string {
  if (!URL.canParse(uri, base)) return uri
  const url = new URL(uri, base)
  url.hash = ''
  return url.href
}

function indexDocument(root: unknown): Index {
  const ids = new Map<string, string>()
  const anchors = new Map<string, string>()
  const open: { readonly value: unknown; readonly pointer: string }[] = [{ value: root, pointer: '' }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, pointer } = next
    if (typeof value !== 'object' || value === null) continue
    for (const [key, member] of Object.entries(value)) {
      if (typeof member !== 'string') open.push({ value: member, pointer: `${pointer}/${escapeSegment(key)}` })
      else if (key === '$id') ids.set(member.replace(/#$/, ''), pointer)
      else if (key === '$anchor' || key === '$dynamicAnchor') anchors.set(member, pointer)
    }
  }
  return { ids, anchors }
}
