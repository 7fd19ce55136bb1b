import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checks, type Result } from '../../fixtures/conformance/conformance.js'
import { type AnswerServer, startAnswerServer } from './answer-server.js'
import type { Report } from './report.js'
import { runtimes } from './runtimes.js'
import { putTable, type Row, tableOf } from './table.js'

const rows: Row[] = []
let folder: string
let program: string
let server: AnswerServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamwright-conformance-'))
  const input = fileURLToPath(new URL('../../fixtures/conformance/conformance.ts', import.meta.url))
  const bundle = await rolldown({ input, platform: 'neutral' })
  await bundle.write({ file: join(folder, 'conformance.js'), format: 'esm' })
  program = join(folder, 'program.mjs')
  const lines = [
    "import { run } from './conformance.js'",
    // Node has a WebSocket of its own from version 22 on.
    `const { WebSocket } = 'WebSocket' in globalThis ? {} : await import('${import.meta.resolve('ws')}')`,
    'console.log(JSON.stringify(await run({ origin: process.argv[2], WebSocket })))',
    // What a runtime keeps open for later use is no business of the checks.
    'process.exit()',
  ]
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await writeFile(program, lines.join('\n'))
  server = await startAnswerServer(join(folder, 'conformance.js'))
})

afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
  if (rows.length === 0) return
  console.log(`\n${tableOf(rows)}`)
  if (process.env['RUNTIMES'] === 'write') await putTable(tableOf(rows), new URL('../../README.md', import.meta.url))
})

for (const { name, missing, known = {}, run } of runtimes) {
  const isSkipped = missing !== undefined && !process.env['CI']
  if (missing) console.log(`${name} is skipped, but in CI, where that is a failure: ${missing}`)
  describe.skipIf(isSkipped)(name, () => {
    let report: Report
    let results: readonly Result[] = []

    beforeAll(async () => {
      report = await run({ origin: server.origin, program })
      results = JSON.parse(report.results)
      const passed = results.filter(({ error }) => error === undefined).length
      rows.push({ name, version: report.version, passed, all: checks.length })
    })
    it.each(checks.map(({ name }) => name))('%s', (name) => {
      const result = results.find((result) => result.name === name)
      expect(result).toEqual(known[name] ? { name, error: expect.any(String) } : { name })
    })
  })
}
