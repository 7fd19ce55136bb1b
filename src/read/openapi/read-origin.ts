/** Bytes of a document, from wherever it is. */
import { InputError } from '../../diagnostics.js'
import type { Limits } from '../../limits.js'
import { type Credentials, fetchDocument } from './fetch.js'
import { type Confines, isAllowedUrl, isConfined, type Origin, outsideRefusal } from './origin.js'
import { type DocumentFiles, readDocumentFile, sizeError } from './read-file.js'

export interface OriginOptions {
  readonly fileSystem: DocumentFiles
  readonly stdin: () => Promise<Uint8Array>
  readonly fetch?: typeof fetch
  readonly credentials?: Credentials
  readonly limits: Limits
  readonly confines: Confines
}

export interface NamedOrigin {
  readonly origin: Origin
  /** As in `Place.file`. */
  readonly file: string
  /** The user named this document, so that it may be anywhere. */
  readonly isEntry: boolean
}

/** @throws InputError where it cannot be read, or where a link leads out of the folders that references may reach. */
export async function readOrigin({ origin, file, isEntry }: NamedOrigin, options: OriginOptions): Promise<Uint8Array> {
  const { fileSystem, limits, confines, credentials, fetch = globalThis.fetch } = options
  switch (origin.kind) {
    case 'stdin': {
      const bytes = await options.stdin()
      if (bytes.length > limits.fileBytes) throw sizeError(file, limits)
      return bytes
    }
    case 'url': {
      const { origin: named } = new URL(origin.url)
      const origins = isEntry ? [named, ...confines.origins] : confines.origins
      const isAllowed = (url: URL): boolean => isAllowedUrl(url, origins)
      return fetchDocument({ url: origin.url, fetch, limits, isAllowed, ...(credentials && { credentials }) })
    }
    case 'file': {
      const checkRealPath = (path: string): void => {
        if (!isEntry && !isConfined(path, confines)) throw outsideError({ file, path }, confines)
      }
      return readDocumentFile({ path: origin.path, file, fileSystem, limits, checkRealPath })
    }
  }
}

function outsideError(
  { file, path }: { readonly file: string; readonly path: string },
  confines: Confines,
): InputError {
  const { code, why, hint } = outsideRefusal(path, confines)
  return new InputError({ code, message: `the link ${file} ${why}`, place: { file }, hint })
}
