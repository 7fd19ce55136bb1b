import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { disk } from '../../src/file-system.js'
import { at, type Files, type Loaded, load, type Options, problemOf, withSchemas } from './loading.js'

const HOLDER = '/components/schemas/Holder'

/** Follows a reference that stands in the schema `Holder` of a document. */
async function follow(reference: unknown, more: object = {}, files: Files = {}, options: Options = {}) {
  const loaded = await load({ 'api.json': withSchemas({ Holder: { $ref: reference }, ...more }), ...files }, options)
  return loaded.documents.follow(at(loaded, 'components', 'schemas', 'Holder'))
}

describe('references within a document', () => {
  test.each<[string, string]>([
    ['#/components/schemas/A', '/components/schemas/A'],
    ['#/components/schemas/a~1b', '/components/schemas/a~1b'],
    ['#/components/schemas/c~0d', '/components/schemas/c~0d'],
    ['#/components/schemas/e%20f', '/components/schemas/e f'],
    ['#/components/schemas/50%', '/components/schemas/50%'],
    ['#/components/schemas/__proto__', '/components/schemas/__proto__'],
    ['#/components/schemas/A/oneOf/1', '/components/schemas/A/oneOf/1'],
    ['#/components/schemas/A/$defs/Inner', '/components/schemas/A/$defs/Inner'],
    ['#/components/schemas/True', '/components/schemas/True'],
    ['#named', '/components/schemas/A/$defs/Inner'],
  ])('%s leads to %s', async (reference, pointer) => {
    const more = JSON.parse(
      '{"A":{"oneOf":[{},{}],"$defs":{"Inner":{"$anchor":"named"}}},"a/b":{},"c~d":{},"e f":{},"50%":{},"__proto__":{},"True":true}',
    )
    expect((await follow(reference, more)).at).toEqual({ file: 'api.json', pointer })
  })

  test('a chain is followed to its end, and a pointer goes on behind a reference', async () => {
    const more = { A: { $ref: '#/components/schemas/B' }, B: { properties: { x: { type: 'string' } } } }
    expect((await follow('#/components/schemas/A', more)).at.pointer).toBe('/components/schemas/B')
    expect((await follow('#/components/schemas/A/properties/x', more)).at.pointer).toBe(
      '/components/schemas/B/properties/x',
    )
  })

  test('a pointer in a schema with an $id may start at that schema', async () => {
    const more = { A: { $id: 'https://x.example/a', $defs: { Inner: {} }, items: { $ref: '#/$defs/Inner' } } }
    const loaded = await load({ 'api.json': withSchemas(more) })
    const node = loaded.documents.follow(at(loaded, 'components', 'schemas', 'A', 'items'))
    expect(node.at.pointer).toBe('/components/schemas/A/$defs/Inner')
  })

  test.each<[unknown, string, string]>([
    ['#/components/schemas/Missing', 'ref-not-found', 'the reference "#/components/schemas/Missing" leads to nothing'],
    ['#/__proto__/polluted', 'ref-not-found', 'the reference "#/__proto__/polluted" leads to nothing'],
    ['#/constructor/prototype', 'ref-not-found', 'the reference "#/constructor/prototype" leads to nothing'],
    ['#/components/schemas/%', 'ref-not-found', 'the reference "#/components/schemas/%" leads to nothing'],
    ['#/components/schemas/A~', 'ref-not-found', 'the reference "#/components/schemas/A~" leads to nothing'],
    ['#/paths/~1p0/get', 'ref-not-found', 'the reference "#/paths/~1p0/get" leads to nothing'],
    [
      '#/components/schemas/A/oneOf/length',
      'ref-not-found',
      'the reference "#/components/schemas/A/oneOf/length" leads to nothing',
    ],
    ['#components', 'ref-not-found', 'the reference "#components" names an $anchor that is not in api.json'],
    ['#', 'ref-invalid', 'the reference "#" leads to a whole OpenAPI document'],
    ['', 'ref-invalid', 'the reference "" leads to a whole OpenAPI document'],
    ['api.json', 'ref-invalid', 'the reference "api.json" leads to a whole OpenAPI document'],
    ['#/info/title', 'ref-invalid', 'the reference "#/info/title" leads to what is no object'],
    [
      '#/components/schemas/A/oneOf',
      'ref-invalid',
      'the reference "#/components/schemas/A/oneOf" leads to what is no object',
    ],
    [
      'urn:x:y',
      'ref-invalid',
      'the reference "urn:x:y" names a urn: URI that no document of this run has as its $id or $self',
    ],
    [
      'javascript:alert(1)',
      'ref-invalid',
      'the reference "javascript:alert(1)" names a javascript: URI that no document of this run has as its $id or $self',
    ],
    [42, 'ref-invalid', '"$ref" is a string'],
    [null, 'ref-invalid', '"$ref" is a string'],
    [{ a: 1 }, 'ref-invalid', '"$ref" is a string'],
  ])('%j is refused', async (reference, code, message) => {
    const problem = await problemOf(() => follow(reference, { A: { oneOf: [{}] } }))
    expect(problem).toMatchObject({ code, message, place: { file: 'api.json', pointer: `${HOLDER}/$ref` } })
  })

  test('references that lead in a circle are refused', async () => {
    const problem = await problemOf(() => follow('#/components/schemas/B', { B: { $ref: `#${HOLDER}` } }))
    expect(problem).toMatchObject({ code: 'ref-cycle', place: { pointer: `${HOLDER}/$ref` } })
  })

  test('pointers that lead through themselves are refused', async () => {
    const problem = await problemOf(() => follow(`#${HOLDER}/x`))
    expect(problem.code).toBe('limit-reference-hops')
  })

  test('references may not lead on without end', async () => {
    const chain = (length: number): object =>
      Object.fromEntries(
        Array.from({ length }, (_, index) => [`S${index}`, { $ref: `#/components/schemas/S${index + 1}` }]),
      )
    expect((await follow('#/components/schemas/S0', { ...chain(99), S99: {} })).at.pointer).toBe(
      '/components/schemas/S99',
    )
    const problem = await problemOf(() => follow('#/components/schemas/S0', { ...chain(100), S100: {} }))
    expect(problem.code).toBe('limit-reference-hops')
  })
})

