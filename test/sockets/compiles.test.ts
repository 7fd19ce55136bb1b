import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generate } from '../../src/index.js'
import { type CompileResult, compileEverywhere, makeWorkspace, targets, type Workspace } from '../consumers/compile.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('code against a client of sockets', () => {
  let workspace: Workspace
  let results: CompileResult[] = []

  beforeAll(async () => {
    workspace = await makeWorkspace()
    const client = join(workspace.folder, 'client')
    const usage = join(workspace.folder, 'usage')
    const operations = {
      'GET /console': {
        kind: 'websocket',
        name: 'openConsole',
        send: { type: 'string' },
        receive: { enum: ['ready', 'busy'] },
      },
    } as const
    await generate({ input: join(root, 'fixtures/generate/sockets/input.yaml'), out: client, operations })
    await mkdir(usage)
    await cp(join(root, 'fixtures/consumers/sockets.ts'), join(usage, 'sockets.ts'))
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
