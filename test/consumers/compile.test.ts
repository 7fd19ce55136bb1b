import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileIn, makeWorkspace, targets, type Workspace } from './compile.js'
import { settingsFor } from './settings.js'

let workspace: Workspace

beforeAll(async () => {
  workspace = await makeWorkspace()
})

afterAll(() => workspace.remove())

async function place(name: string, code: string): Promise<string> {
  const folder = join(workspace.folder, name)
  await mkdir(folder)
  await writeFile(join(folder, 'index.ts'), code)
  return folder
}

describe('settings', () => {
  test('the oldest compiler does not get the options that it does not know', () => {
    expect(settingsFor('typescript-5.4', { strict: true, erasableSyntaxOnly: true })).toEqual({ strict: true })
  })

  test('node10 becomes bundler where the compiler no longer takes it', () => {
    expect(settingsFor('typescript', { moduleResolution: 'node10' })).toEqual({ moduleResolution: 'node10' })
    expect(settingsFor('typescript-7', { moduleResolution: 'node10' })).toEqual({ moduleResolution: 'bundler' })
  })
})

describe('a run of a compiler', () => {
  test.each([
    { consumer: 'strict', compiler: 'typescript-5.4' },
    { consumer: 'bundler', compiler: 'typescript' },
    { consumer: 'loose', compiler: 'typescript-6' },
    { consumer: 'node', compiler: 'typescript-7' },
  ] as const)(
    'of $compiler for $consumer passes sound code and names the file of a wrong type',
    { timeout: 120_000 },
    async (target) => {
      const sound = await place(`sound-${target.consumer}`, 'export const answer: Promise<Response> = fetch("/")\n')
      const broken = await place(`broken-${target.consumer}`, 'export const answer: string = 42\n')
      const { errors } = await compileIn([sound, broken], target)
      expect(errors).toEqual([
        `broken-${target.consumer}/index.ts(1,14): error TS2322: Type 'number' is not assignable to type 'string'.`,
      ])
    },
  )

  test('is made for every pair of the four consumers and the four compilers', () => {
    expect(new Set(targets.map(({ consumer, compiler }) => `${consumer} ${compiler}`)).size).toBe(16)
  })

  test('each consumer refuses what only it forbids', { timeout: 60_000 }, async () => {
    const codes = async (consumer: 'strict' | 'bundler' | 'loose' | 'node', code: string): Promise<string[]> => {
      const folder = await place(`only-${consumer}`, code)
      const { errors } = await compileIn([folder], { consumer, compiler: 'typescript-7' })
      return errors.map((error) => /TS\d+/.exec(error)?.[0] ?? error)
    }
    expect(await codes('strict', 'export const o: { a?: number } = { a: undefined }\n')).toEqual(['TS2375'])
    expect(
      await codes('bundler', 'export enum E { a }\nexport const f = (): number => 1\nexport const g = Math.max(1)\n'),
    ).toEqual(['TS1294', 'TS9010'])
    expect(await codes('loose', 'export const last: number = [1].at(-1)\n')).toEqual(['TS2550'])
    expect(await codes('node', 'export const title: string = document.title\n')).toEqual(['TS2584'])
  })
})
