/** The names of everything that the output exports, chosen together so that no two of them are the same. */
import type { Api, Endpoint, Kind, Server, TypeId, Verdict } from '../ir.js'
import {
  type Candidate,
  camelCase,
  distinctNames,
  operationKey,
  operationNames,
  statedName,
  upperFirst,
} from '../names.js'
import { type Direction, type NamedDeclaration, nameTypes, TYPE_NAMES } from './type-names.js'

export type Role = 'Params' | 'Events' | 'Item' | 'Result' | 'Errors' | 'Message'

export interface Naming {
  readonly functions: ReadonlyMap<Endpoint, string>
  /** The name of a declaration as requests, forms or answers see it. */
  readonly typeName: (id: TypeId, direction: Direction) => string
  /** Every declaration that is written, sorted by name. */
  readonly declarations: readonly NamedDeclaration[]
  /** The name of a type that belongs to one function, or with `Errors` to one operation. */
  readonly roleName: (endpoint: Endpoint, role: Role) => string
  /** The name of the function that makes a server's URL. */
  readonly serverName: (server: Server) => string
}

const FUNCTION_NAMES: ReadonlySet<string> = new Set([
  'configure',
  'createClient',
  'defaultClient',
  'isStreamError',
  'params',
  'options',
])

/** Chooses all names for the verdicts that are written. */
export function chooseNames(verdicts: readonly Verdict[], { types: table, servers }: Api): Naming {
  const urls = serverNames(servers)
  const functions = functionNames(verdicts, new Set([...FUNCTION_NAMES, ...urls.values()]))
  // Functions and types leave by one index. A name without capitals (`日本語`, `_1`) or one that the user states can be wanted by both.
  const exported = new Set([...TYPE_NAMES, ...urls.values(), ...functions.values()])
  const { typeName, declarations } = nameTypes(verdicts, { table, taken: exported })
  const roles = roleNames(functions, new Set([...exported, ...declarations.map(({ name }) => name)]))
  return {
    functions,
    typeName,
    declarations,
    roleName: (endpoint, role) => roles.get(roleKey(endpoint, role)) ?? role,
    serverName: (server) => urls.get(server) ?? 'serverUrl',
  }
}

/** By place, not by URL: servers have no identity but their order, in which the first is the default. */
function serverNames(servers: readonly Server[]): Map<Server, string> {
  const keys = servers.map((_, index) => String(index).padStart(6, '0'))
  const candidates = servers.map(({ name }, index): Candidate => {
    const wanted = name === undefined ? 'serverUrl' : camelCase(`${name} url`, 'serverUrl')
    return { key: keys[index] ?? '', wanted, exact: false }
  })
  const names = distinctNames(candidates, FUNCTION_NAMES)
  return new Map(servers.map((server, index) => [server, names.get(keys[index] ?? '') ?? 'serverUrl']))
}

/** Which kind has the operation's own name; the others carry a suffix. */
const PLAIN_FIRST: readonly Kind[] = ['json', 'binary', 'text', 'sse', 'ndjson', 'json-seq', 'websocket', 'void']
const SUFFIXES: Readonly<Partial<Record<Kind, string>>> = {
  sse: 'Sse',
  ndjson: 'Ndjson',
  'json-seq': 'JsonSeq',
  text: 'Text',
  binary: 'Binary',
  websocket: 'Socket',
  void: 'Void',
}

function functionNames(verdicts: readonly Verdict[], taken: ReadonlySet<string>): Map<Endpoint, string> {
  const names = operationNames(verdicts.map(({ operation }) => operation))
  const candidates: Candidate[] = []
  for (const { operation, endpoints } of verdicts) {
    const key = operationKey(operation)
    const own = names.get(key) ?? 'operation'
    const stated = operation.override?.name
    const base = stated === undefined ? own : statedName(stated, own)
    const suffixes = kindSuffixes(endpoints.map(({ answer }) => answer.kind))
    for (const [index, { answer }] of endpoints.entries()) {
      const suffix = suffixes[index] ?? ''
      candidates.push({ key: `${key} ${answer.kind}`, wanted: `${base}${suffix}`, exact: suffix === '' })
    }
  }
  const distinct = distinctNames(candidates, taken)
  const found = verdicts.flatMap(({ endpoints }) => endpoints)
  return new Map(found.map((one) => [one, distinct.get(`${operationKey(one.operation)} ${one.answer.kind}`) ?? '']))
}

/** `''` for the plain name, `Stream` for the first stream beside it, the kind for each further one. */
function kindSuffixes(kinds: readonly Kind[]): string[] {
  const plain = PLAIN_FIRST.find((kind) => kinds.includes(kind))
  const stream = kinds
    .filter((kind) => kind !== plain)
    .find((kind) => kind === 'sse' || kind === 'ndjson' || kind === 'json-seq')
  const isStreamPlain = plain === 'sse' || plain === 'ndjson' || plain === 'json-seq'
  return kinds.map((kind) => {
    if (kind === plain) return ''
    return kind === stream && !isStreamPlain ? 'Stream' : (SUFFIXES[kind] ?? '')
  })
}

function roleKey({ operation, answer }: Endpoint, role: Role): string {
  return role === 'Errors' ? `${operationKey(operation)} Errors` : `${operationKey(operation)} ${answer.kind} ${role}`
}

const ROLES: readonly Role[] = ['Params', 'Events', 'Item', 'Result', 'Errors', 'Message']

function roleNames(functions: ReadonlyMap<Endpoint, string>, taken: ReadonlySet<string>): Map<string, string> {
  const candidates = new Map<string, Candidate>()
  for (const [endpoint, name] of functions) {
    for (const role of ROLES) {
      const key = roleKey(endpoint, role)
      // Of an operation's functions the one with the shortest name, which has no suffix, names the errors.
      const known = candidates.get(key)
      const wanted = `${upperFirst(name)}${role}`
      if (known === undefined || wanted.length < known.wanted.length) candidates.set(key, { key, wanted, exact: false })
    }
  }
  return distinctNames([...candidates.values()], taken)
}
