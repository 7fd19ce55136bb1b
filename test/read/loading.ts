/** Loads documents from a file system in memory. */
import { InputError, type Problem } from '../../src/diagnostics.js'
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.js'
import { createMemoryFileSystem } from '../../src/memory-file-system.js'
import { type LoadOptions, loadDocuments } from '../../src/read/openapi/load.js'
import type { Documents, Node } from '../../src/read/openapi/node.js'
import { child } from '../../src/read/openapi/node.js'
import { createSources, type Sources } from '../../src/sources.js'

export type Files = Readonly<Record<string, string | Uint8Array | object>>

export interface Loaded {
  readonly documents: Documents
  readonly warnings: readonly Problem[]
  readonly sources: Sources
}

export type Options = Partial<Omit<LoadOptions, 'limits'>> & { readonly limits?: Partial<Limits> }

/** The first file is the input; paths are relative to the project `/project`. Objects are written as JSON. */
export async function load(files: Files, { limits, ...options }: Options = {}): Promise<Loaded> {
  const fileSystem = createMemoryFileSystem({ '/project/.keep': '' })
  for (const [path, content] of Object.entries(files)) {
    const absolute = path.startsWith('/') ? path : `/project/${path}`
    const folders = absolute.split('/').slice(1, -1)
    folders.forEach((_, index) => {
      const folder = `/${folders.slice(0, index + 1).join('/')}`
      if (fileSystem.kindOf(folder) === undefined) fileSystem.makeFolder(folder)
    })
    const isRaw = typeof content === 'string' || content instanceof Uint8Array
    fileSystem.write(absolute, isRaw ? content : JSON.stringify(content, null, 1))
  }
  const warnings: Problem[] = []
  const sources = createSources()
  const documents = await loadDocuments({
    input: Object.keys(files)[0] ?? '',
    root: '/project',
    fileSystem,
    stdin: async () => new Uint8Array(),
    allowRemote: [],
    allowOutside: [],
    report: (problem) => {
      warnings.push(problem)
    },
    sources,
    fetch: () => Promise.reject(new Error('the network was used')),
    ...options,
    limits: { ...DEFAULT_LIMITS, ...limits },
  })
  return { documents, warnings, sources }
}

/** The problem that an action ends in. */
export async function problemOf(action: () => unknown): Promise<Problem> {
  try {
    await action()
  } catch (error) {
    if (error instanceof InputError) return error.problem
    throw error
  }
  throw new Error('nothing was thrown')
}

/** What stands at a way of keys from the root of the entry, references not followed. */
export function at({ documents }: Loaded, ...keys: readonly (string | number)[]): Node {
  return keys.reduce<Node>(child, documents.entry)
}

/** A small document of version 3.1 around some schemas. */
export function withSchemas(schemas: object): object {
  return { openapi: '3.1.0', info: { title: 'x', version: '1' }, paths: {}, components: { schemas } }
}