describe('references to other files', () => {
  test('they are relative to the file that holds them', async () => {
    const files = {
      'parts/a.yaml': 'A: {$ref: "../more/b%20c.json#/B"}\n',
      'more/b c.json': { B: { $ref: '#/C' }, C: { type: 'string' } },
    }
    const node = await follow('./parts/a.yaml#/A', {}, files)
    expect(node).toEqual({ value: { type: 'string' }, at: { file: 'more/b c.json', pointer: '/C' } })
  })

  test('a whole file may be a schema, which may refer to itself', async () => {
    const files = { 'tree.json': { properties: { next: { $ref: '#' } } } }
    const loaded = await load({ 'api.json': withSchemas({ Holder: { $ref: 'tree.json' } }), ...files })
    const tree = loaded.documents.follow(at(loaded, 'components', 'schemas', 'Holder'))
    expect(tree.at).toEqual({ file: 'tree.json', pointer: '' })
    expect(loaded.documents.resolve('#', { file: 'tree.json', pointer: '/properties/next' })).toEqual(tree)
  })

  test('files in a circle are read once each', async () => {
    const files = { 'a.json': { A: { $ref: 'api.json#/components/schemas/B' } } }
    expect((await follow('a.json#/A', { B: {} }, files)).at).toEqual({
      file: 'api.json',
      pointer: '/components/schemas/B',
    })
  })

  test.each<[string, string, string]>([
    ['nofile.yaml', 'ref-not-found', 'the reference "nofile.yaml" leads to nofile.yaml: there is no such file'],
    ['nofile.yaml#/x', 'ref-not-found', 'the reference "nofile.yaml#/x" leads to nofile.yaml: there is no such file'],
    [
      '../outside/s.json',
      'ref-outside',
      'the reference "../outside/s.json" leads out of the project folder, and is not read',
    ],
    [
      '/outside/s.json',
      'ref-outside',
      'the reference "/outside/s.json" leads out of the project folder, and is not read',
    ],
    [
      '..%2foutside/s.json',
      'ref-outside',
      'the reference "..%2foutside/s.json" leads out of the project folder, and is not read',
    ],
    ['//host/s.json', 'ref-outside', 'the reference "//host/s.json" leads out of the project folder, and is not read'],
    [
      'file:///outside/s.json',
      'ref-invalid',
      'the reference "file:///outside/s.json" names a file: URI that no document of this run has as its $id or $self',
    ],
    ['a%00b', 'ref-invalid', 'the reference "a%00b" is no path'],
  ])('%s is refused', async (reference, code, message) => {
    const problem = await problemOf(() => follow(reference, {}, { '/outside/s.json': {} }))
    expect(problem).toMatchObject({ code, message, place: { file: 'api.json', pointer: `${HOLDER}/$ref` } })
  })

  test.each([
    ['../outside/s.json', '--allow-outside ../outside'],
    ['../out side/s.json', "--allow-outside '../out side'"],
    ['../$(touch x)/s.json', "--allow-outside '../$(touch x)'"],
    ["../a'; touch x; '/s.json", "--allow-outside '../a'\\''; touch x; '\\'''"],
  ])('what to do about %s can be pasted into a shell', async (reference, option) => {
    const problem = await problemOf(() => follow(reference, {}))
    expect(problem.hint).toBe(`copy the file into the project, or allow its folder by ${option}`)
  })

  test('a folder outside is read where it is allowed', async () => {
    const node = await follow('../outside/s.json', {}, { '/outside/s.json': {} }, { allowOutside: ['../outside'] })
    expect(node.at.file).toBe('../outside/s.json')
  })

  test('the folder of the input is not outside', async () => {
    const loaded = await load({
      '/elsewhere/api.json': withSchemas({ A: { $ref: 'b.json' } }),
      '/elsewhere/b.json': {},
    })
    expect(loaded.documents.follow(at(loaded, 'components', 'schemas', 'A')).at.file).toBe('../elsewhere/b.json')
  })

  test('a file that is broken is an error at its own place, and only where it is used', async () => {
    const loaded = await load({ 'api.json': withSchemas({ Holder: { $ref: 'b.json' }, Fine: {} }), 'b.json': '{"a":}' })
    const problem = await problemOf(() => loaded.documents.follow(at(loaded, 'components', 'schemas', 'Holder')))
    expect(problem).toMatchObject({ code: 'syntax', place: { file: 'b.json', line: 1, column: 6 } })
  })

  test('more documents than the limit are refused', async () => {
    const files = { 'b.json': { $ref: 'c.json' }, 'c.json': {} }
    const problem = await problemOf(() => follow('b.json', {}, files, { limits: { documents: 2 } }))
    expect(problem).toMatchObject({ code: 'limit-documents', place: { file: 'b.json', pointer: '/$ref' } })
  })
})

