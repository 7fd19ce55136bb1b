/** Prints the sizes alone, for they take a second. */
import { benchSize } from './size/run.js'
import { table } from './table.js'

const rows = await benchSize()
console.log(table(['minified and gzipped', 'ours', 'target', 'largest modules, bytes minified'], rows))
