/**
 * Each folder of `fixtures/generate` has an input, a config and the output that must come of it, byte for byte.
 * `GOLDEN=write npx vitest run test/emit/golden` writes what comes of it now; read the difference before you commit it.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { prepareFiles } from './prepare-files.js'

const root = fileURLToPath(new URL('../../fixtures/generate/', import.meta.url))
const isWriting = process.env['GOLDEN'] === 'write'

function filesBelow(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]
    }),
  )
}

describe.each(readdirSync(root).sort())('fixtures/generate/%s', (name) => {
  const folder = join(root, name)
  const expected = join(folder, 'expected')

  it('comes out as expected', async () => {
    const { files, warnings } = await prepareFiles(folder)
    const actual = new Map(files.map(({ path, text }) => [path, text]))
    actual.set(
      'warnings.txt',
      warnings.map(({ code, message, place }) => `${code} ${place?.pointer ?? ''}: ${message}\n`).join(''),
    )
    if (isWriting) {
      rmSync(expected, { recursive: true, force: true })
      for (const [path, text] of actual) {
        mkdirSync(dirname(join(expected, path)), { recursive: true })
        writeFileSync(join(expected, path), text)
      }
    }
    const golden = filesBelow(expected)
    expect([...actual.keys()].sort()).toEqual([...golden.keys()].sort())
    for (const [path, text] of golden) expect(actual.get(path), path).toBe(text)
  })
})
