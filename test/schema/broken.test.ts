import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/diagnostics.js'
import { printType } from '../../src/emit/print-type.js'
import { readSchemas } from './documents.js'

/** Code and pointer of the error that reading and printing a schema ends in. */
function failure(schema: unknown, limits = {}): string {
  try {
    readSchemas({ X: schema }, limits).print('X')
  } catch (error) {
    if (error instanceof InputError) return `${error.problem.code} ${error.problem.place?.pointer?.slice(21)}`
    throw error
  }
  return 'read'
}

describe('a broken schema is an error with its place', () => {
  test.each([
    ['an array for a schema', { properties: { a: [] } }, 'schema-shape /properties/a'],
    ['null for a schema', { items: null }, 'schema-shape /items'],
    ['a number for a schema', { additionalProperties: 3 }, 'schema-shape /additionalProperties'],
    ['an unknown type', { properties: { a: { type: 'text' } } }, 'schema-type /properties/a/type'],
    ['YAML null for a type', { type: null }, 'schema-type /type'],
    ['an unknown type among others', { type: ['string', 'text'] }, 'schema-type /type'],
    ['no type at all among the types', { type: [] }, 'schema-type /type'],
    ['an object for a type', { type: { a: 1 } }, 'schema-type /type'],
    ['properties that are a list', { properties: [] }, 'schema-shape /properties'],
    ['required that is a name', { required: 'a' }, 'schema-shape /required'],
    ['required with what is no name', { required: ['a', {}] }, 'schema-shape /required/1'],
    ['an enum that is no list', { enum: 'a' }, 'schema-shape /enum'],
    ['anyOf that is no list', { anyOf: {} }, 'schema-shape /anyOf'],
    ['a reference that is no text', { oneOf: [{ $ref: 42 }] }, 'ref-invalid /oneOf/0/$ref'],
    ['a reference to itself', { items: { $ref: '#/components/schemas/X/items' } }, 'schema-cycle /items'],
    ['the boolean required of draft 3 is passed over', { properties: { a: { required: true } } }, 'read'],
  ])('%s', (_, schema, expected) => {
    expect(failure(schema)).toBe(expected)
  })

  test('an enum beyond the limit names the limit', () => {
    expect(failure({ enum: [1, 2, 3] }, { enumMembers: 2 })).toBe('limit-enum-members /enum')
  })

  test('compositions beyond the limit name the limit', () => {
    let schema: unknown = { type: 'string' }
    for (let depth = 0; depth < 60; depth++) schema = { anyOf: [schema, { type: 'null' }] }
    expect(failure(schema, { depth: 50 })).toMatch(/^limit-depth /)
    expect(failure(schema)).toBe('read')
  })

  test('a chain of schemas that are part of one another names the limit', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [
        `S${index}`,
        { anyOf: [{ $ref: `#/components/schemas/S${index + 1}` }, { type: 'null' }] },
      ]),
    )
    const { print } = readSchemas({ ...chain, S10000: { type: 'string' } })
    expect(() => print('S0')).toThrow(/"referenceHops" of 100/)
  })

  test('a chain of references names the limit', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`S${index}`, { $ref: `#/components/schemas/S${index + 1}` }]),
    )
    const { print } = readSchemas({ ...chain, S10000: { type: 'string' } })
    expect(() => print('S0')).toThrow(/"referenceHops" of 100/)
  })
})

describe('what the types cannot carry is a warning with its place', () => {
  test.each([
    ['a schema that asserts and has no type', { minLength: 1 }, 'schema-empty /components/schemas/X'],
    [
      'a mapping that leads nowhere',
      { oneOf: [{ type: 'object' }], discriminator: { propertyName: 't', mapping: { a: 'Gone' } } },
      'discriminator-mapping /components/schemas/X/discriminator/mapping/a',
    ],
    [
      'a huge value in an enum',
      { enum: [Array.from({ length: 200 }, () => 1)] },
      'schema-enum /components/schemas/X/enum/0',
    ],
  ])('%s', (_, schema, expected) => {
    const { print, warnings } = readSchemas({ X: schema })
    print('X')
    expect(warnings.map(({ code, place }) => `${code} ${place?.pointer}`)).toEqual([expected])
  })

  test('nothing is said of a schema that says nothing', () => {
    const { print, warnings } = readSchemas({ X: { description: 'Anything.', properties: { a: {} } } })
    print('X')
    expect(warnings).toEqual([])
  })
})

