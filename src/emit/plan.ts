/** Verdicts to files: which there are, and what stands in each. Pure; every string of the output is made from here on down. */
import type { Problem, Report } from '../diagnostics.js'
import type { Api, Endpoint, Kind, Operation, Type, TypeId, Verdict } from '../ir.js'
import { distinctNames, fileName } from '../names.js'
import {
  type ImportExtension,
  type ImportOptions,
  type Imports,
  newImports,
  type RuntimeMode,
  specifier,
} from './imports.js'
import { chooseNames, type Direction, type Naming } from './naming.js'
import { printDeclaration, printType } from './print-type.js'
import type { RuntimeSources } from './runtime-sources.js'
import type { IndexView, PlannedFile } from './view.js'
import { serverWithDefaults, viewClient } from './view-client.js'
import { viewEndpoint } from './view-endpoint.js'

export interface PlanOptions {
  /** `streams`: operations with a streaming, text or binary reply, and their JSON twins. */
  readonly include: 'streams' | 'all'
  readonly runtime: RuntimeMode
  readonly importExtension: ImportExtension
  readonly sources: RuntimeSources
  readonly report: Report
}

export interface Plan {
  readonly files: readonly PlannedFile[]
  /** The name of each function that is written. */
  readonly functions: ReadonlyMap<Endpoint, string>
  /** The TypeScript text of one item of a stream. */
  readonly itemText: (endpoint: Endpoint) => string | undefined
}

const STREAMS: readonly Kind[] = ['sse', 'ndjson', 'json-seq', 'text', 'binary', 'websocket']

export function plan(verdicts: readonly Verdict[], api: Api, options: PlanOptions): Plan {
  const written = verdicts.filter(
    ({ kinds }) => options.include === 'all' || kinds.some((kind) => STREAMS.includes(kind)),
  )
  const naming = chooseNames(written, api.types)
  reportRepeatedIds(verdicts, { naming, report: options.report })
  const planned = [
    ...planGroups(written, { api, naming, options }),
    planTypes(api, naming),
    planClient(api, { naming, options }),
  ]
  const used = new Set(planned.flatMap(({ runtime }) => runtime))
  const files = planned.map(({ file }) => file)
  const index = planIndex(files, { api, naming, options })
  return {
    files: [...files, index, ...planRuntime(used, options)],
    functions: naming.functions,
    itemText: (endpoint) => itemText(endpoint, { api, verdicts, naming }),
  }
}

interface Planning {
  readonly api: Api
  readonly naming: Naming
  readonly options: PlanOptions
}

/** A file, and the files of the runtime that it imports. */
interface Planned {
  readonly file: PlannedFile
  readonly runtime: readonly string[]
}

/** The imports of one file, and the files of the runtime among them. */
function trackImports(options: ImportOptions): { imports: Imports; runtime: Set<string> } {
  const inner = newImports(options)
  const runtime = new Set<string>()
  const track =
    (note: (name: string) => string) =>
    (name: string): string => {
      runtime.add(options.sources.fileOf(name))
      return note(name)
    }
  return { imports: { ...inner, value: track(inner.value), type: track(inner.type) }, runtime }
}

function planGroups(verdicts: readonly Verdict[], planning: Planning): Planned[] {
  const groups = new Map<string, Verdict[]>()
  for (const verdict of verdicts) {
    if (verdict.endpoints.length === 0) continue
    const tag = verdict.operation.tags[0] ?? ''
    const group = groups.get(tag)
    if (group === undefined) groups.set(tag, [verdict])
    else group.push(verdict)
  }
  const names = distinctNames(
    [...groups.keys()].map((tag) => ({ key: tag, wanted: fileName(tag, 'default'), exact: fileName(tag, '') === tag })),
    new Set(),
  )
  return [...groups].map(([tag, group]) =>
    planGroup(group, { ...planning, path: `endpoints/${names.get(tag) ?? 'default'}` }),
  )
}

function planGroup(verdicts: readonly Verdict[], { api, naming, options, path }: Planning & { path: string }): Planned {
  const declared = new Set(
    verdicts.flatMap(({ endpoints }) => endpoints.map((endpoint) => naming.functions.get(endpoint) ?? '')),
  )
  const { runtime: mode, importExtension: extension, sources } = options
  const { imports, runtime } = trackImports({ runtime: mode, extension, sources, root: '../', declared })
  const print = (direction: Direction) => (type: Type, indent: number) => {
    const nameOf = (id: TypeId): string =>
      imports.local({ name: naming.typeName(id, direction), file: 'types', isType: true })
    return printType(type, { nameOf, indent, direction })
  }
  imports.local({ name: 'defaultClient', file: 'client', isType: false })
  const functions = sorted(verdicts).flatMap(({ operation, endpoints, errors }) => {
    const baseUrl = operationServer(operation)
    return endpoints.map((endpoint, index) =>
      viewEndpoint(endpoint, {
        naming,
        imports,
        schemes: api.securitySchemes,
        errors,
        declaresErrors: index === 0,
        printRequest: print('request'),
        printResponse: print('response'),
        ...(baseUrl === undefined ? {} : { baseUrl }),
      }),
    )
  })
  const file: PlannedFile = { path: `${path}.ts`, template: 'endpoints', view: { imports: imports.view(), functions } }
  return { file, runtime: [...runtime] }
}

/** By path, then method: the order of the document does not matter. */
function sorted(verdicts: readonly Verdict[]): Verdict[] {
  const order = ({ operation }: Verdict): string => `${operation.path} ${operation.method}`
  return [...verdicts].sort((left, right) => (order(left) < order(right) ? -1 : 1))
}

function operationServer({ servers }: Operation): string | undefined {
  const [first] = servers ?? []
  return first === undefined ? undefined : serverWithDefaults(first)
}

