/** The command `generate`. */
import { analyse } from '../analyse.js'
import { type PartialConfig, settingsOf } from '../config.js'
import { InputError, type Problem } from '../diagnostics.js'
import { type GenerateReport, generate } from '../generate.js'
import { refusingDepth } from '../locate.js'
import { printIr } from '../print-ir.js'
import { describeDifferences, paintDifferences } from './differences.js'
import { configsOf, type GenerateFlags } from './options.js'
import { writeWarnings } from './problems.js'
import { escapeControls, type Session } from './session.js'
import { differs, errorAsJson, listChanges, type Mode, reportAsJson, summaryOf } from './summary.js'

/** A call of the command. */
export interface Call {
  readonly inputs: readonly string[]
  readonly flags: GenerateFlags
}

/** @returns the exit code. @throws InputError where the input, the config or the call is wrong. */
export async function runGenerate({ inputs, flags }: Call, session: Session): Promise<number> {
  const mode: Mode = flags.check ? 'check' : flags.dryRun ? 'dry-run' : 'write'
  try {
    const configs = await configsOf(inputs, flags)
    if (flags.print === 'ir') return await runPrintIr(configs, session)
    const report = await generate(configs, { dryRun: mode !== 'write', ...session })
    await writeWarnings(
      report.outputs.flatMap(({ warnings }) => warnings),
      session,
    )
    if (flags.report === 'json') session.writeOut(escapeControls(reportAsJson(report, { mode })))
    else await writeText(report, { mode, session })
    return exitCodeOf(report, { mode })
  } catch (error) {
    if (flags.report === 'json' && error instanceof InputError) {
      session.writeOut(escapeControls(errorAsJson(error.problem, { mode })))
    }
    throw error
  }
}

function exitCodeOf({ outputs }: GenerateReport, { mode }: { mode: Mode }): number {
  const isRefused = outputs.some(({ refused }) => refused)
  return isRefused || (mode === 'check' && outputs.some(differs)) ? 1 : 0
}

/** One JSON value: that of the one output, or a list of those of several. */
async function runPrintIr(configs: readonly PartialConfig[], session: Session): Promise<number> {
  const texts: string[] = []
  const warnings: Problem[] = []
  for (const config of configs) {
    const settings = settingsOf(config)
    const analysis = await refusingDepth({ ...settings, sources: session.sources }, () => analyse(settings, session))
    texts.push(printIr(analysis).trimEnd())
    for (const warning of analysis.warnings) warnings.push(warning)
  }
  session.writeOut(escapeControls(configs.length === 1 ? `${texts.join('')}\n` : `[${texts.join(',\n')}]\n`))
  await writeWarnings(warnings, session)
  return 0
}

async function writeText(report: GenerateReport, { mode, session }: { mode: Mode; session: Session }): Promise<void> {
  for (const output of report.outputs) {
    const lines = mode === 'dry-run' ? listChanges(output) : mode === 'check' ? await describeDifferences(output) : []
    const safe = lines.map(escapeControls)
    const shown = mode === 'check' && session.colors.out ? await paintDifferences(safe) : safe
    const summary = escapeControls(summaryOf(output, { mode, written: report.written }))
    session.writeOut(`${[...shown, summary].join('\n')}\n`)
  }
  if (report.outputs.some(({ refused }) => refused)) {
    session.writeErr(`there are warnings, which are not accepted${mode === 'write' ? ': nothing was written' : ''}\n`)
  }
}
