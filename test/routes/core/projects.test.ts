import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '../../../src/limits.js'
import { readRoutes } from '../../../src/read/routes/api.js'
import { createSources } from '../../../src/sources.js'
import { answer, inFolder, item, operation, read, refusal, TSCONFIG } from './reading.js'

const JOB = '/** @stream ndjson /a\n * @event {Job} */'

describe('the tsconfig.json of a route file', () => {
  test('paths of it are followed', () => {
    const files = {
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          lib: ['ES2023'],
          types: [],
          module: 'esnext',
          moduleResolution: 'bundler',
          paths: { '~/*': ['./lib/*'] },
        },
      }),
      'lib/job.ts': 'export interface Job { id: string; done: null }',
      'src/a.ts': `import type { Job } from '~/job'\n${JOB}`,
    }
    expect(item(read(files, ['src/a.ts']), 'GET /a')).toBe('Job')
  })

  test('null is not lost in a project that is not strict', () => {
    const files = {
      'tsconfig.json': '{ "compilerOptions": { "strict": false, "lib": ["ES2023"], "types": [] } }',
      'a.ts': '/** @stream ndjson /a\n * @event {{ a: string | null }} */',
    }
    expect(item(read(files), 'GET /a')).toBe('{ a: string | null }')
  })

  test('declarations of the project count, without an import', () => {
    const files = { 'types/job.d.ts': 'interface Job { id: string; kind: 1 }', 'a.ts': JOB }
    expect(item(read(files, ['a.ts']), 'GET /a')).toBe('Job')
  })

  test('of a solution the project counts that includes the file', () => {
    const files = {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      'tsconfig.app.json': JSON.stringify({
        compilerOptions: {
          lib: ['ES2023'],
          types: [],
          module: 'esnext',
          moduleResolution: 'bundler',
          paths: { '~/*': ['./lib/*'] },
        },
        include: ['src', 'lib'],
      }),
      'lib/job.ts': 'export interface Job { id: string; a: 1 }',
      'src/a.ts': `import type { Job } from '~/job'\n${JOB}`,
    }
    expect(item(read(files, ['src/a.ts']), 'GET /a')).toBe('Job')
  })

  test('a solution of which no project includes the file is refused', () => {
    const files = {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./app" }] }',
      'app/tsconfig.json': TSCONFIG,
      'app/x.ts': '',
      'a.ts': JOB,
    }
    expect(refusal(files, ['a.ts'])).toMatch(/^tsconfig\.json tsconfig-no-files: no project .* includes a\.ts/)
  })

  test('one that a framework has not generated yet is refused, with its place', () => {
    const files = { 'tsconfig.json': '{\n  "extends": "./.svelte-kit/tsconfig.json"\n}', 'a.ts': JOB }
    const found = refusal(files)
    expect(found).toMatch(/^tsconfig\.json(:\d+:\d+)? tsconfig-missing: /)
    expect(found).toContain('.svelte-kit/tsconfig.json')
    expect(found).not.toContain('/tmp/')
  })

  test('a broken one is refused, an option that nobody knows is not', () => {
    expect(refusal({ 'tsconfig.json': '{ "compilerOptions": { ', 'a.ts': JOB })).toMatch(
      /^tsconfig\.json:1:\d+ tsconfig-invalid/,
    )
    const files = { 'tsconfig.json': '{ "compilerOptions": { "noSuch": 1, "lib": ["ES2023"], "types": [] } }' }
    expect(answer(read({ ...files, 'a.ts': '/** @stream text /a */' }), 'GET /a')).toEqual({ kind: 'text' })
  })

  test('files of two projects are read in one run, and may not share a route', () => {
    const files = {
      'one/tsconfig.json': TSCONFIG,
      'one/a.ts': '/** @stream text /a */',
      'two/tsconfig.json': TSCONFIG,
      'two/b.ts': '/** @stream text /b */',
    }
    const found = read(files, ['one/a.ts', 'two/b.ts'])
    expect(found.api.operations.map(({ path, place }) => [path, place.file])).toEqual([
      ['/a', 'one/a.ts'],
      ['/b', 'two/b.ts'],
    ])
    expect(refusal({ ...files, 'two/b.ts': '/** @stream text /a */' }, ['one/a.ts', 'two/b.ts'])).toMatch(
      /route-duplicate/,
    )
  })
})

