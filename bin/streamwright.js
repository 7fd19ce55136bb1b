#!/usr/bin/env node
import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { main } from '../dist/cli.js'

/**
 * A run lasts a second, and V8 compiles for programs that last: its compiler threads took a third of the CPU. With ten
 * times the calls before a function is optimized, the clients of a document of 3 MB took 0.56 (Node 20), 0.61 (22) and
 * 0.92 (24) of the CPU, those of one of 13 MB 0.67, 0.72 and 0.78. V8 complains of a flag that it does not know, so
 * that only versions are named here that were measured, and others run as they are.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const FLAGS = {
  11.3: ['--interrupt-budget=1000000'],
  12.4: ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
  13.6: ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
}

// Bun gives the version of a V8 that it does not have.
const [version = ''] = (process.versions['bun'] ? '' : process.versions.v8).match(/^\d+\.\d+/) ?? []
for (const flag of FLAGS[version] ?? []) setFlagsFromString(flag)

await main()
