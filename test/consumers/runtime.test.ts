import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CompileResult, compileEverywhere, makeWorkspace, targets, type Workspace } from './compile.js'

let workspace: Workspace
let results: CompileResult[] = []

beforeAll(async () => {
  workspace = await makeWorkspace()
  const copy = join(workspace.folder, 'runtime')
  await cp(fileURLToPath(new URL('../../src/runtime', import.meta.url)), copy, { recursive: true })
  results = await compileEverywhere([copy])
}, 300_000)

afterAll(() => workspace.remove())

test.each(targets)('the runtime compiles for $consumer with $compiler', (target) => {
  const result = results.find(({ consumer, compiler }) => consumer === target.consumer && compiler === target.compiler)
  expect(result?.errors).toEqual([])
})
