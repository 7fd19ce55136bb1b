/** Small documents that would be large outputs: references let many operations share one large part. */
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMemoryFileSystem, generate, InputError, type Problem } from '../../src/index.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sharing-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** The problem that ends it, or `undefined` where it is accepted. */
async function problemOf(input: string): Promise<Problem | undefined> {
  try {
    await generate({ input, out: '/out', include: 'all' }, { fileSystem: createMemoryFileSystem() })
    return undefined
  } catch (error) {
    if (error instanceof InputError) return error.problem
    throw error
  }
}

function put(document: object): string {
  const path = join(folder, 'input.json')
  writeFileSync(path, JSON.stringify(document))
  return path
}

function times<T>(count: number, entry: (index: number) => readonly [string, T]): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)))
}

const TEXT = { type: 'string' }
const INFO = { title: 't', version: '1' }
const OK = { 200: { description: '' } }
const WIDE = { type: 'object', properties: times(500, (index) => [`p${index}`, TEXT]) }

/** A thousand operations of one content each, which the parts share. */
function operations(operation: object): Record<string, object> {
  return times(1000, (index) => [`/p${index}`, { post: operation }])
}

const SHARED: Readonly<Record<string, object>> = {
  'a response with a large schema': {
    paths: operations({ responses: { 200: { $ref: '#/components/responses/R' } } }),
    components: { responses: { R: { description: '', content: { 'application/json': { schema: WIDE } } } } },
  },
  'a body with a large schema': {
    paths: operations({ requestBody: { $ref: '#/components/requestBodies/R' }, responses: OK }),
    components: { requestBodies: { R: { content: { 'application/json': { schema: WIDE } } } } },
  },
  'a response of many media types': {
    paths: operations({ responses: { 200: { $ref: '#/components/responses/R' } } }),
    components: { responses: { R: { description: '', content: times(500, (index) => [`a/${index}`, {}]) } } },
  },
  'a path item of many parameters': {
    paths: times(1000, (index) => [`/p${index}`, { $ref: '#/components/pathItems/P' }]),
    components: {
      pathItems: {
        P: { parameters: Object.keys(WIDE.properties).map((name) => ({ name, in: 'query' })), get: { responses: OK } },
      },
    },
  },
  'requirements of the whole document': {
    security: Object.keys(WIDE.properties).map((name) => ({ [name]: [] })),
    paths: operations({ responses: OK }),
    components: { securitySchemes: times(500, (index) => [`p${index}`, { type: 'http', scheme: 'bearer' }]) },
  },
  'a parameter with a description of a book': {
    paths: operations({ parameters: [{ $ref: '#/components/parameters/Q' }], responses: OK }),
    components: { parameters: { Q: { name: 'q', in: 'query', description: 'x'.repeat(100_000) } } },
  },
}

describe('what a thousand operations share', () => {
  test.each(Object.keys(SHARED))('%s is refused by the limit "parts"', { timeout: 10_000 }, async (name) => {
    const problem = await problemOf(put({ openapi: '3.1.0', info: INFO, ...SHARED[name] }))
    expect(problem?.code).toBe('limit-parts')
    expect(problem?.place).toMatchObject({ line: 1, pointer: expect.stringMatching(/^\//) })
    expect(problem?.hint).toContain('--limit parts=')
  })

  test('media types of a whole 2.0 document are refused by it too', { timeout: 10_000 }, async () => {
    const types = Array.from({ length: 1000 }, (_, index) => `a/${index}`)
    const paths = operations({ responses: { 200: { description: '', schema: TEXT } } })
    const problem = await problemOf(put({ swagger: '2.0', info: INFO, produces: types, consumes: types, paths }))
    expect(problem?.code).toBe('limit-parts')
  })

  test('a named schema is written once, and may be shared by all', async () => {
    const schema = { $ref: '#/components/schemas/Wide' }
    const responses = { 200: { description: '', content: { 'text/event-stream': { schema } } } }
    const document = { openapi: '3.1.0', info: INFO, paths: operations({ responses }) }
    expect(await problemOf(put({ ...document, components: { schemas: { Wide: WIDE } } }))).toBeUndefined()
  })
})

test('a file beyond the limit is refused before it is read', async () => {
  const path = join(folder, 'huge.json')
  writeFileSync(path, '{')
  // A file of holes takes no room on the disk; reading it would take all the memory there is.
  truncateSync(path, 2 ** 40)
  expect((await problemOf(path))?.code).toBe('limit-file-bytes')
})

test('a type behind a link out of the project is not read', { timeout: 30_000 }, async () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'))
  writeFileSync(join(outside, 'secret.ts'), 'export interface S { CANARY: string }\n')
  symlinkSync(join(outside, 'secret.ts'), join(folder, 'types.ts'))
  writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "module": "nodenext" } }')
  const route = `import type { S } from './types.js'\n/** @stream sse GET /s */\nexport async function* s(): AsyncGenerator<S> {}\n`
  writeFileSync(join(folder, 'routes.ts'), route)
  const problem = await problemOf(join(folder, 'routes.ts'))
  expect(problem).toMatchObject({ code: 'type-unresolved', hint: expect.stringContaining('--allow-outside') })
  rmSync(outside, { recursive: true, force: true })
})

test('a route file that is too deep for the compiler is refused with its name', { timeout: 30_000 }, async () => {
  const path = join(folder, 'routes.ts')
  const deep = `${'Array<'.repeat(5000)}string${'>'.repeat(5000)}`
  writeFileSync(path, `/** @stream sse GET /s */\nexport async function* s(): AsyncGenerator<${deep}> {}\n`)
  expect(await problemOf(path)).toMatchObject({
    code: 'input-too-deep',
    // The innermost bracket.
    place: { file: expect.stringMatching(/routes\.ts$/), line: 2, column: 30_043 },
  })
})

test('a type that is too deep without brackets is shown by its line', { timeout: 30_000 }, async () => {
  const path = join(folder, 'routes.ts')
  const deep = `string${'[]'.repeat(30_000)}`
  writeFileSync(path, `/** @stream sse GET /s */\nexport async function* s(): AsyncGenerator<${deep}> {}\n`)
  expect(await problemOf(path)).toMatchObject({ code: 'input-too-deep', place: { line: 2 } })
})

test('a tsconfig that builds on itself is refused as that', { timeout: 30_000 }, async () => {
  writeFileSync(join(folder, 'tsconfig.json'), '{ "extends": "./tsconfig.json" }')
  writeFileSync(join(folder, 'routes.ts'), '/** @stream sse GET /s */\nexport async function* s() { yield 1 }\n')
  const problem = await problemOf(join(folder, 'routes.ts'))
  expect(problem).toMatchObject({ code: 'tsconfig-invalid', message: 'the tsconfig.json builds on itself' })
})

test('an enum beyond the limit is written out where the limit is raised', { timeout: 30_000 }, async () => {
  const schema = { type: 'string', enum: Array.from({ length: 200_000 }, (_, index) => `v${index}`) }
  const responses = { 200: { description: '', content: { 'text/event-stream': { schema } } } }
  const input = put({ openapi: '3.1.0', info: INFO, paths: { '/a': { get: { responses } } } })
  expect((await problemOf(input))?.code).toBe('limit-enum-members')
  const fileSystem = createMemoryFileSystem()
  await generate({ input, out: '/out', limits: { enumMembers: 200_000 } }, { fileSystem })
  expect(Object.values(fileSystem.files()).some((text) => text.includes("'v199999'"))).toBe(true)
})