describe('what only looks like a reference', () => {
  test('a property that is called $ref is none', async () => {
    const loaded = await load({ 'api.json': withSchemas({ A: { properties: { $ref: { type: 'string' } } } }) })
    expect(at(loaded, 'components', 'schemas', 'A', 'properties', '$ref').value).toEqual({ type: 'string' })
  })

  test('nothing is read for what stands in examples, defaults and enums', async () => {
    const read: string[] = []
    const data = { $ref: 'secret.json' }
    const schema = {
      default: data,
      example: data,
      examples: [data],
      const: data,
      enum: [data],
      properties: { example: { $ref: 'b.json' } },
    }
    const fileSystem = {
      kindOf: () => 'file' as const,
      realPath: (path: string) => path,
      sizeOf: () => 0,
      read: (path: string) => {
        read.push(path)
        return Buffer.from(JSON.stringify(path.endsWith('api.json') ? withSchemas({ A: schema }) : {}))
      },
    }
    await load({ 'api.json': '' }, { fileSystem })
    expect(read).toEqual(['/project/api.json', '/project/b.json'])
  })
})

describe('names that documents give themselves', () => {
  test('$self names the document', async () => {
    const document = {
      ...withSchemas({
        A: { $ref: 'https://x.example/api/v1.json#/components/schemas/B' },
        C: { $ref: 'v1.json#/components/schemas/B' },
        B: {},
      }),
      $self: 'https://x.example/api/v1.json',
    }
    const loaded = await load({ 'api.json': document })
    for (const name of ['A', 'C']) {
      const node = loaded.documents.follow(at(loaded, 'components', 'schemas', name))
      expect(node.at).toEqual({ file: 'api.json', pointer: '/components/schemas/B' })
    }
  })

  test('$id names a schema, and nothing is fetched', async () => {
    const node = await follow('https://x.example/b#/$defs/C', { B: { $id: 'https://x.example/b', $defs: { C: {} } } })
    expect(node.at.pointer).toBe('/components/schemas/B/$defs/C')
  })
})

describe('links on the disk', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'streamwright-refs-'))
    mkdirSync(join(folder, 'project'))
    mkdirSync(join(folder, 'outside'))
    writeFileSync(join(folder, 'outside/secret.json'), '{"secret":true}')
    symlinkSync('../outside/secret.json', join(folder, 'project/link.json'))
    symlinkSync('../outside', join(folder, 'project/linked'))
    const schemas = withSchemas({ A: { $ref: 'link.json' }, B: { $ref: 'linked/secret.json' } })
    writeFileSync(join(folder, 'project/api.json'), JSON.stringify(schemas))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const loadLinked = (allowOutside: string[]): Promise<Loaded> =>
    load({ 'api.json': '' }, { root: join(folder, 'project'), fileSystem: disk, allowOutside })

  test.each(['A', 'B'])('they do not lead out of the project: %s', async (name) => {
    const loaded = await loadLinked([])
    const problem = await problemOf(() => loaded.documents.follow(at(loaded, 'components', 'schemas', name)))
    expect(problem.code).toBe('ref-outside')
  })

  test('they are followed where the folder is allowed', async () => {
    const loaded = await loadLinked(['../outside'])
    expect(loaded.documents.follow(at(loaded, 'components', 'schemas', 'A')).value).toEqual({ secret: true })
  })
})
