/** `node run.js [decode | memory | generate | size]…`: prints the tables of the parts that are named, or of all. */
import { prepareClients } from './clients.js'
import { benchDecode } from './decode/run.js'
import { benchGenerate } from './generate/run.js'
import { benchMemory } from './memory/run.js'
import { benchSize } from './size/run.js'

const parts = { decode: benchDecode, memory: benchMemory, generate: benchGenerate, size: benchSize }
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts)
await prepareClients()
for (const name of names) console.log(`${await parts[name]()}\n`)
