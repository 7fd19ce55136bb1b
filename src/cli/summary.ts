/** What the command line says of an output: one line, a list of changes, or JSON. */
import type { Problem } from '../diagnostics.js'
import { type Change, shown } from '../emit/compare.js'
import type { GenerateReport, OutputReport } from '../generate.js'
import { problemAsJson } from './problems.js'

export type Mode = 'write' | 'dry-run' | 'check'

type Counts = Readonly<Record<Change['kind'], number>>

function count(changes: readonly Change[]): Counts {
  const counts = { added: 0, changed: 0, unchanged: 0, removed: 0 }
  for (const { kind } of changes) counts[kind]++
  return counts
}

/** True if the folder is not what would be written. */
export function differs({ changes }: OutputReport): boolean {
  return changes.some(({ kind }) => kind !== 'unchanged')
}

/** One line, such as `openapi.yaml -> src/api: 14 files, 3 added, 1 removed; 2 json, 4 sse`. */
export function summaryOf(output: OutputReport, { mode, written }: { mode: Mode; written: boolean }): string {
  const { input, folder, changes, endpoints } = output
  const counts = count(changes)
  const files = changes.length - counts.removed
  const work = [
    counts.added > 0 ? `${counts.added} added` : '',
    counts.changed > 0 ? `${counts.changed} changed` : '',
    counts.removed > 0 ? `${counts.removed} removed` : '',
  ].filter((part) => part !== '')
  const state = work.length === 0 ? 'up to date' : `${verb({ mode, written })}${work.join(', ')}`
  return `${input} -> ${folder}: ${plural(files, 'file')}, ${state}; ${describeEndpoints(endpoints)}`
}

function verb({ mode, written }: { mode: Mode; written: boolean }): string {
  if (mode === 'check') return 'differs: '
  if (mode === 'dry-run') return 'to do: '
  return written ? '' : 'not written: '
}

function describeEndpoints(endpoints: OutputReport['endpoints']): string {
  const kinds = Object.entries(endpoints).sort(([one], [other]) => (one < other ? -1 : 1))
  if (kinds.length === 0) return 'no operation streams (--include all writes the others too)'
  return kinds.map(([kind, number]) => `${number} ${kind}`).join(', ')
}

export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

const VERBS = { added: 'add   ', changed: 'change', removed: 'remove' } as const

/** One line for each file that would be written or removed. */
export function listChanges({ folder, changes }: OutputReport): string[] {
  return changes.flatMap((change) =>
    change.kind === 'unchanged' ? [] : [`${VERBS[change.kind]} ${shown(folder, change.path)}`],
  )
}

/** The text of `--report json`. */
export function reportAsJson({ outputs, written }: GenerateReport, { mode }: { mode: Mode }): string {
  const report = {
    mode,
    written,
    outputs: outputs.map(({ input, folder, changes, endpoints, warnings }) => ({
      input,
      out: folder,
      files: changes.map(({ path, kind }) => ({ path, change: kind })),
      endpoints,
      warnings: warnings.map(problemAsJson),
    })),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

/** The text of `--report json` where there is nothing to report but why. */
export function errorAsJson(problem: Problem, { mode }: { mode: Mode }): string {
  const report = { mode, written: false, outputs: [], error: problemAsJson(problem) }
  return `${JSON.stringify(report, null, 2)}\n`
}
