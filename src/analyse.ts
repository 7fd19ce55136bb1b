/** The first half of the line: an input to verdicts. What `generate`, `inspect` and `--print ir` have in common. */
import { classify } from './classify.js'
import type { Settings } from './config.js'
import { InputError, type Problem, type Report } from './diagnostics.js'
import { disk } from './file-system.js'
import { findInput } from './input.js'
import type { Api, Verdict } from './ir.js'
import { readApi } from './read/openapi/api.js'
import { loadDocuments } from './read/openapi/load.js'
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
  const input = await findInput(settings.inputs)
  const warnings: Problem[] = []
  const report: Report = (problem) => {
    warnings.push(problem)
  }
  const { limits, allowRemote, allowOutside } = settings
  const { sources = createSources(), readStandardInput: stdin = noStandardInput } = reading
  const documents = await loadDocuments({
    input,
    root: '.',
    fileSystem: disk,
    stdin,
    allowRemote,
    allowOutside,
    limits,
    report,
    sources,
  })
  const api = readApi(documents, { report, limits, overrides: settings.operations })
  const verdicts = classify(api)
  warnings.push(...verdicts.flatMap((verdict) => verdict.warnings))
  return { input, api, verdicts, warnings, report }
}

async function noStandardInput(): Promise<never> {
  throw new InputError({
    code: 'stdin-missing',
    message: 'the input is standard input, and the caller gives none',
    place: { file: '-' },
    hint: 'pass `readStandardInput`, or name a file or a URL',
  })
}
