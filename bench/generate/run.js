/** CPU and memory of the generator against a process that only reads, parses and writes the same file. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { generated } from '../clients.js'
import { median, medianRatio } from '../rounds.js'
import { figure, table } from '../table.js'
import { writeDocuments } from './documents.js'

const rounds = 9
/** @param {string} path */
const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url))
const generator = pathOf('../../bin/streamwright.js')

/** @returns {Promise<string>} Markdown */
export async function benchGenerate() {
  const documents = writeDocuments()
  if (!documents) return 'Generation was not measured: the document that it is measured with is not here.'
  const cases = [
    { name: 'openai as JSON, streams', path: documents.openai, include: 'streams' },
    { name: 'openai as JSON, `--include all`', path: documents.openai, include: 'all' },
    { name: '13 MB, `--include all`', path: documents.large, include: 'all' },
  ]
  const rows = []
  for (const { name, path, include } of cases) rows.push([name, ...(await measureCase(path, include))])
  return table(['generating from', 'CPU over reading, parsing, writing', 'MiB at the peak'], rows)
}

/**
 * @param {string} path
 * @param {'streams' | 'all'} include
 */
async function measureCase(path, include) {
  const out = join(generated, 'out')
  const ours = []
  const floors = []
  for (let round = 0; round < rounds; round++) {
    rmSync(out, { recursive: true, force: true })
    ours.push(await run([generator, 'generate', path, '--out', out, '--include', include]))
    floors.push(await run([pathOf('floor.js'), path, join(generated, 'floor.json')]))
  }
  const ratio = medianRatio(
    ours.map(({ cpu }) => cpu),
    floors.map(({ cpu }) => cpu),
  )
  return [figure(ratio), figure(median(ours.map(({ memory }) => memory)) / 2 ** 20)]
}

/**
 * @param {readonly string[]} parameters
 * @returns {Promise<{ cpu: number, memory: number }>} microseconds and bytes
 */
async function run(parameters) {
  const child = spawn(process.execPath, ['--require', pathOf('report.cjs'), ...parameters], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    cwd: generated,
  })
  const [errors, report] = child.stdio.slice(2)
  const [messages, figures, [status]] = await Promise.all([text(errors), text(report), once(child, 'exit')])
  if (status !== 0) throw new Error(messages)
  return JSON.parse(figures)
}
