/** From what the user names to documents in memory: the one it is, and all that its references lead to. */
import { resolve } from 'node:path'
import { collect, type LoadOptions } from './collect.js'
import type { Documents } from './node.js'
import { createDocuments } from './refs.js'

export type { LoadOptions }

/**
 * Loads an OpenAPI document (2.0, 3.0, 3.1 or 3.2; JSON or YAML; UTF-8) and all documents that it refers to, upgrades
 * those of version 2.0, and makes their references resolvable. A reference that cannot be followed is an error only
 * once it is resolved, so that what nobody uses may be broken.
 *
 * Documents of version 3.0 stay as they are: the few keywords of JSON Schema that changed with 3.1 are read in either
 * form, since documents of every version hold both. (`@scalar/openapi-upgrader` would also rename a property that is
 * called `example`, and empty whatever stands below `application/octet-stream`.)
 * @throws InputError with the place of what is wrong.
 */
export async function loadDocuments(options: LoadOptions): Promise<Documents> {
  const store = await collect({ ...options, root: resolve(options.root) })
  return createDocuments(store, options.limits)
}
