import { describe, expect, test } from 'vitest'
import { readSchemas } from './documents.js'

const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` })

function object(kind: unknown): unknown {
  return { type: 'object', required: ['kind'], properties: { kind } }
}

function printUnion(schemas: { readonly [name: string]: unknown }, discriminator: unknown): string {
  const X = { oneOf: Object.keys(schemas).map(ref), discriminator }
  return readSchemas({ ...schemas, X })
    .print('X')
    .join('\n')
    .replace('export type X = ', '')
}

describe('a discriminator tells the members of a union apart', () => {
  const text = { type: 'string' }

  test('by values that the members state themselves', () => {
    const schemas = { Cat: object({ const: 'cat' }), Dog: object({ type: 'string', enum: ['dog'] }) }
    expect(printUnion(schemas, { propertyName: 'kind' })).toBe('Cat | Dog')
    expect(printUnion(schemas, { propertyName: 'kind', mapping: { other: 'Cat' } })).toBe('Cat | Dog')
  })

  test('by the mapping, as reference or as name, where a member takes any text', () => {
    const mapping = { cat: '#/components/schemas/Cat', kitten: 'Cat', dog: 'Dog' }
    expect(printUnion({ Cat: object(text), Dog: object(text) }, { propertyName: 'kind', mapping })).toBe(
      "({ kind: 'cat' | 'kitten' } & Cat) | ({ kind: 'dog' } & Dog)",
    )
  })

  test('by the names of the schemas, where all members take any text and there is no mapping', () => {
    expect(printUnion({ Cat: object(text), Dog: object(text) }, { propertyName: 'kind' })).toBe(
      "({ kind: 'Cat' } & Cat) | ({ kind: 'Dog' } & Dog)",
    )
    expect(printUnion({ Cat: object(text), Dog: object({ const: 'dog' }) }, { propertyName: 'kind' })).toBe('Cat | Dog')
  })

  test('where the field stands in a parent of the member', () => {
    const schemas = { Cat: { allOf: [ref('Pet')] } }
    const X = { oneOf: [ref('Cat')], discriminator: { propertyName: 'kind', mapping: { cat: 'Cat' } } }
    const { print } = readSchemas({ ...schemas, Pet: object(text), X })
    expect(print('X')).toEqual(["export type X = { kind: 'cat' } & Cat"])
  })

  test('and the IR carries the values of the mapping', () => {
    const X = {
      oneOf: [ref('Cat'), ref('Dog')],
      discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', dog: 'Dog' } },
    }
    const { reader } = readSchemas({ X, Cat: object(text), Dog: object(text) })
    const type = reader.read({ value: X, at: { file: 'api.json', pointer: '/components/schemas/X' } })
    expect(type.kind === 'union' ? type.discriminator : undefined).toEqual({
      field: 'kind',
      values: [
        { type: 'api.json#/components/schemas/Cat', value: 'cat' },
        { type: 'api.json#/components/schemas/Dog', value: 'dog' },
      ],
    })
  })
})

describe('a base whose mapping names its subtypes', () => {
  const kind = { type: 'string' }
  const mapping = { cat: '#/components/schemas/Cat', dog: 'Dog' }
  const schemas = {
    Pet: { type: 'object', required: ['kind'], properties: { kind }, discriminator: { propertyName: 'kind', mapping } },
    Cat: { allOf: [ref('Pet'), { type: 'object', properties: { lives: { type: 'integer' } } }] },
    Dog: { allOf: [ref('Pet')], type: 'object', properties: { name: kind } },
    Puppy: { allOf: [ref('Dog')] },
  }

  test('is one of them', () => {
    expect(readSchemas(schemas).print('Pet')).toEqual([
      "export type Pet = ({ kind: 'cat' } & Cat) | ({ kind: 'dog' } & Dog)",
    ])
  })

  test('is in each of them without the others', () => {
    const { print } = readSchemas(schemas)
    expect(print('Cat')).toEqual(['export interface Cat {', '  kind: string', '  lives?: number', '}'])
    expect(print('Dog')).toEqual(['export interface Dog {', '  name?: string', '  kind: string', '}'])
    expect(print('Puppy')).toEqual(['export type Puppy = Dog'])
  })

  test('is in a schema that the mapping does not name without any of them', () => {
    const Fish = { allOf: [ref('Pet'), { type: 'object', properties: { fins: { type: 'integer' } } }] }
    expect(readSchemas({ ...schemas, Fish }).print('Fish')).toEqual([
      'export interface Fish {',
      '  kind: string',
      '  fins?: number',
      '}',
    ])
  })

  test('stays what it is where the mapping names another schema, or none', () => {
    const named = (value: string): string[] => {
      const discriminator = { propertyName: 'kind', mapping: { ...mapping, other: value } }
      return readSchemas({ ...schemas, Other: { type: 'object' }, Pet: { ...schemas.Pet, discriminator } }).print('Pet')
    }
    expect(named('Other')).toEqual(['export interface Pet {', '  kind: string', '}'])
    expect(named('Gone')).toEqual(['export interface Pet {', '  kind: string', '}'])
  })
})
