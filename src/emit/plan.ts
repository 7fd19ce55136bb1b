/** Verdicts to files: which there are, and what stands in each. Pure; every string of the output is made from here on down. */
import type { Report } from '../diagnostics.js'
import type { Api, Endpoint, Kind, TypeId, Verdict } from '../ir.js'
import { specifier } from './imports.js'
import { itemText } from './item-text.js'
import { chooseNames, type Naming } from './naming.js'
import { planEndpoints } from './plan-endpoints.js'
import { planIndex } from './plan-index.js'
import { type Planned, type Planning, type PlanOptions, trackImports } from './planning.js'
import { printDeclaration } from './print-type.js'
import type { PlannedFile } from './view.js'
import { viewClient } from './view-client.js'

export interface Plan {
  readonly files: readonly PlannedFile[]
  /** The name of each function that is written. */
  readonly functions: ReadonlyMap<Endpoint, string>
  /** The TypeScript text of one item of a stream. */
  readonly itemText: (endpoint: Endpoint) => string | undefined
}

const STREAMS: readonly Kind[] = ['sse', 'ndjson', 'json-seq', 'text', 'binary', 'websocket']

/** Plans the output for the verdicts that `include` asks for. Warns of names that had to change. */
export function plan(verdicts: readonly Verdict[], api: Api, options: PlanOptions): Plan {
  const written = verdicts.filter(
    ({ kinds }) => options.include === 'all' || kinds.some((kind) => STREAMS.includes(kind)),
  )
  const naming = chooseNames(written, api)
  reportRepeatedIds(verdicts, { naming, report: options.report })
  const planning: Planning = { api, naming, options }
  const planned = [...planEndpoints(written, planning), planTypes(planning), planClient(planning)]
  const index = planIndex(
    planned.map(({ file }) => file),
    planning,
  )
  const all = [...planned, index]
  return {
    files: [...all.map(({ file }) => file), ...planRuntime(all, options)],
    functions: naming.functions,
    itemText: (endpoint) => itemText(endpoint, naming),
  }
}

function planTypes({ api, naming }: Planning): Planned {
  const declarations = naming.declarations.map(({ id, direction, name }) => {
    const nameOf = (other: TypeId): string => naming.typeName(other, direction)
    return { text: printDeclaration(api.types.get(id), { nameOf, indent: 0, direction, name }) }
  })
  return { file: { path: 'types.ts', template: 'types', view: { declarations } }, runtime: [] }
}

function planClient({ api, naming, options }: Planning): Planned {
  const { imports, runtime } = trackImports({ root: './', declared: new Set() }, options)
  for (const name of ['newClient', 'configureClient']) imports.value(name)
  for (const name of ['Client', 'ClientOptions']) imports.type(name)
  const view = viewClient(api, { imports, naming })
  return { file: { path: 'client.ts', template: 'client', view: { ...view, imports: imports.view() } }, runtime }
}

/** The files of the runtime that the output needs, as they are but for the ending of their imports. */
function planRuntime(planned: readonly Planned[], { runtime, importExtension, sources }: PlanOptions): PlannedFile[] {
  if (runtime === 'import') return []
  return sources.closure(planned.flatMap((one) => [...one.runtime])).map((file) => {
    const source = sources
      .textOf(file)
      .replaceAll(/from '(\.\/[\w-]+)\.js'/g, (_, path: string) => `from '${specifier(path, importExtension)}'`)
    return { path: `runtime/${file}.ts`, template: 'runtime', view: { source } }
  })
}

function reportRepeatedIds(verdicts: readonly Verdict[], { naming, report }: { naming: Naming; report: Report }): void {
  const nameOf = ({ endpoints }: Verdict): string | undefined =>
    endpoints.map((one) => naming.functions.get(one)).find(Boolean)
  const first = new Map<string, Verdict>()
  for (const verdict of verdicts) {
    const { operationId, place } = verdict.operation
    if (operationId === undefined) continue
    const earlier = first.get(operationId)
    if (earlier === undefined) {
      first.set(operationId, verdict)
      continue
    }
    const { method, path } = earlier.operation
    const [one, other] = [nameOf(earlier), nameOf(verdict)]
    const called = one === undefined || other === undefined ? '' : `the functions are called ${one} and ${other}; `
    report({
      severity: 'warning',
      code: 'operation-id-repeated',
      message: `the operationId ${JSON.stringify(operationId)} belongs to ${method} ${path} already`,
      place,
      hint: `${called}give each operation an operationId of its own`,
    })
  }
}
