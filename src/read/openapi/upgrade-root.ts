/** The members of a Swagger 2.0 root that hold for every operation. */
import { InputError, type Report } from '../../diagnostics.js'
import type { Limits } from '../../limits.js'
import type { JsonObject } from './node.js'
import type { Draft } from './upgrade-copy.js'

/** What the parts of the upgrade share. */
export interface Upgrade {
  readonly file: string
  /** The copy that becomes the result. */
  readonly document: Draft
  readonly report: Report
  readonly limits: Limits
  /** Filled on the way: pointers of the result to pointers of the file as written. */
  readonly moves: Map<string, string>
  /** Of the root; `undefined` where it states none. */
  readonly produces: readonly string[] | undefined
  readonly consumes: readonly string[] | undefined
}

export interface Holder {
  readonly file: string
  readonly object: JsonObject
  /** Where the object stands in the file as written. */
  readonly pointer: string
}

/** A member that is a list of strings; `undefined` where there is none. @throws InputError of code `shape`. */
export function stringsAt(holder: Holder, key: string): readonly string[] | undefined {
  const value = Object.hasOwn(holder.object, key) ? (holder.object[key] ?? undefined) : undefined
  if (value === undefined) return undefined
  if (!Array.isArray(value)) throw shapeError({ holder, key, expected: 'a list of strings' })
  return value.map((item: unknown, index) => {
    if (typeof item !== 'string') throw shapeError({ holder, key: `${key}/${index}`, expected: 'a string' })
    return item
  })
}

function stringAt(holder: Holder, key: string): string | undefined {
  const value = Object.hasOwn(holder.object, key) ? (holder.object[key] ?? undefined) : undefined
  if (value === undefined || typeof value === 'string') return value
  throw shapeError({ holder, key, expected: 'a string' })
}

function shapeError({ holder, key, expected }: { holder: Holder; key: string; expected: string }): InputError {
  return new InputError({
    code: 'shape',
    message: `${expected} is expected here`,
    place: { file: holder.file, pointer: `${holder.pointer}/${key}` },
    hint: 'correct the document, or run a validator over it to see all such places',
  })
}

/** Without `schemes` the upgrader would take http; without `host` it ignores them, and so do we. */
export function convertServers({ file, document, moves }: Upgrade): void {
  const holder: Holder = { file, object: document, pointer: '' }
  const host = stringAt(holder, 'host')
  const basePath = stringAt(holder, 'basePath')
  const schemes = stringsAt(holder, 'schemes') ?? []
  const forFetch = schemes.filter((scheme) => scheme === 'http' || scheme === 'https')
  document['schemes'] = forFetch.length > 0 ? forFetch : schemes.length > 0 ? schemes : ['https']
  if (!host) delete document['schemes']
  if (basePath) document['basePath'] = host && basePath === '/' ? '' : basePath.replace(/^(?!\/)/, '/')
  moves.set('/servers', host ? '/host' : '/basePath')
}
