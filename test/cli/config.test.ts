import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findConfigFile, loadConfigFile } from '../../src/config/load.js'
import { mergeConfig, parseConfigs, settingsOf } from '../../src/config.js'
import { InputError, type Problem } from '../../src/diagnostics.js'
import { nearest } from '../../src/nearest.js'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwright-config-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

async function problemOf(run: () => unknown): Promise<Problem> {
  try {
    await run()
  } catch (error) {
    if (error instanceof InputError) return error.problem
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('parseConfigs', () => {
  test.each([
    [{ input: 'a', inculde: 'all' }, 'there is no option "inculde"', 'did you mean "include"?'],
    [{ include: 'stream' }, '"include" must be "streams" or "all", not "stream"', 'did you mean "streams"?'],
    [{ importExtension: 'mjs' }, '"importExtension" must be "js", "ts" or "none", not "mjs"', 'did you mean "js"?'],
    [{ out: 3 }, '"out" must be a text that is not empty, not 3', 'correct the value'],
    [{ out: '' }, '"out" must be a text that is not empty, not an empty text', 'correct the value'],
    [{ input: ['a', null] }, '"input[1]" must be a text that is not empty, not null', 'correct the value'],
    [{ input: {} }, '"input" must be a text or a list of texts, not an object', 'correct the value'],
    [{ verify: 'yes' }, '"verify" must be true or false, not "yes"', 'correct the value'],
    [{ limits: { dept: 5 } }, 'there is no option "limits.dept"', 'did you mean "depth"?'],
    [{ limits: { depth: 0.5 } }, '"limits.depth" must be a whole number above 0, not 0.5', 'correct the value'],
    [
      { operations: { 'GET /events': { kind: 'ssse' } } },
      '"operations["GET /events"].kind" must be "sse", "ndjson", "json-seq", "text", "binary", "websocket", "json", "void" or "multipart", not "ssse"',
      'did you mean "sse"?',
    ],
    [{ operations: { listen: { select: { in: 'body' } } } }, '"operations.listen.select.name" is missing', 'add it'],
    [
      { operations: { listen: { data: () => 1 } } },
      '"operations.listen.data" must be a JSON value, not a function',
      'correct the value',
    ],
    [() => ({}), 'the config must be an object, not a function', 'correct the value'],
    [null, 'the config must be an object, not null', 'correct the value'],
    [[], 'the config is an empty list', 'state at least one output: { input, out }'],
  ])('%j is refused by a message that names the key', async (value, message, hint) => {
    expect(await problemOf(() => parseConfigs(value, { file: 'streamwright.config.ts' }))).toEqual({
      severity: 'error',
      code: 'config-invalid',
      message,
      hint,
      place: { file: 'streamwright.config.ts' },
    })
  })

  test('the members that every object inherits are no options', async () => {
    expect((await problemOf(() => parseConfigs(JSON.parse('{"__proto__":{}}')))).message).toBe(
      'there is no option "__proto__"',
    )
    expect((await problemOf(() => parseConfigs({ toString: 1 }))).message).toBe('there is no option "toString"')
  })

  test('one config and a list are taken; an undefined member counts as absent', () => {
    expect(parseConfigs({ input: 'a', include: undefined })).toEqual([{ input: 'a' }])
    expect(parseConfigs([{ input: 'a' }, { input: 'b' }])).toEqual([{ input: 'a' }, { input: 'b' }])
  })
})

describe('settings', () => {
  test('values that are laid over others replace them, lists are joined, limits are merged', () => {
    const limits = { depth: 5, documents: 2 }
    const under = { input: 'a', out: 'x', allowRemote: ['https://a'], headers: { A: '1', B: '2' }, limits }
    const over = { input: 'b', allowRemote: ['https://b'], headers: { B: '3' }, limits: { depth: 6 } }
    expect(mergeConfig({ under, over })).toEqual({
      input: 'b',
      out: 'x',
      allowRemote: ['https://a', 'https://b'],
      headers: { A: '1', B: '3' },
      allowOutside: [],
      limits: { depth: 6, documents: 2 },
    })
  })

  test('every member has a default but input and out', async () => {
    expect(settingsOf({ input: 'a' })).toMatchObject({
      inputs: ['a'],
      out: undefined,
      include: 'streams',
      runtime: 'copy',
      importExtension: 'js',
      operations: {},
      prefix: '',
      failOnWarnings: false,
      verify: false,
    })
    expect((await problemOf(() => settingsOf({}))).code).toBe('input-missing')
  })

  test.each(['example.com', '*', 'https://', 'file:///srv', 'https://example.com/api', 'https://me@example.com', ''])(
    'what may be fetched from is an origin, and %j is none',
    async (origin) => {
      const { code, message } = await problemOf(() => settingsOf({ input: 'a', allowRemote: [origin] }))
      expect([code, message]).toEqual([
        'origin-invalid',
        `what $ref may fetch from must be an origin, not ${JSON.stringify(origin)}`,
      ])
    },
  )

  test('an origin may end in a slash and be of any case', () => {
    const allowRemote = ['https://example.com', 'http://localhost:8080/']
    expect(settingsOf({ input: 'a', allowRemote }).allowRemote).toEqual(allowRemote)
    expect(() => settingsOf({ input: 'a', allowRemote: ['HTTPS://Example.com'] })).not.toThrow()
  })

  test.each([{ out: '' }, { allowOutside: [''] }])('a folder without a name is refused: %j', async (config) => {
    expect((await problemOf(() => settingsOf({ input: 'a', ...config }))).code).toBe('folder-invalid')
  })
})

describe('the config file', () => {
  const text = "defineConfig({ input: 'spec/openapi.yaml', out: './api', allowOutside: ['../shared'] })"
  const importing = `import { defineConfig } from 'streamwright'\nexport default ${text}`

  test.each([
    ['streamwright.config.ts', `${importing} satisfies object\n`],
    ['streamwright.config.js', importing],
    ['streamwright.config.mjs', importing],
    ['streamwright.config.json', '{"input":"spec/openapi.yaml","out":"./api","allowOutside":["../shared"]}'],
  ])('%s is found and loaded; its paths are relative to it', async (name, content) => {
    put(name, content)
    const file = findConfigFile(folder) ?? ''
    expect(await loadConfigFile(file)).toEqual([
      {
        input: relative('', join(folder, 'spec/openapi.yaml')),
        out: relative('', join(folder, 'api')),
        allowOutside: [relative('', join(dirname(folder), 'shared'))],
      },
    ])
  })

  test('URLs and standard input are left as they are', async () => {
    const file = put('c.json', '[{"input":"https://example.com/a.json"},{"input":["-"]}]')
    expect(await loadConfigFile(file)).toEqual([{ input: 'https://example.com/a.json' }, { input: ['-'] }])
  })

  test('TypeScript with types, another module and top-level await is run', async () => {
    put('names.ts', 'export const out: string = "api"')
    const file = put(
      'streamwright.config.ts',
      "import { out } from './names.js'\nconst input: string = await Promise.resolve('a.yaml')\nexport default { input, out }",
    )
    expect(await loadConfigFile(file)).toMatchObject([{ out: relative('', join(folder, 'api')) }])
  })

  test('an edited file is seen by the next call, and no cache is left beside it', async () => {
    const file = put('streamwright.config.ts', 'export default { input: "-" }')
    expect(await loadConfigFile(file)).toEqual([{ input: '-' }])
    put('streamwright.config.ts', 'export default { input: "https://a.example" }')
    expect(await loadConfigFile(file)).toEqual([{ input: 'https://a.example' }])
  })

  test.each([
    ['throws', "throw new Error('no token')", 'config-failed', 'the config file cannot be loaded: no token'],
    ['throws no error', "throw 'no token'", 'config-failed', 'the config file cannot be loaded: no token'],
    ['has no default export', 'export const config = {}', 'config-no-default', 'the config file has no default export'],
    ['is empty', '', 'config-no-default', 'the config file has no default export'],
  ])('a file that %s is refused', async (_, content, code, message) => {
    const file = put('streamwright.config.ts', content)
    expect(await problemOf(() => loadConfigFile(file))).toMatchObject({ code, message, place: { file } })
  })

  test.each([
    ['streamwright.config.ts', 'export default {\n  input: 5 5\n}', { line: 2, column: 12 }],
    ['streamwright.config.json', '{\n  "input": "a",\n  out\n}', { line: 3, column: 3 }],
  ])('a syntax error in %s is told with its place', async (name, content, position) => {
    const file = put(name, content)
    expect(await problemOf(() => loadConfigFile(file))).toMatchObject({
      code: 'config-failed',
      message: expect.not.stringContaining('\n'),
      place: { file, ...position },
    })
  })

  test('a file that is not there, and two that are, are refused', async () => {
    expect(await problemOf(() => loadConfigFile(join(folder, 'no.ts')))).toMatchObject({ code: 'config-not-found' })
    put('streamwright.config.ts', '')
    put('streamwright.config.json', '')
    expect(await problemOf(() => findConfigFile(folder))).toMatchObject({
      code: 'config-ambiguous',
      message: 'there are two config files, streamwright.config.ts and streamwright.config.json',
    })
  })

  test('a folder without one has none', () => {
    expect(findConfigFile(folder)).toBeUndefined()
  })
})

describe('nearest', () => {
  test.each([
    ['inclde', 'include'],
    ['INCLUDE', 'include'],
    ['x'.repeat(100_000), undefined],
    ['something', undefined],
  ])('%.20s means %s', (name, expected) => {
    expect(nearest(name, ['include', 'runtime', 'out'])).toBe(expected)
  })
})
