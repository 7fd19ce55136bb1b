import { describe, expect, test } from 'vitest'
import { type Variant, variants } from '../../src/flatten.js'
import { readSchemas } from './documents.js'

const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` })

function flatten(schemas: { readonly [name: string]: unknown }): readonly Variant[] | undefined {
  const { reader, refTo } = readSchemas(schemas)
  return variants(reader.read(refTo('X')), reader)
}

/** Each variant as its fields with the kinds of their types. */
function summary(schemas: { readonly [name: string]: unknown }): unknown {
  return flatten(schemas)?.map(({ fields, open, terminal }) => {
    const parts = [...fields.values()].map(({ name, optional, type }) => {
      return `${name}${optional ? '?' : ''}: ${type.kind === 'literal' ? type.value : type.kind}`
    })
    return [...parts, ...(open ? ['open'] : []), ...(terminal ? ['terminal'] : [])].join(', ')
  })
}

describe('variants', () => {
  test('an object is its own only one', () => {
    expect(summary({ X: { required: ['a'], properties: { a: { type: 'string' }, b: {} } } })).toEqual([
      'a: string, b?: unknown',
    ])
  })

  test('alternatives beside properties are merged with them (TypeSpec)', () => {
    const X = {
      type: 'object',
      properties: { event: { type: 'string' }, data: { type: 'string' } },
      required: ['event'],
      oneOf: [
        {
          properties: {
            event: { const: 'joined' },
            data: { contentMediaType: 'application/json', contentSchema: { type: 'object' } },
          },
        },
        { properties: { data: { contentMediaType: 'text/plain', const: '[done]' } }, 'x-ms-sse-terminal-event': true },
      ],
    }
    expect(summary({ X })).toEqual(['event: joined, data?: embedded', 'event: string, data?: embedded, terminal'])
  })

  test('what one member of allOf requires is required, by way of references too', () => {
    const schemas = {
      X: { allOf: [ref('A'), { required: ['a'] }, ref('B')] },
      A: { properties: { a: ref('Text') } },
      B: { properties: { a: { const: 'x' } } },
      Text: { type: 'string' },
    }
    expect(summary(schemas)).toEqual(['a: x'])
  })

  test('a type keeps its name where the merged type is the same', () => {
    const schemas = {
      X: { allOf: [ref('A'), { required: ['a'] }] },
      A: { properties: { a: ref('Size') } },
      Size: { enum: ['s', 'l'] },
    }
    expect(flatten(schemas)?.[0]?.fields.get('a')?.type).toEqual({
      kind: 'ref',
      id: 'api.json#/components/schemas/Size',
    })
  })

  test('members that are no objects are open', () => {
    expect(
      summary({ X: { anyOf: [{ properties: { a: { type: 'string' } } }, { type: 'null' }, { enum: ['[DONE]'] }] } }),
    ).toEqual(['a?: string', 'open', 'open'])
  })

  test('named members keep their names', () => {
    const found = flatten({
      X: { oneOf: [ref('A'), ref('B')] },
      A: { properties: { a: true } },
      B: { properties: { b: true } },
    })
    expect(found?.map(({ type }) => type)).toEqual([
      { kind: 'ref', id: 'api.json#/components/schemas/A' },
      { kind: 'ref', id: 'api.json#/components/schemas/B' },
    ])
  })

  test('alternatives multiply', () => {
    const choice = (name: string): unknown => ({
      oneOf: [1, 2, 3].map((value) => ({ properties: { [name]: { const: value } } })),
    })
    expect(flatten({ X: { allOf: [choice('a'), choice('b')] } })).toHaveLength(9)
  })

  test('what has no object is none, nor what has too many', () => {
    const wide = (name: string): unknown => ({
      oneOf: Array.from({ length: 100 }, (_, value) => ({ properties: { [name]: { const: value } } })),
    })
    expect(flatten({ X: { anyOf: [{ type: 'string' }, { type: 'array' }] } })).toBeUndefined()
    expect(flatten({ X: { allOf: [wide('a'), wide('b')] } })).toBeUndefined()
  })
})