function planTypes(api: Api, naming: Naming): Planned {
  const declarations = naming.declarations.map(({ id, direction, name }) => {
    const nameOf = (other: TypeId): string => naming.typeName(other, direction)
    return { text: printDeclaration(api.types.get(id), { nameOf, indent: 0, direction, name }) }
  })
  return { file: { path: 'types.ts', template: 'types', view: { declarations } }, runtime: [] }
}

function planClient(api: Api, { options }: { naming: Naming; options: PlanOptions }): Planned {
  const { runtime: mode, importExtension: extension, sources } = options
  const { imports, runtime } = trackImports({ runtime: mode, extension, sources, root: './', declared: new Set() })
  for (const name of ['newClient', 'configureClient']) imports.value(name)
  for (const name of ['Client', 'ClientOptions']) imports.type(name)
  const view = viewClient(api, imports)
  return {
    file: { path: 'client.ts', template: 'client', view: { ...view, imports: imports.view() } },
    runtime: [...runtime],
  }
}

const PUBLIC_TYPES: Readonly<Record<string, readonly string[]>> = {
  sse: ['SseStream', 'SseOptions', 'SseMessage'],
  ndjson: ['RecordStream', 'RecordOptions'],
  'json-seq': ['RecordStream', 'RecordOptions'],
  text: ['TextStream', 'TextOptions'],
  binary: ['BinaryStream', 'BinaryOptions'],
  json: ['RequestOptions'],
  void: ['RequestOptions'],
}

/** What can be imported from the folder of the output. */
function planIndex(files: readonly PlannedFile[], { api, naming, options }: Planning): PlannedFile {
  const { importExtension: extension, runtime, sources } = options
  const kinds = [...new Set([...naming.functions.keys()].map(({ answer }) => answer.kind))]
  const types = [
    ...new Set([...kinds.flatMap((kind) => PUBLIC_TYPES[kind] ?? []), 'ClientOptions', 'Secret', 'StreamFailure']),
  ]
  const fromRuntime = (name: string): string => {
    return runtime === 'import' ? 'streamwright/runtime' : specifier(`./runtime/${sources.fileOf(name)}`, extension)
  }
  const byFile = new Map<string, string[]>()
  for (const name of types.sort()) byFile.set(fromRuntime(name), [...(byFile.get(fromRuntime(name)) ?? []), name])
  const client = `'${specifier('./client', extension)}'`
  const servers = viewClient(api, newImportsForNames(options)).servers.map(({ name }) => name)
  const statements = [
    `export type { ApiClient, Auth } from ${client}`,
    `export { ${['configure', 'createClient', 'defaultClient', ...servers].join(', ')} } from ${client}`,
    ...files
      .filter(({ template }) => template === 'endpoints')
      .map(({ path }) => `export * from '${specifier(`./${path.slice(0, -3)}`, extension)}'`)
      .sort(),
    ...[...byFile].map(([from, names]) => `export type { ${names.join(', ')} } from '${from}'`).sort(),
    `export { isStreamError, StreamError } from '${fromRuntime('StreamError')}'`,
    `export type * from '${specifier('./types', extension)}'`,
  ]
  const view: IndexView = { exports: statements.map((statement) => ({ statement })) }
  return { path: 'index.ts', template: 'index', view }
}

function newImportsForNames({ runtime, importExtension: extension, sources }: PlanOptions): Imports {
  return newImports({ runtime, extension, sources, root: './', declared: new Set() })
}

/** The files of the runtime that the output needs, as they are but for the ending of their imports. */
function planRuntime(used: ReadonlySet<string>, { runtime, importExtension, sources }: PlanOptions): PlannedFile[] {
  if (runtime === 'import') return []
  return sources.closure([...used, sources.fileOf('StreamError')]).map((file) => {
    const text = sources
      .textOf(file)
      .replaceAll(/from '(\.\/[\w-]+)\.js'/g, (_, path: string) => `from '${specifier(path, importExtension)}'`)
    return { path: `runtime/${file}.ts`, template: 'runtime', view: { source: text } }
  })
}

function itemText(
  { answer }: Endpoint,
  { naming }: { api: Api; verdicts: readonly Verdict[]; naming: Naming },
): string | undefined {
  const nameOf = (id: TypeId): string => naming.typeName(id, 'response')
  const print = (type: Type): string => printType(type, { nameOf, indent: 0, direction: 'response' })
  switch (answer.kind) {
    case 'sse':
      return [...new Set(answer.events.map(({ type }) => print(type)))].join(' | ')
    case 'ndjson':
    case 'json-seq':
      return print(answer.item)
    case 'text':
      return 'string'
    case 'binary':
      return 'Uint8Array'
    case 'json':
    case 'void':
      return undefined
  }
}

function reportRepeatedIds(verdicts: readonly Verdict[], { naming, report }: { naming: Naming; report: Report }): void {
  const first = new Map<string, Verdict>()
  for (const verdict of verdicts) {
    const { operationId, place } = verdict.operation
    if (operationId === undefined) continue
    const earlier = first.get(operationId)
    if (earlier === undefined) {
      first.set(operationId, verdict)
      continue
    }
    const names = [earlier, verdict].map(({ endpoints }) =>
      endpoints.map((one) => naming.functions.get(one)).find((name) => name !== undefined),
    )
    const hint = names.every((name) => name !== undefined) ? `the functions are called ${names.join(' and ')}; ` : ''
    const problem: Problem = {
      severity: 'warning',
      code: 'operation-id-repeated',
      message: `the operationId ${JSON.stringify(operationId)} is used again; it belongs to ${earlier.operation.method} ${earlier.operation.path} already`,
      place,
      hint: `${hint}give each operation an operationId of its own`,
    }
    report(problem)
  }
}
