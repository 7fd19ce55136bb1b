import { describe, expect, test } from 'vitest'
import type { Limits } from '../../src/limits.js'
import { createSources } from '../../src/sources.js'
import { at, load, problemOf } from './loading.js'

const HEAD = 'openapi: 3.1.0\ninfo: {title: x, version: "1"}\npaths: {}\n'

const LAUGHS = Array.from(
  { length: 9 },
  (_, level) => `x-${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`)}]\n`,
).join('')

describe('JSON', () => {
  const wrap = (rest: string): string => `{"openapi":"3.1.0",\n${rest}}`

  test.each([
    ['"info": {', 2, 11, 'this is no JSON: the text ends in the middle of the document'],
    ['"info": {"a" 1}', 2, 14, 'this is no JSON: a colon is expected behind the key'],
    ['"info": {"a": 1,}', 2, 17, 'this is no JSON: a comma stands before }'],
    ['"info": [1 2]', 2, 12, 'this is no JSON: a comma or ] is expected'],
    ['"info": tru', 2, 9, 'this is no JSON: a value is expected'],
    ['"info": 01', 2, 10, 'this is no JSON: a comma or } is expected'],
    ["'info': 1", 2, 1, 'this is no JSON: a key in double quotes is expected'],
    [
      '"info": "a\tb"',
      2,
      9,
      'this is no JSON: this string has a raw control character, a line break or an unknown escape in it',
    ],
    ['"info": "open', 2, 9, 'this is no JSON: this string has no end'],
    ['"info": 1} {', 2, 12, 'this is no JSON: there is text behind the end of the document'],
  ])('%s is refused with line and column', async (rest, line, column, message) => {
    expect(await problemOf(() => load({ 'api.json': wrap(rest) }))).toMatchObject({
      code: 'syntax',
      message,
      place: { file: 'api.json', line, column },
    })
  })

  test('a key that is there twice is refused where it comes again', async () => {
    const text = '{"openapi":"3.1.0","paths":{},\n "info":{"title":"a:\\"b\\\\","t\\u0069tle":"c"}}'
    expect(await problemOf(() => load({ 'api.json': text }))).toMatchObject({
      code: 'duplicate-key',
      message: 'the key "title" is already in this object',
      place: { file: 'api.json', line: 2, column: 28 },
    })
  })

  test('colons and quotes inside strings are no keys', async () => {
    const text = '{"openapi":"3.1.0","info":{"title":"a: \\"b\\": {c: d}\\\\","version":":"},"paths":{}}'
    expect(at(await load({ 'api.json': text }), 'info', 'title').value).toBe('a: "b": {c: d}\\')
  })

  test('own keys such as __proto__ stay what they are', async () => {
    const text = '{"openapi":"3.1.0","__proto__":{"polluted":true},"paths":{}}'
    const loaded = await load({ 'api.json': text })
    expect(at(loaded, '__proto__', 'polluted').value).toBe(true)
    expect('polluted' in {}).toBe(false)
  })
})

describe('the format', () => {
  test('JSON in a file that says YAML is read', async () => {
    const text = '{"openapi":"3.1.0","paths":{"/a":{"summary":"tab\\u0009"}}}'
    expect(at(await load({ 'api.yaml': text }), 'paths', '/a', 'summary').value).toBe('tab\t')
  })

  test('YAML in braces is read where the file says YAML', async () => {
    expect(at(await load({ 'api.yml': '{openapi: 3.1.0, paths: {}}' }), 'openapi').value).toBe('3.1.0')
  })

  test('YAML without an ending is told by its first character', async () => {
    expect(at(await load({ openapi: HEAD }), 'openapi').value).toBe('3.1.0')
  })

  test('braces that are no JSON are refused where nothing says YAML', async () => {
    expect(await problemOf(() => load({ openapi: '{openapi: 3.1.0}' }))).toMatchObject({ code: 'syntax' })
  })
})

describe('YAML', () => {
  test('dates, yes and on stay text; numbers as keys become text', async () => {
    const loaded = await load({ 'api.yaml': `${HEAD}x-a: {day: 2020-01-01, yes: on, 200: ok, hex: 0x1F}\n` })
    expect(at(loaded, 'x-a').value).toEqual({ day: '2020-01-01', yes: 'on', 200: 'ok', hex: 31 })
  })

  test('aliases and merges are written out', async () => {
    const loaded = await load({ 'api.yaml': `${HEAD}x-a: &a {b: 1, c: 2}\nx-b: {<<: *a, c: 3}\nx-c: [*a, *a]\n` })
    expect(at(loaded, 'x-b').value).toEqual({ b: 1, c: 3 })
    expect(at(loaded, 'x-c').value).toEqual([
      { b: 1, c: 2 },
      { b: 1, c: 2 },
    ])
  })

  test.each<[string, string, object, Partial<Limits>?]>([
    ['duplicate-key', `${HEAD}x-a: 1\nx-a: 2\n`, { line: 5, column: 1 }],
    ['syntax', 'openapi: 3.1.0\ninfo:\n\ttitle: x\n', { line: 3, column: 1 }],
    ['yaml-tag', `${HEAD}x-a: !!js/function "f"\n`, { line: 4, column: 6 }],
    ['yaml-tag', `${HEAD}x-a: !!binary aGk=\n`, { line: 4, column: 6 }],
    ['yaml-several-documents', `${HEAD}---\n${HEAD}`, { line: 5, column: 1 }],
    ['yaml-several-documents', `${HEAD}---\n`, { line: 4, column: 1 }],
    ['yaml-several-documents', '---\n---\n', { line: 2, column: 1 }],
    ['yaml-key', `${HEAD}x-a:\n  ? [a, b]\n  : 1\n`, { line: 5, column: 5 }],
    ['yaml-key', `${HEAD}x-a: {b: 1, {c: d}: 2}\n`, { line: 4, column: 13 }],
    ['yaml-character', `${HEAD}x-a: "\u0001"\n`, { line: 4, column: 7 }],
    ['yaml-character', `${HEAD}x-a: b\u001b[31m\n`, { line: 4, column: 7 }],
    ['syntax', `${HEAD}x-a: *nowhere\n`, { line: 4, column: 7 }],
    ['syntax', `${HEAD}x-a: "open\n`, { line: 5, column: 1 }],
    [
      'limit-merge-keys',
      `${HEAD}x-a: &a {b: 1, c: 2}\nx-b: {<<: [*a, *a]}\n`,
      { line: 5, column: 7 },
      { mergeKeys: 3 },
    ],
    ['limit-depth', `${HEAD}x-a: {b: {c: {d: 1}}}\n`, { line: 4, column: 15 }, { depth: 3 }],
  ])('%s has its place', async (code, text, place, limits = {}) => {
    const problem = await problemOf(() => load({ 'api.yaml': text }, { limits }))
    expect(problem).toMatchObject({ code, place: { file: 'api.yaml', ...place } })
  })

  test('an alias inside of what it names is refused', async () => {
    expect(await problemOf(() => load({ 'api.yaml': `${HEAD}x-a: &a {b: [*a]}\n` }))).toMatchObject({
      code: 'yaml-cycle',
      place: { file: 'api.yaml', line: 4, column: 14, pointer: '/x-a/b/0' },
    })
  })

  test('aliases may not repeat more values than the limit', async () => {
    const text = `${HEAD}x-a: &a [1, 2]\nx-b: &b [*a, *a]\nx-c: [*b, *b]\n`
    // [1, 2] is 3 values and [*a, *a] 7: x-b repeats 6 of them, x-c 14.
    expect((await load({ 'api.yaml': text }, { limits: { aliasNodes: 20 } })).warnings).toEqual([])
    const problem = await problemOf(() => load({ 'api.yaml': text }, { limits: { aliasNodes: 19 } }))
    expect(problem).toMatchObject({
      code: 'limit-alias-nodes',
      place: { file: 'api.yaml', line: 6, column: 11, pointer: '/x-c/1' },
    })
  })

  test('what aliases nest too deeply has its place', async () => {
    const levels = Array.from({ length: 9 }, (_, level) => `x-${level + 1}: &l${level + 1} [*l${level}]\n`)
    const text = `${HEAD}x-0: &l0 [lol]\n${levels.join('')}`
    const sources = createSources()
    const problem = await problemOf(() => load({ 'api.yaml': text }, { limits: { depth: 5 }, sources }))
    expect(problem.code).toBe('limit-depth')
    expect(problem.place).toEqual({ file: 'api.yaml', pointer: '/x-4/0/0/0/0' })
    expect(sources.position(problem.place ?? { file: '' })).toEqual({ line: 5, column: 11 })
  })

  test('what is too deep for the stack, with the limit raised, has the place where it becomes deep', async () => {
    const text = `${HEAD}x-a: ${'['.repeat(200_000)}\n`
    const problem = await problemOf(() => load({ 'api.yaml': text }, { limits: { depth: 1_000_000 } }))
    expect(problem).toMatchObject({ code: 'input-too-deep', place: { file: 'api.yaml', line: 4, column: 1005 } })
  })

  test('a billion laughs end at once', async () => {
    const started = Date.now()
    const problem = await problemOf(() => load({ 'api.yaml': `${HEAD}x-0: &l0 [lol]\n${LAUGHS}` }))
    expect(problem.code).toBe('limit-alias-nodes')
    expect(Date.now() - started).toBeLessThan(2000)
  })
})

