import { describe, expect, test } from 'vitest'
import { readSchemas } from './documents.js'

type Row = readonly [name: string, schema: unknown, expected: string]

/** Schemas beside the one under test, for references. */
const others = {
  Cat: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
  Size: { type: 'string', enum: ['s', 'l'] },
  Maybe: { type: 'string', nullable: true },
  Keys: { enum: ['a', 'b'] },
}

function print(schema: unknown): string {
  return readSchemas({ ...others, X: schema })
    .print('X')
    .join('\n')
    .replace(/^export (type X = )?/, '')
}

function rows(title: string, table: readonly Row[]): void {
  describe(title, () => {
    test.each(table)('%s', (_, schema, expected) => {
      expect(print(schema)).toBe(expected)
    })
  })
}

describe('octets in a form', () => {
  test.each([
    ['format binary', { type: 'string', format: 'binary' }],
    ['a format of binary alone', { format: 'binary' }],
    ['the file of Swagger 2.0', { type: 'file' }],
    ['content of a binary media type', { type: 'string', contentMediaType: 'image/png' }],
  ])('as %s are a Blob', (_, schema) => {
    expect(readSchemas({ X: schema }).print('X', 'form')).toEqual(['export type X = Blob'])
  })
})

rows('scalars', [
  ['a string', { type: 'string' }, 'string'],
  [
    'an integer of 64 bits is a number, with its format beside it',
    { type: 'integer', format: 'int64' },
    '/** @format int64 */\nexport type X = number',
  ],
  ['a boolean', { type: 'boolean' }, 'boolean'],
  ['the int-or-string of Kubernetes', { type: 'string', format: 'int-or-string' }, 'number | string'],
  ['null', { type: 'null' }, 'null'],
  ['several types', { type: ['null', 'string', 'integer'] }, 'string | number | null'],
  ['nothing said is unknown', {}, 'unknown'],
  ['true is unknown', true, 'unknown'],
  ['false is never', false, 'never'],
  [
    'base64 in a string stays a string',
    { type: 'string', format: 'byte' },
    '/** @format byte */\nexport type X = string',
  ],
  [
    'encoded content stays a string',
    { type: 'string', contentEncoding: 'base64', contentMediaType: 'image/png' },
    'string',
  ],
  [
    'JSON inside a string is a string',
    { contentMediaType: 'application/json', contentSchema: { type: 'number' } },
    'string',
  ],
  ['a fixed text of a media type is that text', { const: '[done]', contentMediaType: 'text/plain' }, "'[done]'"],
])

rows('values', [
  ['enum', { type: 'string', enum: ['a', "b'c"] }, "'a' | 'b\\'c'"],
  ['enum of mixed values, null last', { enum: [null, 1, 'a', true] }, "1 | 'a' | true | null"],
  ['enum of true and false', { enum: [true, false] }, 'boolean'],
  ['enum with doubles', { enum: ['a', 'a'] }, "'a'"],
  ['enum of arrays and objects', { enum: [[1, 'x'], { a: { b: null } }] }, "[1, 'x'] | { a: { b: null } }"],
  ['nullable enum that does not list null', { type: 'string', nullable: true, enum: ['a'] }, "'a' | null"],
  ['null among the types and not in the enum', { type: ['string', 'null'], enum: ['a'] }, "'a' | null"],
  ['const', { const: 'a' }, "'a'"],
  ['const of null', { const: null }, 'null'],
  [
    'numbers at the edges',
    JSON.parse('{"enum":[-0,12345678901234567890,1e21,-1.5]}'),
    '-0 | 12345678901234567000 | 1e+21 | -1.5',
  ],
  ['a number that JSON cannot hold', { enum: [Number.POSITIVE_INFINITY, 'a'] }, "number | 'a'"],
  ['an empty enum says nothing', { type: 'string', enum: [] }, 'string'],
])

