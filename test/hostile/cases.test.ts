/** `fixtures/hostile/cases.json`: small inputs that are broken or mean harm, each with the outcome that it must have. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { createMemoryFileSystem, generate, InputError } from '../../src/index.js'

interface HostileCase {
  readonly name: string
  readonly about: string
  readonly file: string
  readonly text: string
  readonly outcome: 'ok' | 'error' | 'either'
  readonly code?: string
  readonly pointer?: string
  readonly line?: number
}

// The file is ours.
const cases = JSON.parse(
  readFileSync(new URL('../../fixtures/hostile/cases.json', import.meta.url), 'utf8'),
) as HostileCase[]

/** Generates into a folder of its own; gives the texts of the output, or the problem. */
async function run({ file, text }: HostileCase): Promise<{ files: string[]; error?: InputError; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  const input = join(folder, file)
  writeFileSync(input, text)
  mkdirSync(join(folder, 'out'))
  try {
    await generate({ input, out: join(folder, 'out'), include: 'all' })
    const names = readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    return { files: names.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')), folder }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    expect(readdirSync(join(folder, 'out'))).toEqual([])
    return { files: [], error, folder }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe.each(cases)('$name: $about', (one) => {
  it(`ends in ${one.outcome}`, { timeout: 10_000 }, async () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const { files, error } = await run(one)
    if (one.outcome !== 'either') expect(error === undefined ? 'ok' : 'error', error?.message).toBe(one.outcome)
    if (one.code !== undefined) expect(error?.problem.code).toBe(one.code)
    if (one.pointer !== undefined) expect(error?.problem.place?.pointer).toBe(one.pointer)
    if (one.line !== undefined) expect(error?.problem.place?.line).toBe(one.line)
    if (error !== undefined) expect(error.problem.hint).not.toBe('')
    if (error !== undefined && error.problem.code !== 'input-empty') {
      expect(error.problem.place?.line, error.message).toBeGreaterThan(0)
    }
    for (const text of files) expect(syntaxErrors(text)).toEqual([])
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect(Reflect.get(globalThis, 'PWNED')).toBeUndefined()
  })
})

function syntaxErrors(text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, fileName: 'output.ts' })
  return diagnostics.map(({ messageText }) => String(messageText))
}

it('a refused input leaves the old output as it was', async () => {
  const fileSystem = createMemoryFileSystem()
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  const input = join(folder, 'input.json')
  const good = cases.find(({ name }) => name === 'proto')?.text ?? ''
  writeFileSync(input, good)
  await generate({ input, out: '/out', include: 'all' }, { fileSystem })
  writeFileSync(input, good.replace('"string"', '"nothing"'))
  await expect(generate({ input, out: '/out', include: 'all' }, { fileSystem })).rejects.toBeInstanceOf(InputError)
  writeFileSync(input, good)
  const { outputs } = await generate({ input, out: '/out', include: 'all' }, { fileSystem, dryRun: true })
  expect(
    outputs.flatMap(({ changes }) => changes.map(({ kind }) => kind)).filter((kind) => kind !== 'unchanged'),
  ).toEqual([])
  rmSync(folder, { recursive: true, force: true })
})
