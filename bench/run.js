/** `node run.js [decode | memory | generate | routes | size]…`: prints one table of the parts that are named, or of all. */
import { prepareClients } from './clients.js'
import { benchDecode } from './decode/run.js'
import { benchGenerate } from './generate/run.js'
import { benchMemory } from './memory/run.js'
import { benchRoutes } from './routes/run.js'
import { benchSize } from './size/run.js'
import { table } from './table.js'

const parts = {
  decode: benchDecode,
  memory: benchMemory,
  generate: benchGenerate,
  routes: benchRoutes,
  size: withoutModules,
}

await prepareClients()
const rows = []
for (const [name, measure] of Object.entries(parts)) {
  if (process.argv.length === 2 || process.argv.includes(name)) rows.push(...(await measure()))
}
console.log(table(['', 'ours', 'target', 'others'], rows))

async function withoutModules() {
  return (await benchSize()).map((row) => [...row.slice(0, 3), ''])
}
