import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixtures, frameworks } from '../routes/dialects/fixtures.js'
import { findFolderBlemishes } from './blemishes.js'
import {
  type CompileResult,
  compileEverywhere,
  installPackage,
  makeWorkspace,
  targets,
  type Workspace,
} from './compile.js'

describe('the golden clients of route files, their runtime by import', () => {
  let workspace: Workspace
  let results: CompileResult[] = []
  const placed = (framework: string): string => join(workspace.folder, framework)

  beforeAll(async () => {
    workspace = await makeWorkspace()
    await installPackage(workspace)
    // All in one program for each target: the runtime's declarations and the libraries are read once.
    for (const framework of frameworks) {
      await cp(join(fixtures, framework, 'expected'), placed(framework), { recursive: true })
    }
    results = await compileEverywhere(frameworks.map(placed))
  }, 300_000)

  afterAll(() => workspace.remove())

  test.each(targets)('compile for $consumer with $compiler', (target) => {
    const result = results.find(
      ({ consumer, compiler }) => consumer === target.consumer && compiler === target.compiler,
    )
    expect(result?.errors).toEqual([])
  })

  test('hold no any, no order to the compiler and none to linters', () => {
    expect(frameworks.flatMap((framework) => findFolderBlemishes(placed(framework)))).toEqual([])
  })
})