describe('recursion', () => {
  test('by way of fields, items and maps is kept', () => {
    const ref = { $ref: '#/components/schemas/Tree' }
    const properties = {
      kids: { type: 'array', items: ref },
      parent: { anyOf: [ref, { type: 'null' }] },
      byName: { type: 'object', additionalProperties: ref },
    }
    expect(readSchemas({ Tree: { properties } }).print('Tree')).toEqual([
      'export interface Tree {',
      '  kids?: Tree[]',
      '  parent?: Tree | null',
      '  byName?: Record<string, Tree>',
      '}',
    ])
  })

  test('a map in an alias that refers to itself has an index signature, which TypeScript resolves late', () => {
    const ref = { $ref: '#/components/schemas/Json' }
    const Json = { anyOf: [{ type: 'string' }, { type: 'array', items: ref }, { additionalProperties: ref }] }
    expect(readSchemas({ Json }).print('Json')).toEqual([
      'export type Json = string | Json[] | { [key: string]: Json }',
    ])
  })

  test('a union that contains itself is unknown there, whichever member is read first', () => {
    const schemas = {
      A: { anyOf: [{ $ref: '#/components/schemas/B' }, { type: 'string' }] },
      B: { anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'number' }] },
    }
    const first = readSchemas(schemas)
    expect([first.print('A'), first.print('B')]).toEqual([['export type A = unknown'], ['export type B = unknown']])
    expect(first.warnings.map(({ code, place }) => `${code} ${place?.pointer}`)).toEqual([
      'schema-cycle /components/schemas/A/anyOf/0',
      'schema-cycle /components/schemas/B/anyOf/0',
    ])
    const second = readSchemas(schemas)
    expect([second.print('B'), second.print('A')]).toEqual([['export type B = unknown'], ['export type A = unknown']])
  })

  test('allOf in a circle keeps what each part says', () => {
    const schemas = {
      A: { allOf: [{ $ref: '#/components/schemas/B' }] },
      B: { allOf: [{ $ref: '#/components/schemas/A' }, { properties: { x: { type: 'string' } } }] },
    }
    const { print, warnings } = readSchemas(schemas)
    expect(print('A')).toEqual(['export interface A {', '  x?: string', '}'])
    expect(print('B')).toEqual(['export interface B {', '  x?: string', '}'])
    expect(warnings.map(({ code }) => code)).toContain('schema-cycle')
  })

  test('a parent that lists its children, which extend it, is taken apart', () => {
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
    const schemas = {
      Pet: { required: ['kind'], properties: { kind: { type: 'string' } }, oneOf: [ref('Cat'), ref('Dog')] },
      Cat: { allOf: [ref('Pet'), { properties: { lives: { type: 'number' } } }] },
      Dog: { allOf: [ref('Pet'), { properties: { tricks: { type: 'array', items: { type: 'string' } } } }] },
    }
    const { print, warnings } = readSchemas(schemas)
    expect(print('Pet')).toEqual(['export type Pet = { kind: string } & (Cat | Dog)'])
    expect(print('Cat')).toEqual(['export interface Cat {', '  kind: string', '  lives?: number', '}'])
    expect(warnings).toEqual([])
  })

  test('$dynamicRef and $recursiveRef lead to the schema around them', () => {
    const schemas = {
      A: { $dynamicAnchor: 'node', properties: { kids: { items: { $dynamicRef: '#node' } } } },
      B: { $recursiveAnchor: true, properties: { kids: { items: { $recursiveRef: '#' } } } },
    }
    const { print } = readSchemas(schemas)
    expect(print('A')).toEqual(['export interface A {', '  kids?: A[]', '}'])
    expect(print('B')).toEqual(['export interface B {', '  kids?: B[]', '}'])
  })

  test('a thousand objects inside one another become declarations of a few levels each', () => {
    let schema: unknown = { type: 'string' }
    for (let depth = 0; depth < 1000; depth++) schema = { type: 'object', properties: { a: schema } }
    const { reader, refTo } = readSchemas({ X: schema })
    let type = reader.read(refTo('X'))
    let declarations = 0
    for (let depth = 0; depth < 1000; depth++) {
      if (type.kind === 'ref') declarations += 1
      const object = type.kind === 'ref' ? reader.get(type.id).type : type
      const field = object.kind === 'object' ? object.fields[0] : undefined
      if (field === undefined) throw new Error(`no field at depth ${depth}`)
      type = field.type
    }
    expect(declarations).toBe(40)
    expect(printType(type, { nameOf: () => 'X', indent: 0, direction: 'response' })).toBe('string')
  })
})
