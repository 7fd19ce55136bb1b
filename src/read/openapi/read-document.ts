/** One document from bytes to a value that later steps may walk without care. */
import type { Report } from '../../diagnostics.js'
import type { Limits } from '../../limits.js'
import type { Sources } from '../../sources.js'
import { decode } from './decode.js'
import { isObject, type JsonObject } from './node.js'
import type { Origin } from './origin.js'
import { parse } from './parse.js'
import { countMembers, duplicateKeyError } from './parse-json.js'
import type { StoredDocument } from './store.js'
import { survey } from './survey.js'
import { checkRoot, statedVersion } from './version.js'

export interface RawDocument {
  readonly origin: Origin
  /** As in `Place.file`. */
  readonly file: string
  readonly bytes: Uint8Array
  /** It must be an OpenAPI document, and not a part of one. */
  readonly isEntry: boolean
}

export interface ReadDocument {
  readonly document: StoredDocument
  /** Those that may lead to other documents, as written. */
  readonly references: readonly string[]
}

export interface DocumentOptions {
  readonly limits: Limits
  readonly report: Report
  readonly sources: Sources
}

/** @throws InputError for what is no text, no JSON and no YAML, beyond a limit, or of another version or shape. */
export async function readDocument(raw: RawDocument, options: DocumentOptions): Promise<ReadDocument> {
  const { file, origin } = raw
  const text = decode(raw)
  options.sources.add({ file, text })
  const { format, value, outline } = await parse({ file, text }, options)
  options.sources.add({ file, text, outline })
  const { members, references, hasProto } = survey(value, { limits: options.limits, file })
  if (format === 'json' && members !== countMembers(text)) throw duplicateKeyError({ file, text })
  const root = raw.isEntry ? checkRoot({ file, value }).root : value
  if (!isObject(root) || statedVersion(root) !== '2.0') return { document: { file, origin, value: root }, references }
  return { document: { file, origin, ...(await upgraded({ file, root, hasProto }, options)) }, references }
}

async function upgraded(
  source: { readonly file: string; readonly root: JsonObject; readonly hasProto: boolean },
  options: DocumentOptions,
): Promise<Pick<StoredDocument, 'value' | 'moves'>> {
  const { upgrade } = await import('./upgrade.js')
  return upgrade(source, options)
}
