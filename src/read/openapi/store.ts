/** The documents of one run as they are in memory. */
import type { InputError } from '../../diagnostics.js'
import type { Origin, Refusal } from './origin.js'

export interface StoredDocument {
  /** As in `Place.file`. */
  readonly file: string
  readonly origin: Origin
  /** After the upgrade. */
  readonly value: unknown
  /** What the upgrade has moved: pointers of now to pointers of the file as written. Absent where nothing was upgraded. */
  readonly moves?: ReadonlyMap<string, string>
}

/** Where the part of a reference before `#` leads. */
export type Link =
  | { readonly kind: 'document'; readonly file: string }
  | Refusal
  /** The document could not be read. */
  | { readonly kind: 'failure'; readonly error: InputError }

export interface Store {
  readonly entry: StoredDocument
  readonly documents: ReadonlyMap<string, StoredDocument>
  /** By `linkKey`. */
  readonly links: ReadonlyMap<string, Link>
}

export function linkKey({ file, uri }: { readonly file: string; readonly uri: string }): string {
  return `${file}\n${uri}`
}

/** A reference without its fragment (RFC 3986 section 3.5), and the fragment; both may be empty. */
export function splitReference(reference: string): { readonly uri: string; readonly fragment: string } {
  const hash = reference.indexOf('#')
  if (hash === -1) return { uri: reference, fragment: '' }
  return { uri: reference.slice(0, hash), fragment: reference.slice(hash + 1) }
}
