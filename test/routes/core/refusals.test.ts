import { describe, expect, test } from 'vitest'
import { refusal } from './reading.js'

function stream(type: string, ...before: readonly string[]): string {
  return [...before, '/** @stream ndjson /a', ` * @event {${type}} */`, 'export const a = 1'].join('\n')
}

describe('a type of which nothing is known', () => {
  test.each([
    ['any', 'a.ts:2:12 type-any: this is of type any, so that nothing is known of it'],
    ['Gone', 'a.ts:2:12 type-unresolved: the type Gone cannot be found'],
    ['{ a: Gone }', 'a.ts:2:17 type-unresolved: the type Gone cannot be found'],
    ['Promise<string>', 'a.ts:2:12 type-no-data: this is a Promise, which is no data'],
    [
      '{ a: { b: AsyncGenerator<1> } }',
      'a.ts:2:22 type-no-data: the field "a.b" is an AsyncGenerator, which is no data',
    ],
    ['{ a: bigint }', 'a.ts:2:14 type-no-data: the field "a" is a bigint, which JSON cannot carry'],
    ['() => void', 'a.ts:2:12 type-no-data: this is a function, which cannot be sent'],
  ])('%s', (type, expected) => {
    const found = refusal({ 'a.ts': stream(type) })
    expect(found.replace(/:\d+ /, ' ')).toBe(expected.replace(/:\d+ /, ' '))
  })

  test('computed from a type with a method toJSON, of which only the name is left', () => {
    const before = [
      'type DeepPartial<T> = { [K in keyof T]?: DeepPartial<T[K]> }',
      'class Price { cents = 1; toJSON() { return "" } }',
    ]
    expect(refusal({ 'a.ts': stream('{ a: DeepPartial<Price> }', ...before) })).toBe(
      'a.ts:4:14 type-no-data: the field "a" is computed from a type with a method toJSON, so that what JSON makes of it is not known',
    )
  })

  test('names the import that is not found', () => {
    expect(refusal({ 'a.ts': stream('Gone', "import type { Gone } from './gone.js'") })).toBe(
      'a.ts:3:12 type-unresolved: the type Gone cannot be found: nothing is at the import "./gone.js"',
    )
    expect(refusal({ 'a.ts': stream('{ a: Msg }', "import type { Msg } from 'not-installed'") })).toMatch(
      /^a\.ts:3:\d+ type-unresolved: .*nothing is at the import "not-installed"$/,
    )
  })

  test('blames no import for a name that nothing declares', () => {
    expect(refusal({ 'a.ts': stream('Gone', "import type { Msg } from 'not-installed'") })).toBe(
      'a.ts:3:12 type-unresolved: the type Gone cannot be found',
    )
  })

  test('names the import that a package lacks, or that stands in the type', () => {
    const kit = {
      'node_modules/kit/package.json': '{ "name": "kit", "version": "1.0.0", "types": "index.d.ts" }',
      'node_modules/kit/index.d.ts':
        "import { Peer } from 'peer'\nexport interface Job { peer: Peer }\nexport type Alias = Peer",
    }
    for (const name of ['Job', 'Alias']) {
      expect(refusal({ ...kit, 'a.ts': stream(name, `import type { ${name} } from 'kit'`) }, ['a.ts'])).toMatch(
        /^a\.ts:3:12 type-unresolved: .*nothing is at the import "peer"$/,
      )
    }
    expect(refusal({ 'a.ts': stream('{ a: import("gone").Job }') })).toMatch(
      /^a\.ts:2:14 type-unresolved: .*nothing is at the import "gone"$/,
    )
  })

  test('a base that is not found, whose fields would be missing', () => {
    const kit = "import { Base } from 'kit'"
    expect(refusal({ 'a.ts': stream('Job', kit, 'interface Job extends Base { id: 1 }') })).toBe(
      'a.ts:2:23 type-unresolved: the type Base cannot be found: nothing is at the import "kit"',
    )
    expect(refusal({ 'a.ts': stream('Job', kit, 'class Job extends Base { id = 1 }') })).toMatch(
      /^a\.ts:2:19 type-unres/,
    )
  })

  test('any that nobody wrote, deep in an imported type', () => {
    const files = {
      'job.ts': 'export const job = { id: 1, data: JSON.parse("1") }\nexport type Job = typeof job',
      'a.ts': '',
    }
    const found = refusal({ ...files, 'a.ts': stream('Job', "import type { Job } from './job.js'") }, ['a.ts'])
    expect(found).toBe('job.ts:1:29 type-any: the field "data" is of type any, so that nothing is known of it')
  })

  test('unknown that nobody wrote', () => {
    const source = 'declare function f(): unknown\n/** @stream ndjson /a */\nexport async function* a() { yield f() }'
    expect(refusal({ 'a.ts': source })).toMatch(/^a\.ts:3:\d+ type-unknown/)
  })

  test('a stream without a word on its events', () => {
    expect(refusal({ 'a.ts': '/** @stream sse /a */\nexport function a() {}' })).toBe(
      'a.ts:1:5 route-event-missing: nothing says of what type the events of GET /a are',
    )
  })

  test('types that grow without end, or into too many parts', () => {
    const endless = 'type Inf<T> = { x: Inf<Inf<T>> }'
    expect(refusal({ 'a.ts': stream('Inf<string>', endless) })).toMatch(/^a\.ts:\d+:\d+ type-endless/)
    const bomb =
      'type D<T, N extends number, A extends unknown[] = []> = A["length"] extends N ? T : D<{ l: T; r: T }, N, [...A, 1]>'
    expect(refusal({ 'a.ts': stream('D<string, 60>', bomb) })).toMatch(/^a\.ts:\d+:\d+ type-(endless|too-large)/)
  })
})

