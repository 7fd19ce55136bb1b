/** The suite of hostile inputs beside the project, run by its own runner against the built command. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const project = fileURLToPath(new URL('../../', import.meta.url))
const runner = fileURLToPath(new URL('../../../shared/hostile/run.mjs', import.meta.url))

describe.skipIf(!existsSync(runner))('hostile inputs (needs ../shared)', () => {
  it('all end as they must', { timeout: 600_000 }, async () => {
    const cli = 'node bin/streamwright.js generate {input} --out {out}'
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [runner, '--cli', cli, '--jobs', '2', '--time-factor', '3'],
      {
        cwd: project,
        maxBuffer: 16 * 1024 * 1024,
      },
    ).catch((error: { stdout: string }) => error)
    expect(stdout.trimEnd().split('\n').slice(-20).join('\n')).toMatch(/(^|\n)\d+ passed, 0 failed$/)
  })
})
