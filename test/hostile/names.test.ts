/** Every name that an output folder exports is there once, also where a function and a type want the same. */
import ts from 'typescript'
import { expect, it } from 'vitest'
import { createMemoryFileSystem, generate } from '../../src/index.js'

/** The texts of the output, by path. */
async function outputOf(paths: object, rest: object): Promise<Map<string, string>> {
  const fileSystem = createMemoryFileSystem()
  const document = { openapi: '3.2.0', info: { title: 't', version: '1' }, paths, ...rest }
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  const { outputs } = await generate(
    { input: '-', out: '/out', runtime: 'import' },
    { fileSystem, readStandardInput: async () => bytes },
  )
  const changes = outputs.flatMap((output) => output.changes)
  return new Map(changes.flatMap((change) => ('text' in change ? [[change.path, change.text] as const] : [])))
}

/** The names that the files of the output export together, sorted. */
async function exportedNames(paths: object, rest: object = {}): Promise<string[]> {
  const texts = await outputOf(paths, rest)
  return [...texts.values()]
    .flatMap((text) => [...text.matchAll(/^export (?:function|const|interface|type) ([^\s(<={*:]+)/gm)])
    .flatMap(([, name = '']) => (name === '' ? [] : [name]))
    .sort()
}

function stream(operationId: string, schema: string, more: object = {}): object {
  const content = { 'text/event-stream': { schema: { $ref: `#/components/schemas/${schema}` } } }
  return { get: { operationId, responses: { 200: { description: '', content } }, ...more } }
}

const TEXT = { type: 'object', properties: { a: { type: 'string' } } }

it('names a type otherwise whose name has no capitals and is that of a function', async () => {
  const paths = { '/a': stream('日本語', '日本語'), '/b': stream('1', '1') }
  expect(await exportedNames(paths, { components: { schemas: { 日本語: TEXT, 1: TEXT } } })).toEqual([
    'ApiClient',
    'Auth',
    '_1',
    '_12',
    '_1Events',
    'configure',
    'createClient',
    'defaultClient',
    '日本語',
    '日本語2',
    '日本語Events',
  ])
})

it('lets a function have the name that the user states, and names types otherwise', async () => {
  const paths = {
    '/a': stream('a', 'Foo', { 'x-streamwright': { name: 'Foo' } }),
    '/b': stream('b', 'Foo', { 'x-streamwright': { name: 'FooEvents' } }),
  }
  expect(await exportedNames(paths, { components: { schemas: { Foo: TEXT } } })).toEqual([
    'ApiClient',
    'Auth',
    'Foo',
    'Foo2',
    'FooEvents',
    'FooEvents2',
    'FooEventsEvents',
    'configure',
    'createClient',
    'defaultClient',
  ])
})

it('keeps the names of servers apart from those of types', async () => {
  const servers = [{ url: 'https://{v}', name: '日本', variables: { v: { default: 'a' } } }]
  const components = { schemas: { 日本Url: TEXT } }
  expect(await exportedNames({ '/a': stream('a', '日本Url') }, { servers, components })).toEqual([
    'AEvents',
    'ApiClient',
    'Auth',
    'a',
    'configure',
    'createClient',
    'defaultClient',
    '日本Url',
    '日本Url2',
  ])
})

it('takes a variable of a server for given where it is a text, and not what every object has under its name', async () => {
  const variables = { constructor: { default: 'a' }, ['__proto__']: { default: 'b' } }
  const servers = [{ url: 'https://{constructor}/{__proto__}', variables }]
  const files = await outputOf({ '/a': stream('a', 'A') }, { servers, components: { schemas: { A: TEXT } } })
  const { outputText } = ts.transpileModule(files.get('client.ts') ?? '', {})
  const body = outputText.slice(outputText.indexOf('function serverUrl'), outputText.indexOf('/** The client of every'))
  const serverUrl: unknown = new Function(`${body.replace(/export /g, '')}; return serverUrl`)()
  if (typeof serverUrl !== 'function') throw new Error(body)
  expect(serverUrl({})).toBe('https://a/b')
  expect(serverUrl(JSON.parse('{"constructor":"c","__proto__":"d"}'))).toBe('https://c/d')
  expect(files.get('client.ts')).toContain('  },\n): string {')
})
