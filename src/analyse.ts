/** The first half of the line: an input to verdicts. What `generate`, `inspect` and `--print ir` have in common. */
import { classify } from './classify.js'
import type { Settings } from './config.js'
import { InputError, type Problem, type Report } from './diagnostics.js'
import { disk } from './file-system.js'
import { findInputs } from './input.js'
import type { Api, Verdict } from './ir.js'
import { mergeApis, type RoutesApi } from './merge.js'
import { readApi } from './read/openapi/api.js'
import { loadDocuments } from './read/openapi/load.js'
import { overrideRoutes, refuseUnused } from './read/routes/overrides.js'
import { createSources, type Sources } from './sources.js'

/** What reading needs from outside. */
export interface Reading {
  /** The octets of standard input; asked for when the input is `-`. */
  readonly readStandardInput?: () => Promise<Uint8Array>
  /** Takes every text that is read, so that `formatProblem` can show the lines that a message is about. */
  readonly sources?: Sources
}

export interface Analysis {
  /** The document, as it was found. */
  readonly input: string
  readonly api: Api
  readonly verdicts: readonly Verdict[]
  /** In the order in which they were met; the later steps add to it by `report`. */
  readonly warnings: Problem[]
  readonly report: Report
}

/** @throws InputError where the input is wrong. */
export async function analyse(settings: Settings, reading: Reading): Promise<Analysis> {
  const { title, document, routes } = await findInputs(settings.inputs)
  const warnings: Problem[] = []
  const report: Report = (problem) => {
    warnings.push(problem)
  }
  const step: Step = { settings, reading: { sources: createSources(), ...reading }, report }
  if (settings.prefix !== '' && routes.length === 0) warnOfPrefix(title, report)
  const found = routes.length === 0 ? undefined : await analyseRoutes(routes, step)
  const api = await joined({ document, found, routes }, step)
  const verdicts = classify(api)
  for (const verdict of verdicts) verdict.warnings.forEach(report)
  return { input: title, api, verdicts, warnings, report }
}

function warnOfPrefix(file: string, report: Report): void {
  report({
    severity: 'warning',
    code: 'prefix-unused',
    message: 'the prefix is one of route files, and there are none',
    place: { file },
    hint: 'take it away; what stands before the paths of a document is the base URL of the client',
  })
}

interface Step {
  readonly settings: Settings
  readonly reading: Reading & Required<Pick<Reading, 'sources'>>
  readonly report: Report
}

interface FoundRoutes {
  readonly api: RoutesApi
  /** What the config file states of operations that are no routes. */
  readonly overrides: Settings['operations']
}

async function analyseRoutes(files: readonly string[], { settings, reading, report }: Step): Promise<FoundRoutes> {
  // The compiler takes half a second to load: only those pay for it who have route files.
  const { readRoutes } = await import('./read/routes/api.js')
  const { allowOutside, limits, prefix, operations: overrides } = settings
  const api = readRoutes(files, { root: '.', allowOutside, limits, prefix, report, sources: reading.sources })
  const { operations, others } = overrideRoutes(api.operations, overrides)
  return { api: { ...api, operations }, overrides: others }
}

interface Parts {
  readonly document: string | undefined
  readonly found: FoundRoutes | undefined
  readonly routes: readonly string[]
}

async function joined({ document, found, routes }: Parts, step: Step): Promise<Api> {
  if (document === undefined && found !== undefined) {
    refuseUnused(found.overrides, { file: routes[0] ?? '-' })
    return found.api
  }
  if (document === undefined) throw new Error('no input')
  const overrides = found?.overrides ?? step.settings.operations
  const api = await analyseDocument({ document, overrides }, step)
  if (found === undefined) return api
  const merged = mergeApis({ document: api, routes: found.api }, classify(api))
  merged.warnings.forEach(step.report)
  return merged.api
}

async function analyseDocument(
  { document, overrides }: { readonly document: string; readonly overrides: Settings['operations'] },
  { settings, reading, report }: Step,
): Promise<Api> {
  const { limits, allowRemote, allowOutside, headers } = settings
  const { sources, readStandardInput: stdin = noStandardInput } = reading
  const documents = await loadDocuments({
    input: document,
    root: '.',
    fileSystem: disk,
    stdin,
    allowRemote,
    allowOutside,
    headers,
    limits,
    report,
    sources,
  })
  return readApi(documents, { report, limits, overrides })
}

async function noStandardInput(): Promise<never> {
  throw new InputError({
    code: 'stdin-missing',
    message: 'the input is standard input, and the caller gives none',
    place: { file: '-' },
    hint: 'pass `readStandardInput`, or name a file or a URL',
  })
}
