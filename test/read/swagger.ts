/** Documents of version 2.0 with one operation, `GET /a`. */
import { at, type Loaded, load } from './loading.js'

export const ROOT: object = { swagger: '2.0', info: { title: 'x', version: '1' } }

/** Loads a document of version 2.0 with one operation, `GET /a`. */
export function loadOperation(operation: object, root: object = {}): Promise<Loaded> {
  return load({ 'api.json': { ...ROOT, ...root, paths: { '/a': { get: operation } } } })
}

export function operationOf(loaded: Loaded, ...keys: readonly (string | number)[]): unknown {
  return at(loaded, 'paths', '/a', 'get', ...keys).value
}

/** The pointer in the file as written. */
export function writtenAt({ documents }: Loaded, pointer: string): string | undefined {
  return documents.place({ file: 'api.json', pointer }).pointer
}
