import { beforeAll, describe, expect, test } from 'vitest'
import { declaration, item, operation, type Reading, read, text } from './reading.js'

/** Every type as the record of a stream of its own; one program for all of them. */
const CASES: Readonly<Record<string, readonly [written: string, view: string]>> = {
  scalars: ['{ a: string; b: number; c: boolean; d: null }', '{\n  a: string\n  b: number\n  c: boolean\n  d: null\n}'],
  date: ['{ at: Date }', '{ at: string }'],
  'computed from a date': [
    '{ a: Partial<Date>; b: DeepPartial<Log>["at"]; c: Readonly<Date> }',
    '{ a: string; b?: string; c: string }',
  ],
  'computed from a map': ['{ a: Partial<Map<string, 1>> }', '{ a: Record<string, never> }'],
  'a method toJSON that may be missing': ['{ price: Partial<Price> }', '{ price: string | { cents?: number } }'],
  'nothing but functions': ['{ a: { run(): void } }', '{ a: Record<string, never> }'],
  'a method toJSON': ['{ money: Money }', '{ money: string }'],
  'functions and symbols': ['{ a: 1; f: () => void; g(): void; s: symbol; [Symbol.iterator]: 1 }', '{ a: 1 }'],
  'a union with a function': ['{ a: string | (() => void) }', '{ a?: string }'],
  undefined: ['{ a: string | undefined; b?: number }', '{ a?: string; b?: number }'],
  'undefined in a list': ['(string | undefined)[]', '(string | null)[]'],
  'a private field, a getter and a method of a class': ['Thing', 'Thing'],
  enums: ['{ level: Level; one: Level.High; text: Mode | null }', '{ level: Level; one: 2; text: Mode | null }'],
  'an object that may be a text too': ['{ data: string | object } & { data: Job }', '{ data: Job }'],
  brands: ["string & { readonly __brand: 'id' }", 'string'],
  generics: ['Paged<Job>', 'Paged_Job'],
  'a generic of a generic': ['Paged<Paged<Job>>', 'Paged_Paged'],
  utilities: ["Partial<Pick<Job, 'id'>>", '{ id?: string }'],
  record: ['Record<string, number>', 'Record<string, number>'],
  'a mapped type': ["{ [K in 'a' | 'b']: K }", "{ a: 'a'; b: 'b' }"],
  'a conditional type': ['Unlist<Job[]>', 'Job'],
  tuple: ['[string, number?, ...boolean[]]', '[string, number?, ...boolean[]]'],
  'template literal': [`\`id-\${number}\``, 'string'],
  'an index signature beside fields': ['{ a: number; [key: string]: number }', '{ a: number; [key: string]: number }'],
  recursion: ['Tree', 'Tree'],
  'recursion without a name of the author': ['Nest<1>', 'Nest_1'],
  object: ['object', 'Record<string, unknown>'],
  intersection: ['Job & { more: 1 }', '{ id: string; more: 1 }'],
  'a union of named types': ['Job | Thing', 'Job | Thing'],
  'a named union in a union': ['{ mode: Kind | null }', '{ mode: Kind | null }'],
  typeof: ['typeof preset', '{ a: string }'],
  awaited: ['Awaited<ReturnType<typeof load>>', 'Job'],
  keyof: ['keyof Job', "'id'"],
  'unknown where it is written': ['unknown', 'unknown'],
  'any inside of what is written': ['{ a: any }', '{ a: unknown }'],
  bytes: ['{ a: Uint8Array }', '{ a: Record<string, number> }'],
  'map and set': ['{ a: Map<string, 1> }', '{ a: Record<string, never> }'],
  'records of the platform': ['PromiseFulfilledResult<1>', "{ status: 'fulfilled'; value: 1 }"],
  'a global’s name': ['Response2', 'Response2'],
}

const DECLARED = `
interface Job { id: string }
class Money { amount = 1n; toJSON(): string { return '' } }
class Price { cents = 1; toJSON(): string { return '' } }
interface Log { at: Date }
type DeepPartial<T> = { [K in keyof T]?: DeepPartial<T[K]> }
class Thing { #secret = 1; private kept = 1; open: string = ''; get size() { return 1 } run() {} }
enum Level { Low = 1, High = 2 }
const enum Mode { On = 'on', Off = 'off' }
type Kind = 'a' | 'b'
interface Paged<T> { items: T[] }
type Unlist<T> = T extends (infer A)[] ? A : never
interface Tree { children: Tree[] }
type Nest<T> = { value: T; inner?: Nest<T> }
type Response2 = { a: 1; b: 2; c: 3; d: 4 }
const preset = { a: 'x' }
async function load(): Promise<Job> { return { id: '' } }
`

let reading: Reading
beforeAll(() => {
  const routes = Object.values(CASES).map(
    ([written], index) => `/** @stream ndjson /c${index}\n * @event {${written}} */\n;`,
  )
  reading = read({ 'src/routes.ts': `${DECLARED}${routes.join('\n')}` })
})

