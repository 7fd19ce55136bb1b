/** `index.ts`: all that users import. */
import type { Kind } from '../ir.js'
import { braces, specifier } from './imports.js'
import { type Planned, type Planning, runtimeSpecifier } from './planning.js'
import type { PlannedFile } from './view.js'

/** The types of the runtime that users name, by the kinds of their endpoints. */
const PUBLIC_TYPES: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  sse: ['SseStream', 'SseOptions', 'SseMessage'],
  ndjson: ['RecordStream', 'RecordOptions'],
  'json-seq': ['RecordStream', 'RecordOptions'],
  text: ['TextStream', 'TextOptions'],
  binary: ['BinaryStream', 'BinaryOptions'],
  websocket: ['StreamIn', 'StreamOut', 'StreamInOut', 'SocketOptions', 'SocketFailure', 'CloseInfo'],
  json: ['RequestOptions'],
  void: ['RequestOptions'],
}

export function planIndex(files: readonly PlannedFile[], { naming, options }: Planning): Planned {
  const { importExtension: extension, sources } = options
  const client = specifier('./client', extension)
  const servers = files.flatMap((file) => (file.template === 'client' ? file.view.servers.map(({ name }) => name) : []))
  const values = ['configure', 'createClient', 'defaultClient', ...servers].sort()
  const endpoints = files
    .filter(({ template }) => template === 'endpoints')
    .map(({ path }) => path.replace(/\.ts$/, ''))
  const types = publicTypes([...naming.functions.keys()].map(({ answer }) => answer.kind))
  const statements = [
    `export type { ApiClient, Auth } from '${client}'`,
    `export ${braces(values, client.length)} from '${client}'`,
    ...endpoints.sort().map((path) => `export * from '${specifier(`./${path}`, extension)}'`),
    ...bySpecifier(types, options).map(
      ([from, names]) => `export type ${braces(names, from.length + 12)} from '${from}'`,
    ),
    `export { isStreamError, StreamError } from '${runtimeSpecifier('StreamError', options)}'`,
    `export type * from '${specifier('./types', extension)}'`,
  ]
  const view = { exports: statements.map((statement) => ({ statement })) }
  return {
    file: { path: 'index.ts', template: 'index', view },
    runtime: [...types, 'StreamError'].map((name) => sources.fileOf(name)),
  }
}

function publicTypes(kinds: readonly Kind[]): string[] {
  const byKind = kinds.flatMap((kind) => PUBLIC_TYPES[kind] ?? [])
  return [...new Set([...byKind, 'ClientOptions', 'Secret', 'StreamFailure'])].sort()
}

function bySpecifier(names: readonly string[], options: Planning['options']): [string, string[]][] {
  const found = new Map<string, string[]>()
  for (const name of names) {
    const from = runtimeSpecifier(name, options)
    const known = found.get(from)
    if (known === undefined) found.set(from, [name])
    else known.push(name)
  }
  return [...found].sort(([left], [right]) => (left < right ? -1 : 1))
}
