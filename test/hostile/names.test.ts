/** Every name that an output folder exports is there once, also where a function and a type want the same. */
import { expect, it } from 'vitest'
import { createMemoryFileSystem, generate } from '../../src/index.js'

/** The names that the files of the output export together, sorted. */
async function exportedNames(paths: object, rest: object = {}): Promise<string[]> {
  const fileSystem = createMemoryFileSystem()
  const document = { openapi: '3.2.0', info: { title: 't', version: '1' }, paths, ...rest }
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  const { outputs } = await generate(
    { input: '-', out: '/out', runtime: 'import' },
    { fileSystem, readStandardInput: async () => bytes },
  )
  const texts = outputs.flatMap(({ changes }) => changes.flatMap((change) => ('text' in change ? [change.text] : [])))
  return texts
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
