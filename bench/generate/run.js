/** CPU and memory of the generator against a process that only reads, parses and writes the same file. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generated } from '../clients.js'
import { runMeasured } from '../process.js'
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
  const at = { cwd: generated }
  const ours = []
  const floors = []
  for (let round = 0; round < rounds; round++) {
    rmSync(out, { recursive: true, force: true })
    ours.push(await runMeasured([generator, 'generate', path, '--out', out, '--include', include], at))
    floors.push(await runMeasured([pathOf('floor.js'), path, join(generated, 'floor.json')], at))
  }
  const ratio = medianRatio(
    ours.map(({ cpu }) => cpu),
    floors.map(({ cpu }) => cpu),
  )
  return { cpu: figure(ratio), memory: figure(median(ours.map(({ memory }) => memory)) / 2 ** 20) }
}
