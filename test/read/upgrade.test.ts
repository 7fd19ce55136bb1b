import { describe, expect, test } from 'vitest'
import { at, load, problemOf } from './loading.js'
import { loadOperation, operationOf, ROOT, writtenAt } from './swagger.js'

describe('replies', () => {
  const ok = { description: 'ok', schema: { $ref: '#/definitions/A' } }
  const root = { produces: ['application/json', 'text/plain'], definitions: { A: { type: 'object' } } }
  const schema = { $ref: '#/components/schemas/A' }

  test("have the operation's own media types before those of the document", async () => {
    const loaded = await loadOperation({ produces: ['text/event-stream'], responses: { 200: ok } }, root)
    expect(operationOf(loaded, 'responses')).toEqual({
      200: { description: 'ok', content: { 'text/event-stream': { schema } } },
    })
  })

  test("have the document's media types, marked, where the operation has none", async () => {
    const loaded = await loadOperation({ responses: { 200: ok } }, root)
    expect(operationOf(loaded, 'responses', 200, 'content')).toEqual({
      'application/json': { schema, 'x-streamwright-inherited': true },
      'text/plain': { schema, 'x-streamwright-inherited': true },
    })
  })

  test('have any media type where an empty list clears those of the document', async () => {
    const loaded = await loadOperation({ produces: [], responses: { 200: ok } }, root)
    expect(operationOf(loaded, 'responses', 200, 'content')).toEqual({ '*/*': { schema } })
  })

  test('keep their media types without a schema', async () => {
    const loaded = await loadOperation({
      produces: ['application/octet-stream'],
      responses: { 200: { description: 'x' } },
    })
    expect(operationOf(loaded, 'responses')).toEqual({
      200: { description: 'x', content: { 'application/octet-stream': { 'x-streamwright-bare': true } } },
    })
  })

  test('have no content where there is neither a media type nor a schema', async () => {
    const loaded = await loadOperation({ responses: { 204: { description: 'x', 'x-own': 1 } } })
    expect(operationOf(loaded, 'responses')).toEqual({ 204: { description: 'x', 'x-own': 1 } })
  })

  test('that are shared get the media types of each operation', async () => {
    const loaded = await loadOperation(
      { produces: ['text/csv'], responses: { 200: { $ref: '#/responses/Shared' } } },
      { ...root, responses: { Shared: ok } },
    )
    expect(operationOf(loaded, 'responses', 200)).toEqual({ description: 'ok', content: { 'text/csv': { schema } } })
    expect(writtenAt(loaded, '/paths/~1a/get/responses/200/content/text~1csv/schema')).toBe('/responses/Shared/schema')
  })

  test('of files are octets', async () => {
    const loaded = await loadOperation({ produces: ['image/png'], responses: { 200: { schema: { type: 'file' } } } })
    expect(operationOf(loaded, 'responses', 200, 'content', 'image/png', 'schema')).toEqual({
      type: 'string',
      format: 'binary',
    })
  })

  test('keep the types of their headers', async () => {
    const headers = { 'X-Next': { type: 'string', description: 'more' } }
    const loaded = await loadOperation({ responses: { 200: { description: 'ok', headers } } })
    expect(operationOf(loaded, 'responses', 200, 'headers')).toEqual({
      'X-Next': { description: 'more', schema: { type: 'string' } },
    })
  })
})

