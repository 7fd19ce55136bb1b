import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generate } from '../../src/index.js'
import { findFolderBlemishes } from './blemishes.js'
import { type CompileResult, compileEverywhere, makeWorkspace, outermostTargets, type Workspace } from './compile.js'
import { hasSpecs, readSpecs } from './specs.js'

const specs = readSpecs()

describe.skipIf(!hasSpecs)('clients of real documents (needs ../shared)', () => {
  let workspace: Workspace
  const folders: string[] = []
  let results: CompileResult[] = []

  beforeAll(async () => {
    workspace = await makeWorkspace()
    for (const { name, file } of specs) {
      for (const include of ['streams', 'all'] as const) {
        const out = join(workspace.folder, `${name}-${include}`)
        await generate({ input: file, out, include })
        folders.push(out)
      }
    }
    results = await compileEverywhere(folders, outermostTargets)
  }, 900_000)

  afterAll(() => workspace.remove())

  test.each(outermostTargets)('compile for $consumer with $compiler', (target) => {
    const result = results.find(
      ({ consumer, compiler }) => consumer === target.consumer && compiler === target.compiler,
    )
    expect(result && summarise(result.errors)).toEqual({ count: 0, first: [] })
  })

  test('hold no any, no order to the compiler and none to linters', () => {
    expect(folders.flatMap(findFolderBlemishes)).toEqual([])
  })
})

/** Thousands of errors of one cause would hide the cause. */
function summarise(errors: readonly string[]): { readonly count: number; readonly first: readonly string[] } {
  return { count: errors.length, first: errors.slice(0, 20) }
}
