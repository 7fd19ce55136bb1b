/** Every refusal of a text names the line: over the inputs of `../shared/hostile`, where they are. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { createMemoryFileSystem, generate, InputError, type Problem } from '../../src/index.js'

const suite = new URL('../../../shared/hostile/', import.meta.url)
const isThere = existsSync(fileURLToPath(new URL('make-cases.mjs', suite)))
if (!isThere) console.log('../shared/hostile is not there: the places of its refusals were not looked at')

interface SharedCase {
  readonly id: string
  readonly file: string
  readonly outcome: 'ok' | 'error' | 'either'
}

/** What is no text, or has no line, is told of by its name alone. */
const WITHOUT_LINES: ReadonlySet<string> = new Set([
  'G08 input-empty',
  'G11 input-unreadable', // a folder
  'G14 input-binary', // a PNG image
  'G16 input-not-found', // a link to nothing
])

const folder = mkdtempSync(join(tmpdir(), 'places-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function refusalOf(input: string): Promise<Problem | undefined> {
  try {
    await generate({ input, out: '/out' }, { fileSystem: createMemoryFileSystem() })
    return undefined
  } catch (error) {
    if (error instanceof InputError) return error.problem
    throw error
  }
}

describe.skipIf(!isThere)('a refusal of', async () => {
  if (!isThere) return
  // The suite has this form.
  const { cases } = JSON.parse(readFileSync(new URL('expectations.json', suite), 'utf8')) as {
    readonly cases: readonly SharedCase[]
  }
  const { writeCases }: { writeCases: (to: string) => Readonly<Record<string, string>> } = await import(
    new URL('make-cases.mjs', suite).href
  )
  const inputs = writeCases(folder)
  // Some megabytes are written only on demand.
  const refused = cases.filter(({ id, outcome }) => outcome !== 'ok' && inputs[id] !== undefined)

  it.each(refused.map(({ id, file }) => [id, file] as const))('%s %s has its line', { timeout: 60_000 }, async (id) => {
    const problem = await refusalOf(inputs[id] ?? '')
    if (problem === undefined || WITHOUT_LINES.has(`${id} ${problem.code}`)) return
    expect(problem.place?.line, `${problem.code}: ${problem.message}`).toBeGreaterThan(0)
    expect(problem.place?.column).toBeGreaterThan(0)
  })
})