describe('YAML that only a lenient reader takes', () => {
  const LENIENT = `${HEAD}x-a:\n  b: {\n    c: 1\n  }\n  d: 2\n`

  test('it is read with a warning at the place', async () => {
    const loaded = await load({ 'api.yaml': LENIENT })
    expect(at(loaded, 'x-a').value).toEqual({ b: { c: 1 }, d: 2 })
    expect(loaded.warnings).toMatchObject([
      { severity: 'warning', code: 'yaml-lenient', place: { file: 'api.yaml', line: 7, column: 3 } },
    ])
    expect(loaded.sources.position({ file: 'api.yaml', pointer: '/x-a/d' })).toEqual({ line: 8, column: 3 })
  })

  test.each([
    ['an unknown tag', `${LENIENT}x-b: !!js/function "f"\n`],
    ['a key twice', `${LENIENT}x-a: 1\n`],
    ['an alias that leads nowhere', `${LENIENT}x-b: *nowhere\n`],
    ['a billion laughs', `${LENIENT}x-0: &l0 [lol]\n${LAUGHS}`],
    ['a second document', `${LENIENT}---\nx: 1\n`],
  ])('%s in it is still refused', async (_, text) => {
    expect(await problemOf(() => load({ 'api.yaml': text }))).toMatchObject({ code: 'syntax' })
  })
})
