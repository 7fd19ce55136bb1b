/** The line stopped before anything is written: what each operation is, and why. */
import { analyse, type Reading } from './analyse.js'
import { type PartialConfig, type Settings, settingsOf } from './config.js'
import type { Place, Problem } from './diagnostics.js'
import { loadAssets } from './emit/assets.js'
import { type Plan, plan } from './emit/plan.js'
import { readRuntime } from './emit/runtime-sources.js'
import type { Endpoint, Kind, Selector, StreamKind, Verdict } from './ir.js'
import { locate, locating, refusingDepth } from './locate.js'
import { createSources, type Sources } from './sources.js'

export interface InspectReport {
  /** Every operation of the input, in its order. */
  readonly operations: readonly InspectedOperation[]
}

/** One operation as `inspect --json` prints it. */
export interface InspectedOperation {
  /** The operationId, or `METHOD path` where there is none. */
  readonly id: string
  readonly method: string
  readonly path: string
  /** Sorted. */
  readonly kinds: readonly Kind[]
  /** Parallel to `kinds`; `null` where nothing is generated. */
  readonly functions: readonly (string | null)[]
  /** The TypeScript text of one item, for each kind that streams. */
  readonly items?: Readonly<Partial<Record<StreamKind, string>>>
  readonly selector?: Selector
  readonly sentinel?: string
  /** Parallel to `kinds`; `null` where nothing is generated. */
  readonly because: readonly (string | null)[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
  /** `file:line:column`, relative to the working folder, with `/` as separator. */
  readonly source: string
}

/** A report with all its warnings, those too that belong to no operation. */
export interface Inspection {
  readonly input: string
  readonly report: InspectReport
  readonly warnings: readonly Problem[]
}

export interface InspectOptions extends Reading {}

/** @throws InputError where the config or the input is wrong. */
export async function inspect(config: PartialConfig, options: InspectOptions = {}): Promise<Inspection> {
  const { sources = createSources() } = options
  return locating(sources, async () => {
    const settings = settingsOf(config)
    return refusingDepth({ inputs: settings.inputs, sources }, () => inspectInputs(settings, { ...options, sources }))
  })
}

async function inspectInputs(
  settings: Settings,
  reading: Reading & { readonly sources: Sources },
): Promise<Inspection> {
  const { sources } = reading
  const { input, api, verdicts, warnings, report } = await analyse(settings, reading)
  const planned = plan(verdicts, api, { ...settings, sources: readRuntime(loadAssets().runtime), report })
  const operations = verdicts.map((verdict) => inspectOperation(verdict, { planned, warnings, sources }))
  return { input, report: { operations }, warnings: warnings.map((warning) => locate(warning, sources)) }
}

interface Surroundings {
  readonly planned: Plan
  readonly warnings: readonly Problem[]
  readonly sources: Sources
}

function inspectOperation(verdict: Verdict, { planned, warnings, sources }: Surroundings): InspectedOperation {
  const { operation, kinds, endpoints, because, selector } = verdict
  const { method, path, place } = operation
  const endpointOf = (kind: Kind): Endpoint | undefined => endpoints.find(({ answer }) => answer.kind === kind)
  const items = itemsOf(endpoints, planned)
  const sentinel = endpoints.flatMap(({ answer }) => (answer.kind === 'sse' ? (answer.sentinel ?? []) : [])).at(0)
  return {
    id: operation.operationId ?? `${method} ${path}`,
    method,
    path,
    kinds,
    functions: kinds.map((kind) => nameOf(endpointOf(kind), planned)),
    ...(Object.keys(items).length > 0 && { items }),
    ...(selector && { selector }),
    ...(sentinel !== undefined && { sentinel }),
    because,
    warnings: warnings
      .filter((warning) => warning.place !== undefined && isWithin({ inner: warning.place, outer: place }))
      .map(({ code, message }) => ({ code, message })),
    source: sourceOf(locate({ place }, sources).place),
  }
}

function sourceOf({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}

function nameOf(endpoint: Endpoint | undefined, { functions }: Plan): string | null {
  return (endpoint && functions.get(endpoint)) ?? null
}

function itemsOf(endpoints: readonly Endpoint[], { itemText }: Plan): Partial<Record<StreamKind, string>> {
  const items: Partial<Record<StreamKind, string>> = {}
  for (const endpoint of endpoints) {
    const { kind } = endpoint.answer
    const text = itemText(endpoint)
    if (text !== undefined && kind !== 'json' && kind !== 'void') items[kind] = text
  }
  return items
}

/** True for a place in the file and at or below the pointer of another; for the same place of a route file. */
function isWithin({ inner, outer }: { inner: Place; outer: Place }): boolean {
  if (inner.file !== outer.file) return false
  if (inner.pointer === undefined || outer.pointer === undefined) {
    return inner.line !== undefined && inner.line === outer.line && inner.column === outer.column
  }
  return inner.pointer === outer.pointer || inner.pointer.startsWith(`${outer.pointer}/`)
}
