import { describe, expect, test } from 'vitest'
import { at, load } from './loading.js'
import { loadOperation, operationOf, ROOT, writtenAt } from './swagger.js'

describe('parameters', () => {
  test('in the query get a schema and a style', async () => {
    const loaded = await loadOperation({
      parameters: [
        { name: 'a', in: 'query', type: 'array', items: { type: 'string' } },
        { name: 'b', in: 'query', type: 'array', collectionFormat: 'multi', items: { type: 'string' } },
        { name: 'c', in: 'query', type: 'array', collectionFormat: 'pipes', items: { type: 'string' } },
        { name: 'd', in: 'query', type: 'integer', default: 3, enum: [3, 4] },
      ],
    })
    expect(operationOf(loaded, 'parameters')).toEqual([
      { name: 'a', in: 'query', style: 'form', explode: false, schema: { type: 'array', items: { type: 'string' } } },
      { name: 'b', in: 'query', style: 'form', explode: true, schema: { type: 'array', items: { type: 'string' } } },
      {
        name: 'c',
        in: 'query',
        style: 'pipeDelimited',
        explode: false,
        schema: { type: 'array', items: { type: 'string' } },
      },
      { name: 'd', in: 'query', schema: { type: 'integer', default: 3, enum: [3, 4] } },
    ])
  })

  test('with a format that OpenAPI 3 cannot write are reported', async () => {
    const { warnings } = await loadOperation({
      parameters: [{ name: 'a', in: 'query', type: 'array', collectionFormat: 'tsv', items: { type: 'string' } }],
    })
    expect(warnings).toMatchObject([
      { code: 'collection-format', place: { file: 'api.json', pointer: '/paths/~1a/get/parameters/0' } },
    ])
  })

  test('that are shared are found by their new name', async () => {
    const loaded = await loadOperation(
      { parameters: [{ $ref: '#/parameters/Limit' }] },
      { parameters: { Limit: { name: 'limit', in: 'query', type: 'integer' } } },
    )
    const node = loaded.documents.follow(at(loaded, 'paths', '/a', 'get', 'parameters', 0))
    expect(node.value).toEqual({ name: 'limit', in: 'query', schema: { type: 'integer' } })
    expect(writtenAt(loaded, `${node.at.pointer}/schema`)).toBe('/parameters/Limit')
  })
})

describe('bodies', () => {
  const body = { name: 'b', in: 'body', required: true, description: 'd', schema: { type: 'object' } }
  const limit = { name: 'limit', in: 'query', type: 'integer' }

  test('become a request body of what the operation consumes', async () => {
    const loaded = await loadOperation(
      { consumes: ['application/xml'], parameters: [body, limit] },
      { consumes: ['text/csv'] },
    )
    expect(operationOf(loaded, 'requestBody')).toEqual({
      required: true,
      description: 'd',
      content: { 'application/xml': { schema: { type: 'object' } } },
    })
    expect(operationOf(loaded, 'parameters')).toEqual([{ name: 'limit', in: 'query', schema: { type: 'integer' } }])
    const base = '/paths/~1a/get'
    expect(writtenAt(loaded, `${base}/requestBody/content/application~1xml/schema/type`)).toBe(
      `${base}/parameters/0/schema/type`,
    )
    expect(writtenAt(loaded, `${base}/parameters/0/schema`)).toBe(`${base}/parameters/1`)
  })

  test('are JSON where nothing is consumed', async () => {
    const loaded = await loadOperation({ parameters: [body] })
    expect(operationOf(loaded, 'requestBody', 'content')).toEqual({
      'application/json': { schema: { type: 'object' } },
    })
  })

  test('that are shared stand in the operation', async () => {
    const loaded = await loadOperation({ parameters: [{ $ref: '#/parameters/Body' }] }, { parameters: { Body: body } })
    expect(operationOf(loaded, 'requestBody', 'content')).toEqual({
      'application/json': { schema: { type: 'object' } },
    })
    expect(operationOf(loaded, 'parameters')).toBeUndefined()
    expect(writtenAt(loaded, '/paths/~1a/get/requestBody/required')).toBe('/parameters/Body/required')
  })

  test('of the path hold for its operations', async () => {
    const loaded = await load({
      'api.json': { ...ROOT, paths: { '/a': { parameters: [body], get: {}, post: { parameters: [] } } } },
    })
    expect(operationOf(loaded, 'requestBody', 'required')).toBe(true)
    expect(at(loaded, 'paths', '/a', 'post', 'requestBody', 'required').value).toBe(true)
  })
})

describe('forms', () => {
  test('keep all that their fields declare', async () => {
    const loaded = await loadOperation({
      consumes: ['application/x-www-form-urlencoded'],
      parameters: [
        { name: 'tags', in: 'formData', type: 'array', collectionFormat: 'multi', items: { type: 'string' } },
        {
          name: 'size',
          in: 'formData',
          type: 'integer',
          enum: [1, 2],
          default: 1,
          required: true,
          description: 'how big',
        },
      ],
    })
    expect(operationOf(loaded, 'requestBody')).toEqual({
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: {
            type: 'object',
            required: ['size'],
            properties: {
              tags: { type: 'array', items: { type: 'string' } },
              size: { type: 'integer', enum: [1, 2], default: 1, description: 'how big' },
            },
          },
          encoding: { tags: { style: 'form', explode: true } },
        },
      },
    })
  })

  test('with a file are multipart', async () => {
    const loaded = await loadOperation({
      consumes: ['application/x-www-form-urlencoded', 'multipart/form-data'],
      parameters: [{ name: 'f', in: 'formData', type: 'file' }],
    })
    expect(operationOf(loaded, 'requestBody', 'content')).toEqual({
      'multipart/form-data': {
        schema: { type: 'object', required: [], properties: { f: { type: 'string', format: 'binary' } } },
      },
    })
    expect(
      writtenAt(loaded, '/paths/~1a/get/requestBody/content/multipart~1form-data/schema/properties/f/format'),
    ).toBe('/paths/~1a/get/parameters/0/format')
  })
})
