/** Prints the sizes alone, for they take a second. */
import { benchSize } from './size/run.js'

console.log(await benchSize())
