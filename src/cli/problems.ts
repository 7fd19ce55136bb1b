/** Warnings and errors as the command line prints them. */
import { inspect } from 'node:util'
import { InputError, type Problem } from '../diagnostics.js'
import { formatProblem } from '../format-problem.js'
import { escapeControls, type Session } from './session.js'

/** More warnings of one code than this are counted and not printed. */
const MAX_PER_CODE = 20

export interface ProblemAsJson {
  readonly code: string
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly pointer?: string
  readonly hint: string
}

export function problemAsJson({ code, message, place, hint }: Problem): ProblemAsJson {
  return { code, message, ...place, hint }
}

/** Writes the warnings in their order; of each code the first ones only, and then how many more there are. */
export async function writeWarnings(
  warnings: readonly Problem[],
  { sources, writeErr, colors }: Session,
): Promise<void> {
  const seen = new Map<string, number>()
  for (const warning of warnings) {
    const number = (seen.get(warning.code) ?? 0) + 1
    seen.set(warning.code, number)
    if (number <= MAX_PER_CODE) writeErr(`${await formatProblem(warning, sources, { color: colors.err })}\n`)
  }
  for (const [code, number] of seen) {
    if (number <= MAX_PER_CODE) continue
    writeErr(`... and ${number - MAX_PER_CODE} more warnings of "${code}"; generate --report json lists all\n`)
  }
}

/** Writes what was thrown; its stack only where it is asked for. */
export async function writeFailure(
  error: unknown,
  { debug, session }: { debug: boolean; session: Session },
): Promise<void> {
  const { sources, writeErr, colors } = session
  const problem = error instanceof InputError ? error.problem : FAULT
  writeErr(`${await formatProblem(problem, sources, { color: colors.err })}\n`)
  if (debug) writeErr(`${escapeControls(inspect(error))}\n`)
}

const FAULT: Problem = {
  severity: 'error',
  code: 'internal',
  message: 'streamwright met a fault of its own',
  hint: 'please report it, with the document and with what the same call prints with --debug',
}