describe('a project that another one of the repository refers to', () => {
  const composite = (options: object, references: readonly { path: string }[] = []): string =>
    JSON.stringify({
      compilerOptions: { composite: true, lib: ['ES2023'], types: [], module: 'nodenext', ...options },
      include: ['src'],
      references,
    })
  const files = (specifier: string) => ({
    'packages/api/tsconfig.json': composite({}, [{ path: '../shared' }]),
    'packages/api/src/a.ts': `import type { Job } from '${specifier}'\n${JOB}`,
    'packages/shared/tsconfig.json': composite({ rootDir: 'src', outDir: 'dist' }),
    'packages/shared/package.json': '{ "name": "@acme/shared", "version": "1.0.0", "types": "dist/index.d.ts" }',
    'packages/shared/src/index.ts': 'export interface Job { id: string }',
  })

  test('need not be built', () => {
    expect(item(read(files('../../shared/dist/index.js'), ['packages/api/src/a.ts']), 'GET /a')).toBe('Job')
  })

  test('need not be built where it is a package of the workspace', () => {
    inFolder(files('@acme/shared'), (root) => {
      mkdirSync(join(root, 'node_modules/@acme'), { recursive: true })
      symlinkSync(join(root, 'packages/shared'), join(root, 'node_modules/@acme/shared'), 'junction')
      const options = { root, allowOutside: [], limits: DEFAULT_LIMITS, report: () => {}, sources: createSources() }
      const { operations } = readRoutes(['packages/api/src/a.ts'], options)
      expect(operations.map(({ override }) => override?.stated?.answer)).toEqual([
        { kind: 'ndjson', item: { kind: 'ref', id: 'packages/shared/src/index.ts#Job' } },
      ])
    })
  })
})

describe('files outside of the project', () => {
  const files = {
    'outside/secret.ts': 'export interface S { CANARY: string }',
    'project/tsconfig.json': TSCONFIG,
    'project/a.ts':
      '/// <reference path="../outside/secret.ts" />\nimport type { S } from "../outside/secret.js"\n/** @stream ndjson /a\n * @event {S} */',
  }
  const readIn = (root: string, allowOutside: readonly string[]): string => {
    const options = { allowOutside, limits: DEFAULT_LIMITS, report: () => {}, sources: createSources() }
    const { operations } = readRoutes(['a.ts'], { ...options, root: join(root, 'project') })
    return JSON.stringify(operations.map(({ override }) => override?.stated?.answer))
  }

  test('are not read, and the message says how to allow it', () => {
    inFolder(files, (root) => {
      expect(() => readIn(root, [])).toThrow('nothing is at the import "../outside/secret.js"')
    })
  })

  test('are read where the user allows it', () => {
    inFolder(files, (root) => {
      expect(readIn(root, ['../outside'])).toBe(
        '[{"kind":"ndjson","item":{"kind":"ref","id":"../outside/secret.ts#S"}}]',
      )
    })
  })
})

test('nothing of a route file is run', () => {
  const source = `globalThis.ran = true\nrequire('node:fs').writeFileSync('evil', 'x')\nthrow new Error('ran')\n/** @stream text /a */`
  inFolder({ 'tsconfig.json': TSCONFIG, 'a.ts': source }, (root) => {
    readRoutes(['a.ts'], {
      root,
      allowOutside: [],
      limits: DEFAULT_LIMITS,
      report: () => {},
      sources: createSources(),
    })
    expect('ran' in globalThis).toBe(false)
    expect(existsSync('evil') || existsSync(join(root, 'evil'))).toBe(false)
  })
})

