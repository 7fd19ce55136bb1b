/** The command `inspect`. */
import { type Inspection, inspect } from '../inspect.js'
import { configsOf, type InspectFlags } from './options.js'
import { writeWarnings } from './problems.js'
import { escapeControls, type Session } from './session.js'
import { inspectTable } from './table.js'

interface Call {
  readonly inputs: readonly string[]
  readonly flags: InspectFlags
}

/** Prints the operations of every input. @returns the exit code. @throws InputError where the input or the call is wrong. */
export async function runInspect({ inputs, flags }: Call, session: Session): Promise<number> {
  const inspections: Inspection[] = []
  for (const config of await configsOf(inputs, flags)) inspections.push(await inspect(config, session))
  const operations = inspections.flatMap(({ report }) => report.operations)
  const text = flags.json ? JSON.stringify({ operations }, null, 2) : inspectTable({ operations }).join('\n')
  session.writeOut(`${escapeControls(text)}\n`)
  await writeWarnings(
    inspections.flatMap(({ warnings }) => warnings),
    session,
  )
  return 0
}
