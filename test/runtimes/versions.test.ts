import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const BIN = fileURLToPath(new URL('../../bin/streamwright.js', import.meta.url))

/** Of the packages of this folder, as in `runtimes.ts`. */
const OTHERS = ['node-22/bin/node', 'node-24/bin/node', '@oven/bun-linux-x64/bin/bun'].map((path) => ({
  path,
  file: fileURLToPath(new URL(`node_modules/${path}`, import.meta.url)),
}))

describe.each(OTHERS)('$path', ({ file }) => {
  test.skipIf(!existsSync(file))('is not told of flags that it does not know', () => {
    // V8 prints what it thinks of such a flag on both outputs.
    const output = execFileSync('/bin/sh', ['-c', '"$0" "$1" --version 2>&1', file, BIN], { encoding: 'utf8' })
    expect(output).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
