import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const compilers = ['typescript-5.4', 'typescript', 'typescript-6', 'typescript-7']

const consumers = {
  strict: {
    target: 'es2022',
    lib: ['es2022', 'dom'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    types: [],
  },
  bundler: {
    target: 'es2022',
    lib: ['es2022', 'dom'],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    declaration: true,
    types: [],
  },
  loose: {
    target: 'es2020',
    lib: ['es2020', 'dom'],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: false,
    types: [],
  },
  node: {
    target: 'es2022',
    lib: ['es2022'],
    module: 'nodenext',
    strict: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  },
}

/** Options that came after 5.4. */
const newer = { erasableSyntaxOnly: true, isolatedDeclarations: true }

describe('the runtime, copied to a consumer, compiles', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'streamwright-consumer-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  for (const compiler of compilers) {
    for (const [name, options] of Object.entries(consumers)) {
      it(`under ${name} with ${compiler}`, async () => {
        const consumer = join(folder, `${compiler}-${name}`)
        await mkdir(consumer)
        await cp(join(root, 'src/runtime'), join(consumer, 'runtime'), { recursive: true })
        const compilerOptions = {
          ...options,
          ...(name === 'bundler' && compiler !== 'typescript-5.4' && newer),
          // A build that keeps its tests apart from the rest would not let us off its own libraries' errors.
          skipLibCheck: true,
          noEmit: true,
        }
        await writeFile(join(consumer, 'package.json'), '{"type":"module"}')
        await writeFile(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['runtime'] }))
        const tsc = join(root, 'node_modules', compiler, 'bin/tsc')
        const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', consumer]).catch((error) => error)
        expect(stdout).toBe('')
      })
    }
  }
})