describe('a type as JSON carries it', () => {
  test.each(Object.entries(CASES).map(([name, [, view]], index) => [name, view, index] as const))(
    '%s',
    (_, view, index) => {
      expect(item(reading, `GET /c${index}`)).toBe(view)
    },
  )

  test('declarations hold the parts', () => {
    expect(declaration(reading, 'src/routes.ts#Thing')).toBe(
      'export interface Thing {\n  kept: number\n  open: string\n}',
    )
    expect(declaration(reading, 'src/routes.ts#Level')).toBe('export type Level = 1 | 2')
    expect(declaration(reading, 'src/routes.ts#Mode')).toBe("export type Mode = 'on' | 'off'")
    expect(declaration(reading, 'src/routes.ts#Paged<Job>')).toBe('export interface Paged_Job {\n  items: Job[]\n}')
    expect(declaration(reading, 'src/routes.ts#Tree')).toBe('export interface Tree {\n  children: Tree[]\n}')
    expect(declaration(reading, 'src/routes.ts#Nest<1>')).toBe(
      'export interface Nest_1 {\n  value: 1\n  inner?: Nest_1\n}',
    )
  })

  test('what JSON loses, and any that somebody wrote, is a warning at its place', () => {
    expect(reading.warnings.map(({ code, message }) => `${code}: ${message}`).sort()).toEqual([
      'type-any: the field "a" is declared as any; the client gives it as unknown',
      'type-lost-in-json: JSON makes an object with a number under each index of a Uint8Array',
      'type-lost-in-json: JSON makes {} of a Map',
      'type-lost-in-json: JSON makes {} of a Map',
    ])
  })
})

test('words of fields and declarations become documentation', () => {
  const source = `/** One job. */
interface Job {
  /**
   * How far.
   * @minimum 0
   */
  percent: number
  /** @deprecated */
  old?: string
}
/** @stream ndjson /a
 * @event {Job} */`
  expect(declaration(read({ 'a.ts': source }), 'a.ts#Job')).toBe(
    [
      '/** One job. */',
      'export interface Job {',
      '  /**',
      '   * How far.',
      '   *',
      '   * @minimum 0',
      '   */',
      '  percent: number',
      '  /** @deprecated */',
      '  old?: string',
      '}',
    ].join('\n'),
  )
})

test('a request takes a Date or a string where an answer holds a string', () => {
  const source = `interface Span { from: Date; to?: Date }
/** @stream ndjson POST /a
 * @event {Span}
 * @body {Span}
 * @query {{ since?: Date; tags: string[] }} */`
  const found = read({ 'a.ts': source })
  const { parameters, body } = operation(found, 'POST /a')
  const printed = parameters.map(({ name, required, type }) => [name, required, text(found, type, 'request')])
  expect(printed).toEqual([
    ['since', false, 'Date | string'],
    ['tags', true, 'string[]'],
  ])
  expect(body?.contents.map(({ type }) => text(found, type, 'request'))).toEqual(['Span'])
})

test('names are those of the author, and stay the same in every order of the files', () => {
  const files = {
    'b/user.ts': 'export interface User { b: 1 }',
    'a/user.ts': 'export interface User { a: 1 }',
    'one.ts': "import type { User } from './b/user.js'\n/** @stream ndjson /one\n * @event {User} */",
    'two.ts': "import type { User } from './a/user.js'\n/** @stream ndjson /two\n * @event {User} */",
  }
  const seen = [
    ['one.ts', 'two.ts'],
    ['two.ts', 'one.ts'],
  ].map((names) => {
    const found = read(files, names)
    return found.api.operations.map(({ path, override }) => [path, override?.stated?.answer])
  })
  expect(seen[0]).toEqual(seen[1])
  expect(seen[0]?.[0]).toEqual(['/one', { kind: 'ndjson', item: { kind: 'ref', id: 'b/user.ts#User' } }])
})

test('a type that hides a global of the client gets another name', () => {
  const source = 'interface Event { a: 1; b: 2 }\n/** @stream ndjson /a\n * @event {Event} */\nexport {}'
  expect(item(read({ 'a.ts': source }), 'GET /a')).toBe('EventData')
  // The client has it with a capital.
  const small = source.replaceAll('Event', 'event')
  expect(item(read({ 'a.ts': small }), 'GET /a')).toBe('eventData')
})

test('a list of a type that refers to it has no name of its own', () => {
  const source =
    'interface Page<T> { items: T[] }\ntype Tree = { kids: Tree[] }\n/** @stream ndjson /a\n * @event {Page<Tree>} */\nexport {}'
  const reading = read({ 'a.ts': source })
  expect(declaration(reading, 'a.ts#Page<Tree>')).toBe('export interface Page_Tree {\n  items: Tree[]\n}')
  expect(declaration(reading, 'a.ts#Tree')).toBe('export interface Tree {\n  kids: Tree[]\n}')
})

test('types of packages stand in place, without their names', () => {
  const found = read(
    {
      'node_modules/kit/package.json': '{ "name": "kit", "version": "1.0.0", "types": "index.d.ts" }',
      'node_modules/kit/index.d.ts':
        'export interface Chunk { id: string; more?: Chunk }\nexport interface Flat { a: 1 }',
      'a.ts': `import type { Chunk, Flat } from 'kit'
/** @stream ndjson /a
 * @event {Flat} */
const a = 1
/** @stream ndjson /b
 * @event {Chunk} */
const b = 1`,
    },
    ['a.ts'],
  )
  expect(item(found, 'GET /a')).toBe('{ a: 1 }')
  expect(item(found, 'GET /b')).toBe('Chunk')
})