describe('the root', () => {
  test.each<[object, unknown]>([
    [
      { host: 'x.example', basePath: '/v1', schemes: ['http', 'https'] },
      [{ url: 'http://x.example/v1' }, { url: 'https://x.example/v1' }],
    ],
    [{ host: 'x.example' }, [{ url: 'https://x.example' }]],
    [{ host: 'x.example', basePath: '/' }, [{ url: 'https://x.example' }]],
    [{ host: 'x.example', schemes: ['wss', 'https'] }, [{ url: 'https://x.example' }]],
    [{ basePath: '/v1' }, [{ url: '/v1' }]],
    [{ schemes: ['https'] }, undefined],
    [{}, undefined],
  ])('%j gives the servers', async (root, servers) => {
    expect(at(await loadOperation({}, root), 'servers').value).toEqual(servers)
  })

  test('security, definitions and extensions have their new places', async () => {
    const loaded = await loadOperation(
      { 'x-own': { a: 1 } },
      {
        'x-root': true,
        securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X' }, basic: { type: 'basic' } },
        definitions: {
          A: {
            type: 'object',
            'x-nullable': true,
            'x-own': 1,
            discriminator: 'kind',
            properties: { b: { $ref: '#/definitions/A' } },
          },
        },
      },
    )
    expect(operationOf(loaded, 'x-own')).toEqual({ a: 1 })
    expect(at(loaded, 'x-root').value).toBe(true)
    expect(at(loaded, 'components', 'securitySchemes').value).toEqual({
      key: { type: 'apiKey', in: 'header', name: 'X' },
      basic: { type: 'http', scheme: 'basic' },
    })
    expect(at(loaded, 'components', 'schemas', 'A').value).toMatchObject({
      nullable: true,
      'x-own': 1,
      discriminator: { propertyName: 'kind' },
      properties: { b: { $ref: '#/components/schemas/A' } },
    })
    expect(writtenAt(loaded, '/components/schemas/A/properties/b')).toBe('/definitions/A/properties/b')
    expect(writtenAt(loaded, '/paths/~1a/get')).toBe('/paths/~1a/get')
  })

  test('own keys such as __proto__ stay what they are', async () => {
    const text = `{"swagger":"2.0","paths":{"/a":{"get":{}}},"definitions":{"A":{"properties":{"__proto__":{"type":"string"}}}}}`
    const loaded = await load({ 'api.json': text })
    const properties = at(loaded, 'components', 'schemas', 'A', 'properties')
    expect(at(loaded, 'components', 'schemas', 'A', 'properties', '__proto__').value).toEqual({ type: 'string' })
    expect(Object.getPrototypeOf(properties.value)).toBe(Object.prototype)
  })

  test('a reference to nothing is named as it was written', async () => {
    const loaded = await loadOperation({ x: { $ref: '#/definitions/Gone' } }, { definitions: {} })
    const problem = await problemOf(() => loaded.documents.follow(at(loaded, 'paths', '/a', 'get', 'x')))
    expect(problem.message).toBe('the reference "#/definitions/Gone" leads to nothing')
  })

  test('other files may use the names of 2.0', async () => {
    const files = { 'b.json': { $ref: 'api.json#/definitions/A' } }
    const document = { ...ROOT, paths: {}, definitions: { A: { type: 'string' }, B: { $ref: 'b.json' } } }
    const loaded = await load({ 'api.json': document, ...files })
    expect(loaded.documents.follow(at(loaded, 'components', 'schemas', 'B')).value).toEqual({ type: 'string' })
  })
})

describe('broken shapes', () => {
  test.each<[object, string]>([
    [{ produces: 'text/csv' }, '/paths/~1a/get/produces'],
    [{ consumes: [1] }, '/paths/~1a/get/consumes/0'],
  ])('%j in an operation is refused with its place', async (operation, pointer) => {
    expect(await problemOf(() => loadOperation(operation))).toMatchObject({ code: 'shape', place: { pointer } })
  })

  test.each<[object, string]>([
    [{ host: {} }, '/host'],
    [{ schemes: 'https' }, '/schemes'],
    [{ definitions: [] }, '/definitions'],
    [{ securityDefinitions: { a: null } }, '/securityDefinitions/a'],
  ])('%j in the root is refused with its place', async (root, pointer) => {
    expect(await problemOf(() => loadOperation({}, root))).toMatchObject({ code: 'shape', place: { pointer } })
  })

  test.each<[unknown]>([
    [null],
    ['text'],
    [{ get: null }],
    [{ get: { parameters: {} } }],
    [{ get: { parameters: [null] } }],
    [{ get: { parameters: [{ name: 'a' }] } }],
    [{ get: { responses: null } }],
    [{ get: { responses: { 200: null } } }],
    [{ parameters: 1, get: {} }],
    [{ 'x-own': null, get: {} }],
  ])('%j is handed on as it is, for the readers to judge', async (item) => {
    const loaded = await load({ 'api.json': { ...ROOT, paths: { '/a': item } } })
    expect(at(loaded, 'paths', '/a').value).toEqual(item)
  })
})
