import { describe, expect, test } from 'vitest'
import { readSchemas } from './documents.js'

describe('directions', () => {
  const schema = {
    required: ['id', 'secret'],
    properties: {
      id: { type: 'string', readOnly: true },
      secret: { type: 'string', writeOnly: true },
      name: { type: 'string' },
    },
  }

  test('an answer lacks what is write-only', () => {
    expect(readSchemas({ X: schema }).print('X', 'response')).toEqual([
      'export interface X {',
      '  id: string',
      '  name?: string',
      '}',
    ])
  })

  test('a request lacks what is read-only, and may state undefined', () => {
    expect(readSchemas({ X: schema }).print('X', 'request')).toEqual([
      'export interface X {',
      '  secret: string',
      '  name?: string | undefined',
      '}',
    ])
  })

  test('an object of which nothing is left takes any object', () => {
    const X = { properties: { id: { type: 'string', readOnly: true } } }
    expect(readSchemas({ X }).print('X', 'request')).toEqual(['export type X = Record<string, unknown>'])
  })

  test('readOnly counts where the property only refers to it', () => {
    const Id = { type: 'string', readOnly: true }
    const X = { properties: { id: { $ref: '#/components/schemas/Id' }, a: { type: 'string' } } }
    expect(readSchemas({ X, Id }).print('X', 'request')).toEqual([
      'export interface X {',
      '  a?: string | undefined',
      '}',
    ])
  })
})

describe('octets inside of a type', () => {
  const X = { properties: { file: { type: 'string', format: 'binary' } } }

  test('are text in an answer, which is JSON', () => {
    expect(readSchemas({ X }).print('X', 'response')).toEqual(['export interface X {', '  file?: string', '}'])
  })

  test('are text in a request of JSON', () => {
    expect(readSchemas({ X }).print('X', 'request')).toEqual([
      'export interface X {',
      '  file?: string | undefined',
      '}',
    ])
  })

  test('are a Blob in a form', () => {
    expect(readSchemas({ X }).print('X', 'form')).toEqual(['export interface X {', '  file?: Blob | undefined', '}'])
  })
})

describe('words', () => {
  test('description, facts and deprecation stand above the field', () => {
    const at = {
      type: 'string',
      format: 'date-time',
      description: 'When.\r\nIn UTC.',
      default: 'now',
      deprecated: true,
    }
    const n = { anyOf: [{ type: 'integer', minimum: 1, maximum: 9, description: 'How many.' }, { type: 'null' }] }
    expect(readSchemas({ X: { description: 'All of it.', properties: { at, n } } }).print('X')).toEqual([
      '/** All of it. */',
      'export interface X {',
      '  /**',
      '   * When.',
      '   * In UTC.',
      '   *',
      '   * @default "now"',
      '   * @format date-time',
      '   * @deprecated',
      '   */',
      '  at?: string',
      '  /**',
      '   * How many.',
      '   *',
      '   * @minimum 1',
      '   * @maximum 9',
      '   */',
      '  n?: number | null',
      '}',
    ])
  })

  test('a union beyond one line has a member on each', () => {
    const names = Array.from({ length: 5 }, (_, index) => `a_value_that_is_long_${index}`)
    expect(readSchemas({ X: { enum: names } }).print('X')).toEqual([
      'export type X =',
      "  | 'a_value_that_is_long_0'",
      "  | 'a_value_that_is_long_1'",
      "  | 'a_value_that_is_long_2'",
      "  | 'a_value_that_is_long_3'",
      "  | 'a_value_that_is_long_4'",
    ])
  })
})

describe('time', () => {
  test('objects inside one another are printed once on each level', () => {
    let schema: unknown = { type: 'string', description: 'The last one.' }
    for (let depth = 0; depth < 24; depth++) schema = { anyOf: [{ properties: { a: schema } }, { type: 'null' }] }
    const lines = readSchemas({ X: schema }).print('X', 'request')
    expect(lines).toHaveLength(123)
  })

  test('schemas that are all part of one another end', () => {
    const names = Array.from({ length: 40 }, (_, index) => `S${index}`)
    const allOf = names.map((name) => ({ $ref: `#/components/schemas/${name}` }))
    const schemas = Object.fromEntries(
      names.map((name) => [name, { allOf, properties: { [name]: { type: 'string' } } }]),
    )
    const { print } = readSchemas(schemas)
    expect(print('S0')).toHaveLength(42)
  })
})
