/** CPU of reading route files against a bare program of the compiler that answers the same questions about types. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMeasured } from '../process.js'
import { median, medianRatio } from '../rounds.js'
import { figure } from '../table.js'
import { writeProject } from './projects.js'

const sizes = [1, 50, 500]
const rounds = 5
const generator = fileURLToPath(new URL('../../bin/streamwright.js', import.meta.url))
const bare = fileURLToPath(new URL('bare.js', import.meta.url))

/** @returns {Promise<string[][]>} rows */
export async function benchRoutes() {
  const rows = []
  for (const size of sizes) rows.push(...(await measureSize(size)))
  return rows
}

/** @param {number} size */
async function measureSize(size) {
  const folder = writeProject(size)
  const routes = join(folder, 'src/routes')
  const files = readdirSync(routes).map((name) => join(routes, name))
  const ours = []
  const others = []
  for (let round = 0; round < rounds; round++) {
    const parameters = ['generate', 'src/routes/*.ts', '--out', 'client']
    ours.push(await runMeasured([generator, ...parameters], { cwd: folder }))
    others.push(await runMeasured([bare, folder, ...files], { cwd: folder }))
  }
  const cpu = (/** @type {{ cpu: number }[]} */ runs) => runs.map((run) => run.cpu)
  const name = size === 1 ? '1 route file' : `${size} route files`
  const seconds = (/** @type {{ cpu: number }[]} */ runs) => `${figure(median(cpu(runs)) / 1e6)} s`
  const memory = (/** @type {{ memory: number }[]} */ runs) => figure(median(runs.map((run) => run.memory)) / 2 ** 20)
  return [
    [
      `${name}: CPU over a bare \`ts.createProgram\` with the same type queries`,
      figure(medianRatio(cpu(ours), cpu(others))),
      size === 500 ? '1.6' : '',
      `${seconds(ours)} and ${seconds(others)}`,
    ],
    [`${name}: MiB at the peak`, memory(ours), '', `the bare program: ${memory(others)}`],
  ]
}
