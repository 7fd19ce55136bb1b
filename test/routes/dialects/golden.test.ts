/**
 * Each folder of `fixtures/routes` is a small project of one framework, and `expected` in it the client that must come of
 * it. `GOLDEN=write npx vitest run test/routes/dialects/golden` writes what comes of it now; read the difference.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { fixtures, frameworks, prepareProject } from './fixtures.js'

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

function write(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true })
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

describe.each(frameworks)('the client of fixtures/routes/%s', (framework) => {
  const expected = join(fixtures, framework, 'expected')

  it('comes out as expected', async () => {
    const { files } = await prepareProject(join(fixtures, framework))
    if (isWriting) write(expected, files)
    const golden = filesBelow(expected)
    expect([...files.keys()].sort()).toEqual([...golden.keys()].sort())
    for (const [path, text] of golden) expect(files.get(path), path).toBe(text)
  })
})

// What these say stands in their own files: the types that are written there, the annotations, the names of the files.
describe.each(['flink', 'encore', 'tanstack-start', 'express', 'next', 'sveltekit', 'nuxt'])(
  'without a single package, the client of fixtures/routes/%s',
  (framework) => {
    it('is the same', async () => {
      const project = mkdtempSync(join(tmpdir(), 'streamwright-bare-'))
      try {
        cpSync(join(fixtures, framework), project, {
          recursive: true,
          filter: (path) => !/[\\/](?:node_modules|expected)$/.test(path),
        })
        const { files } = await prepareProject(project, { allowOutside: [project] })
        expect(Object.fromEntries(files)).toEqual(Object.fromEntries(filesBelow(join(fixtures, framework, 'expected'))))
      } finally {
        rmSync(project, { recursive: true, force: true })
      }
    })
  },
)

describe('all of these clients', () => {
  it('compile under strict settings', { timeout: 120_000 }, () => {
    const runtime = fileURLToPath(new URL('../../../src/runtime/index.ts', import.meta.url))
    const outputs = frameworks.map((framework) => join(fixtures, framework, 'expected'))
    const files = outputs.flatMap((folder) => [...filesBelow(folder).keys()].map((path) => join(folder, path)))
    const program = ts.createProgram({
      rootNames: files.filter((path) => path.endsWith('.ts')),
      options: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
        types: [],
        paths: { 'streamwright/runtime': [runtime] },
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        verbatimModuleSyntax: true,
        noEmit: true,
      },
    })
    const errors = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => file?.fileName.includes('/expected/') !== false)
    expect(errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
  })
})
