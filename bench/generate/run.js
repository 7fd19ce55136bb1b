/** CPU and memory of the generator against a process that only reads, parses and writes the same file. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { generated } from '../clients.js'
import { median, medianRatio } from '../rounds.js'
import { figure } from '../table.js'
import { writeDocuments } from './documents.js'

const rounds = 9
/** @param {string} path */
const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url))
const generator = pathOf('../../bin/streamwright.js')

const documentsOf = {
  streams: { name: 'openai, 3 MB', cpu: '5', memory: '200' },
  all: { name: 'openai, 3 MB, `--include all`', cpu: '9', memory: '200' },
  large: { name: '13 MB, `--include all`', cpu: '9', memory: '350' },
}

/** @returns {Promise<string[][]>} rows */
export async function benchGenerate() {
  const documents = writeDocuments()
  if (!documents) return [['generating', 'not measured: the document that it is measured with is not here', '', '']]
  const measured = [
    { ...documentsOf.streams, figures: await measureCase(documents.openai, 'streams') },
    { ...documentsOf.all, figures: await measureCase(documents.openai, 'all') },
    { ...documentsOf.large, figures: await measureCase(documents.large, 'all') },
  ]
  return measured.flatMap(({ name, cpu, memory, figures }) => [
    [`generating: CPU over reading, parsing and writing the file: ${name}`, figures.cpu, cpu, ''],
    [`generating: MiB at the peak: ${name}`, figures.memory, memory, ''],
  ])
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
  return { cpu: figure(ratio), memory: figure(median(ours.map(({ memory }) => memory)) / 2 ** 20) }
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