describe('a route that cannot be read', () => {
  test('a syntax error has file, line and column', () => {
    expect(refusal({ 'a.ts': `${stream('string')}\nconst b = {{ \n` })).toMatch(/^a\.ts:4:12 route-syntax/)
  })

  test('a file that is not closed is reported at its end, not behind it', () => {
    expect(refusal({ 'a.ts': `${stream('string')}\nfunction f() {` })).toMatch(/^a\.ts:4:15 route-syntax/)
  })

  test('octets that are no text', () => {
    expect(refusal({ 'a.ts': new Uint8Array([0, 1, 2, 0xff, 0xfe]) })).toBe(
      'a.ts:1:4 input-encoding: there are bytes here that are no UTF-8',
    )
  })

  test('a tag that says something wrong is reported at the tag', () => {
    expect(refusal({ 'a.ts': '/**\n * Docs\n * @stream nonsense /a\n */' })).toBe(
      'a.ts:3:4 annotation: there is no kind of stream called "nonsense"',
    )
  })

  test('an annotation without a path, where no framework says it', () => {
    expect(refusal({ 'a.ts': '/** @stream sse\n * @event {1} */\nexport function a() {}' })).toBe(
      'a.ts:1:5 route-path-missing: nothing says at which path this route is',
    )
  })

  test('a parameter that the path has not', () => {
    expect(refusal({ 'a.ts': '/** @stream text /a/:id\n * @params {{ ic: string }} */' })).toBe(
      'a.ts:2:13 route-params: the path /a/{id} has no parameter called "ic"',
    )
  })

  test('a query that is a union', () => {
    expect(refusal({ 'a.ts': '/** @stream text /a\n * @query {{ a: 1 } | { b: 1 }} */' })).toMatch(
      /^a\.ts:2:12 route-params: the type of the query is no object/,
    )
  })

  test('two routes of one method and path, whatever their parameters are called', () => {
    const files = { 'a.ts': '/** @stream text /a/:x */', 'b.ts': '\n/** @stream text GET /a/{y} */' }
    expect(refusal(files)).toBe('b.ts:2:5 route-duplicate: GET /a/{y} is declared twice: here, and at a.ts:1:5')
  })

  test('files without any route', () => {
    expect(refusal({ 'a.ts': 'const text = "/** @stream sse /a */"\nconst b = `/** \n * @stream sse /b */`' })).toBe(
      'a.ts routes-none: no streaming route is found in this file',
    )
  })
})