describe('an annotation', () => {
  test('takes the items of the generator that it stands at', () => {
    const source = `/** @stream sse /a */
export async function* a(): AsyncGenerator<{ n: number }> { yield { n: 1 } }
/** @stream ndjson /b */
export const b = async function* () { yield { kind: 'a' as const }; yield { kind: 'b' as const } }`
    const found = read({ 'a.ts': source })
    expect(answer(found, 'GET /a')).toMatchObject({
      events: [{ name: null, payload: 'json', type: { kind: 'object' } }],
    })
    expect(item(found, 'GET /b')).toBe("{ kind: 'a' } | { kind: 'b' }")
  })

  test('stands at the end of a file, before imports, and in a chain of calls', () => {
    const source = `/** @stream text /top */
import type {} from './b.js'
declare const app: { get(path: string, handler: () => void): typeof app }
app
  /** @stream text /one */
  .get('/x', () => {})
  .get('/y', () => {})
/** @stream text /end */`
    const found = read({ 'a.ts': source, 'b.ts': 'export {}' }, ['a.ts'])
    expect(found.api.operations.map(({ path, place }) => `${path} ${place.line}`)).toEqual([
      '/top 1',
      '/one 5',
      '/end 8',
    ])
  })

  test('of a WebSocket states what each side sends', () => {
    const source = '/** @stream websocket /chat/:room\n * @event {{ text: string }}\n * @send {string} */'
    const found = read({ 'a.ts': source })
    expect(answer(found, 'GET /chat/{room}')).toEqual({
      kind: 'websocket',
      send: { kind: 'string' },
      receive: { kind: 'object', fields: [{ name: 'text', type: { kind: 'string' }, optional: false }] },
    })
  })

  test('of a WebSocket that answers once states its reply, also as a StreamRoute', () => {
    const source = `import type { StreamRoute } from 'streamwright'
/** @stream websocket /upload
 * @send {string}
 * @reply {{ total: number }} */
export const upload = { kind: 'websocket', path: '/twin' } as const satisfies StreamRoute<{ send: string; reply: { total: number } }>`
    const found = read({ 'a.ts': source.replace('export', ';export') })
    const expected = {
      kind: 'websocket',
      send: { kind: 'string' },
      reply: { kind: 'object', fields: [{ name: 'total', type: { kind: 'number' }, optional: false }] },
    }
    expect(answer(found, 'GET /upload')).toEqual(expected)
    expect(answer(found, 'GET /twin')).toEqual(expected)
  })

  test('states media type, sentinel, name and credentials', () => {
    const source = `/** @stream sse POST /a
 * @event {string}
 * @done [DONE]
 * @name listen
 * @auth bearer */
/** @stream binary /b
 * @contentType application/zip */`
    const found = read({ 'a.ts': source })
    expect(operation(found, 'POST /a')).toMatchObject({
      security: [['bearerAuth']],
      override: {
        name: 'listen',
        stated: {
          answer: { events: [{ name: null, payload: 'text', terminal: false }], sentinel: '[DONE]' },
          accept: ['text/event-stream'],
        },
      },
    })
    expect(operation(found, 'GET /b').override?.stated?.accept).toEqual(['application/zip'])
    expect(found.api.securitySchemes).toEqual([{ name: 'bearerAuth', credential: { kind: 'bearer' } }])
  })
})

test('StreamRoute says the same as an annotation', () => {
  const source = `import type { StreamRoute } from 'streamwright'
interface Progress { percent: number; note: string }
const BASE = '/jobs'
/** Live events. */
const route = { kind: 'sse', path: \`\${BASE}/{id}\`, auth: 'query:token', done: '[DONE]' } as const satisfies StreamRoute<{
  events: { progress: Progress; ping: undefined }
  params: { id: string }
  query: { since?: string }
}>`
  const found = read({ 'a.ts': source })
  expect(operation(found, 'GET /jobs/{id}')).toMatchObject({
    docs: { text: 'Live events.' },
    parameters: [
      { name: 'id', in: 'path' },
      { name: 'since', in: 'query', required: false },
    ],
    security: [['token']],
    override: {
      stated: {
        answer: {
          events: [
            { name: 'progress', payload: 'json', type: { kind: 'ref', id: 'a.ts#Progress' } },
            { name: 'ping', payload: 'none' },
          ],
          sentinel: '[DONE]',
        },
      },
    },
  })
})