rows('null', [
  ['nullable beside a type', { type: 'string', nullable: true }, 'string | null'],
  ['nullable beside a reference', { $ref: '#/components/schemas/Cat', nullable: true }, 'Cat | null'],
  ['nullable around allOf', { nullable: true, allOf: [{ $ref: '#/components/schemas/Cat' }] }, 'Cat | null'],
  ['x-nullable', { type: 'string', 'x-nullable': true }, 'string | null'],
  ['anyOf with null', { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/Cat' }] }, 'Cat | null'],
  ['nullable alone says nothing', { nullable: true }, 'unknown'],
])

rows('arrays', [
  ['items', { type: 'array', items: { type: 'string' } }, 'string[]'],
  ['items that are a union', { type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
  ['no items', { type: 'array' }, 'unknown[]'],
  ['no type', { items: { $ref: '#/components/schemas/Cat' } }, 'Cat[]'],
  [
    'a closed tuple',
    { prefixItems: [{ type: 'string' }, { type: 'number' }], items: false, minItems: 2 },
    '[string, number]',
  ],
  [
    'a tuple that may end early',
    { prefixItems: [{ type: 'string' }, { enum: [1, 2] }], items: false, minItems: 1 },
    '[string, (1 | 2)?]',
  ],
  [
    'a tuple and more',
    { prefixItems: [{ type: 'string' }], minItems: 1, items: { type: ['number', 'null'] } },
    '[string, ...(number | null)[]]',
  ],
  ['a tuple whose rest is not described', { prefixItems: [{ type: 'string' }], minItems: 1 }, '[string, ...unknown[]]'],
  ['a tuple closed by maxItems', { prefixItems: [{ type: 'string' }], minItems: 1, maxItems: 1 }, '[string]'],
  [
    'the tuple before 2020-12',
    { type: 'array', items: [{ type: 'string' }], additionalItems: false, minItems: 1 },
    '[string]',
  ],
])

rows('objects', [
  ['no properties', { type: 'object' }, 'interface X {\n  [key: string]: unknown\n}'],
  [
    'required and optional',
    { required: ['a'], properties: { a: { type: 'string' }, b: {} } },
    'interface X {\n  a: string\n  b?: unknown\n}',
  ],
  ['a required name without a property', { type: 'object', required: ['a'] }, 'interface X {\n  a: unknown\n}'],
  [
    'names that are no identifiers',
    { properties: { 'a-b': true, "it's": true, 1: true, class: true } },
    "interface X {\n  '1'?: unknown\n  'a-b'?: unknown\n  'it\\'s'?: unknown\n  class?: unknown\n}",
  ],
  [
    'names that every object has',
    JSON.parse('{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}'),
    'interface X {\n  __proto__?: string\n  constructor?: string\n}',
  ],
  ['a property that is called $ref', { properties: { $ref: { type: 'string' } } }, 'interface X {\n  $ref?: string\n}'],
  ['a map', { type: 'object', additionalProperties: { type: 'string' } }, 'interface X {\n  [key: string]: string\n}'],
  [
    'a map in a field',
    { properties: { a: { type: 'object', additionalProperties: { type: 'string' } } } },
    'interface X {\n  a?: Record<string, string>\n}',
  ],
  ['no members at all', { type: 'object', additionalProperties: false }, 'Record<string, never>'],
  ['closed', { properties: { a: { type: 'string' } }, additionalProperties: false }, 'interface X {\n  a?: string\n}'],
  [
    'open to anything',
    { properties: { a: { type: 'string' } }, additionalProperties: true },
    'interface X {\n  a?: string\n  [key: string]: unknown\n}',
  ],
  [
    'open to a type that the fields are not of',
    {
      required: ['b'],
      properties: { a: { type: 'string' }, b: { enum: ['x', 'y'] } },
      additionalProperties: { type: 'number' },
    },
    "interface X {\n  a?: string\n  b: 'x' | 'y'\n  [key: string]: number | string | 'x' | 'y' | undefined\n}",
  ],
  [
    'patterns',
    { patternProperties: { '^x-': { type: 'string' }, '^y': { type: 'number' } }, additionalProperties: false },
    'interface X {\n  [key: string]: string | number\n}',
  ],
  [
    'unevaluatedProperties',
    { properties: { a: { type: 'string' } }, unevaluatedProperties: { type: 'string' } },
    'interface X {\n  a?: string\n  [key: string]: string | undefined\n}',
  ],
  [
    'listed keys',
    { type: 'object', propertyNames: { enum: ['a', 'b'] }, additionalProperties: { type: 'number' } },
    'interface X {\n  a?: number\n  b?: number\n}',
  ],
  [
    'keys listed elsewhere',
    { type: 'object', propertyNames: { $ref: '#/components/schemas/Keys' } },
    'interface X {\n  a?: unknown\n  b?: unknown\n}',
  ],
  [
    'a short object in a field stands on one line',
    { properties: { a: { properties: { b: { type: 'string' } } } } },
    'interface X {\n  a?: { b?: string }\n}',
  ],
])

// As text: an object literal with a `then` is taken for a promise by the linter.
rows('conditions', [
  [
    'fields under them may be there',
    JSON.parse(`{
      "required": ["kind"], "properties": { "kind": { "enum": ["a", "b"] } },
      "if": { "properties": { "kind": { "const": "a" } } },
      "then": { "properties": { "x": { "type": "string" }, "kind": { "const": "a" } }, "required": ["x"] },
      "else": { "if": {}, "then": { "properties": { "x": { "type": "number" } } } },
      "dependentSchemas": { "x": { "$ref": "#/components/schemas/Cat" } },
      "unevaluatedProperties": false
    }`),
    "interface X {\n  kind: 'a' | 'b'\n  x?: string | number\n  name?: string\n}",
  ],
  [
    'alone, in allOf',
    JSON.parse(`{ "allOf": [
      { "properties": { "a": { "type": "string" } } }, { "if": {}, "then": { "properties": { "b": { "type": "number" } } } }
    ] }`),
    'interface X {\n  a?: string\n  b?: number\n}',
  ],
  [
    'by reference',
    JSON.parse('{ "if": {}, "then": { "$ref": "#/components/schemas/Cat" } }'),
    'interface X {\n  name?: string\n}',
  ],
  ['that describe no object', JSON.parse('{ "if": {}, "then": { "$ref": "#/components/schemas/Size" } }'), 'unknown'],
  [
    'where nothing but the properties may be there',
    JSON.parse('{ "properties": { "a": {} }, "additionalProperties": false, "then": { "properties": { "b": {} } } }'),
    'interface X {\n  a?: unknown\n}',
  ],
])

rows('compositions', [
  ['allOf of one', { allOf: [{ $ref: '#/components/schemas/Cat' }] }, 'Cat'],
  [
    'allOf with more fields',
    { allOf: [{ $ref: '#/components/schemas/Cat' }, { properties: { age: { type: 'number' } } }] },
    'Cat & { age?: number }',
  ],
  [
    'allOf of objects in place is one object',
    {
      allOf: [{ properties: { a: { type: 'string' } } }, { required: ['a'], properties: { b: { type: 'number' } } }],
    },
    'interface X {\n  a: string\n  b?: number\n}',
  ],
  ['allOf of a string and its values', { allOf: [{ type: 'string' }, { enum: ['a', 'b'] }] }, "'a' | 'b'"],
  [
    'what allOf only requires has the type that is described beside it',
    { allOf: [{ $ref: '#/components/schemas/Cat' }, { required: ['name'] }] },
    'Cat & { name: string }',
  ],
  [
    'siblings of a reference',
    { $ref: '#/components/schemas/Cat', properties: { age: { type: 'number' } } },
    '{ age?: number } & Cat',
  ],
  ['type: object beside a reference says nothing', { $ref: '#/components/schemas/Cat', type: 'object' }, 'Cat'],
  [
    'oneOf',
    { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: 'string' }, { $ref: '#/components/schemas/Cat' }] },
    'Cat | string',
  ],
  ['a type around alternatives without one', { type: 'string', anyOf: [{ enum: ['a'] }, {}] }, "'a' | string"],
  [
    'alternatives of what is required',
    {
      properties: { a: { type: 'string' }, b: { type: 'number' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    '{ a?: string; b?: number } & ({ a: string } | { b: number })',
  ],
  ['an alternative that allows everything', { anyOf: [{ type: 'string' }, {}] }, 'unknown'],
  ['not is passed over', { type: 'string', not: { enum: ['a'] } }, 'string'],
])
