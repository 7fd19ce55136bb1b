import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generate } from '../../src/index.js'
import {
  type CompileResult,
  compileEverywhere,
  installPackage,
  makeWorkspace,
  targets,
  type Workspace,
} from './compile.js'

const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

describe.each(['copy', 'import'] as const)('code against the client of the demo, its runtime by %s', (runtime) => {
  let workspace: Workspace
  let results: CompileResult[] = []

  beforeAll(async () => {
    workspace = await makeWorkspace()
    const client = join(workspace.folder, 'client')
    const usage = join(workspace.folder, 'usage')
    await generate({ input: join(projectRoot, 'examples/demo/openapi.yaml'), out: client, include: 'all', runtime })
    await mkdir(usage)
    await cp(join(projectRoot, 'fixtures/consumers/usage.ts'), join(usage, 'usage.ts'))
    if (runtime === 'import') await installPackage(workspace)
    results = await compileEverywhere([client, usage])
  }, 300_000)

  afterAll(() => workspace.remove())

  test.each(targets)('compiles where it should and nowhere else, for $consumer with $compiler', (target) => {
    const result = results.find(
      ({ consumer, compiler }) => consumer === target.consumer && compiler === target.compiler,
    )
    expect(result?.errors).toEqual([])
  })
})
