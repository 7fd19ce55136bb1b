/** The suite of hostile inputs beside the project, run by its own runner against the built command. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const project = fileURLToPath(new URL('../../', import.meta.url))
const runner = fileURLToPath(new URL('../../../shared/hostile/run.mjs', import.meta.url))
const command = 'node bin/streamwright.js generate {input} --out {out}'

interface Judged {
  readonly id: string
  readonly exit: number
  /** Milliseconds of the whole process. */
  readonly ms: number
  /** Peak of resident memory. */
  readonly rssMb: number
}

it('every hostile input of ../shared ends as it must', { timeout: 900_000 }, async (context) => {
  if (!existsSync(runner)) {
    context.skip('../shared/hostile is not there: the suite of hostile inputs was not run')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'shared-hostile-'))
  const report = join(folder, 'report.json')
  const args = [runner, '--cli', command, '--jobs', '2', '--time-factor', '3', '--json', report]
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: project }).catch(outputOf)
    expect(stdout.trim()).toMatch(/^[1-9]\d* passed, 0 failed$/)
    console.log(slowest(report))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** The runner prints a line for every case that fails, and ends with an exit code that is not 0. */
function outputOf(error: unknown): { readonly stdout: string } {
  const isExit = typeof error === 'object' && error !== null && 'stdout' in error && 'stderr' in error
  if (!isExit) throw error
  return { stdout: `${String(error.stdout)}${String(error.stderr)}` }
}

/** The figures that the README states come from here. */
function slowest(report: string): string {
  // The runner writes the report in this form.
  const { cases } = JSON.parse(readFileSync(report, 'utf8')) as { readonly cases: readonly Judged[] }
  const rows = [...cases].sort((one, other) => other.ms - one.ms).slice(0, 10)
  return rows.map(({ id, exit, ms, rssMb }) => `${id}: exit ${exit}, ${ms} ms, ${rssMb} MB`).join('\n')
}
