/** Whatever has another shape than the specification gives it is refused or warned of at its place, read or not. */
import { describe, expect, it } from 'vitest'
import { createMemoryFileSystem, generate, InputError, type Problem } from '../../src/index.js'

const EVENT = { type: 'object', properties: { id: { type: 'string' } } }
const REPLY = '/paths/~1a/get/responses/200'
const SCHEMA = `${REPLY}/content/text~1event-stream/schema`

/** A document with one value in each place that a row names. */
function documentOf(): object {
  return {
    openapi: '3.2.0',
    info: { title: 't', version: '1' },
    servers: [{ url: 'https://{v}.example.com', variables: { v: { default: 'a' } } }],
    tags: [{ name: 'a' }],
    webhooks: {},
    paths: {
      '/a': {
        get: {
          operationId: 'a',
          parameters: [{ name: 'q', in: 'query', content: { 'application/json': { schema: {} } } }],
          security: [{ key: [] }],
          requestBody: { content: { 'multipart/form-data': { schema: EVENT, encoding: { id: {} } } } },
          responses: { 200: { description: '', headers: {}, content: { 'text/event-stream': { schema: EVENT } } } },
          'x-streamwright': { skip: false },
        },
        additionalOperations: {},
      },
    },
    components: {
      schemas: { Event: EVENT },
      responses: { Other: { description: '' } },
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
  }
}

/** The document with another value at a pointer. */
function withValue(pointer: string, value: unknown): object {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/'))
  // By way of text, so that no two places share a value.
  const copy: object = JSON.parse(JSON.stringify(documentOf()))
  const last = keys.pop() ?? ''
  const parent = keys.reduce<object>((node, key) => Object(Reflect.get(node, key)), copy)
  Reflect.set(parent, last, value)
  return copy
}

async function problemsOf(document: object): Promise<readonly Problem[]> {
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  const options = { fileSystem: createMemoryFileSystem(), readStandardInput: async () => bytes }
  try {
    const { outputs } = await generate({ input: '-', out: '/out', include: 'all', runtime: 'import' }, options)
    return outputs.flatMap(({ warnings }) => warnings)
  } catch (error) {
    if (error instanceof InputError) return [error.problem]
    throw error
  }
}

it('nothing is said of the document that has no fault', async () => {
  expect(await problemsOf(documentOf())).toEqual([])
})

describe('is refused', () => {
  it.each<[string, unknown, string, string?]>([
    ['/servers/0/variables', [], 'shape'],
    ['/servers/0/variables/v', 'a', 'shape'],
    ['/tags', {}, 'shape'],
    ['/tags/0', null, 'shape'],
    ['/components/schemas', [], 'shape'],
    ['/components/headers', 'x', 'shape'],
    ['/paths/~1a/additionalOperations', [], 'shape'],
    ['/paths/~1a/get/parameters/0/content', 'x', 'shape'],
    ['/paths/~1a/get/requestBody/content/multipart~1form-data/encoding', [], 'shape'],
    ['/paths/~1a/get/requestBody/content/multipart~1form-data/encoding/id', 5, 'shape'],
    [`${REPLY}/headers`, [], 'shape'],
    [`${SCHEMA}/prefixItems`, {}, 'schema-shape'],
    ['/paths/~1a/get/x-streamwright/skip', 'yes', 'override'],
    ['/paths/~1a/get/x-streamwright/sentinal', '[DONE]', 'override'],
    [`${SCHEMA}/$ref`, `#${REPLY}`, 'ref-invalid'],
    [`${SCHEMA}/$ref`, '#/paths/~1a/get', 'ref-invalid'],
    [`${SCHEMA}/$ref`, '#/components/responses/Other', 'ref-invalid'],
    [`${SCHEMA}/$ref`, '#/components/schemas', 'ref-invalid'],
    [`${SCHEMA}/$ref`, '#/info', 'ref-invalid'],
    [REPLY, { $ref: '#/components/schemas/Event' }, 'ref-invalid'],
    ['/paths/~1a/get/requestBody', { $ref: '#/components/schemas/Event' }, 'ref-invalid'],
  ])('at %s: %j', async (pointer, value, code) => {
    const isTuple = pointer.endsWith('prefixItems')
    const document = isTuple ? withValue(SCHEMA, { type: 'array', prefixItems: value }) : withValue(pointer, value)
    expect(await problemsOf(document)).toMatchObject([{ severity: 'error', code, place: { pointer } }])
  })

  it('names the member that is meant', async () => {
    const [problem] = await problemsOf(withValue('/paths/~1a/get/x-streamwright/sentinal', '[DONE]'))
    expect(problem?.message).toBe('"x-streamwright" has no member "sentinal"; did you mean "sentinel"?')
  })
})

describe('is warned of', () => {
  it.each<[string, unknown, string]>([
    ['/components', null, 'empty-member'],
    ['/components/schemas', null, 'empty-member'],
    ['/webhooks', null, 'empty-member'],
    ['/paths/~1a/get/security/0/kye', [], 'security-undeclared'],
    ['/paths/~1a/get/parameters/0', { name: 'q', in: 'query' }, 'parameter-untyped'],
    [`${SCHEMA}/nullable`, 'true', 'schema-keyword'],
    [`${SCHEMA}/properties/id/readOnly`, 'true', 'schema-keyword'],
    [`${SCHEMA}/properties/id/format`, 5, 'schema-keyword'],
    [`${SCHEMA}/discriminator`, 'id', 'schema-keyword'],
  ])('at %s: %j', async (pointer, value, code) => {
    const problems = await problemsOf(withValue(pointer, value))
    expect(problems.filter((problem) => problem.code === code)).toMatchObject([
      { severity: 'warning', code, place: { pointer } },
    ])
  })

  it('a discriminator without the name of a property, or with a list for a mapping', async () => {
    const without = await problemsOf(withValue(`${SCHEMA}/discriminator`, {}))
    expect(without.map(({ message }) => message)).toEqual([
      'a string is expected here, and there is nothing; it is ignored',
    ])
    const list = await problemsOf(withValue(`${SCHEMA}/discriminator`, { propertyName: 'id', mapping: ['Event'] }))
    expect(list).toMatchObject([{ place: { pointer: `${SCHEMA}/discriminator/mapping` } }])
  })

  it('a document without an operation, and why webhooks are none', async () => {
    expect(await problemsOf({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} })).toMatchObject([
      { code: 'no-operations', place: { pointer: '/paths' }, hint: 'add operations under "paths"' },
    ])
    expect(await problemsOf({ openapi: '3.1.0', info: { title: 't', version: '1' }, webhooks: {} })).toMatchObject([
      { code: 'no-operations', place: { pointer: '' } },
    ])
  })
})

it('a header, a part of a form and a variable may be called $ref', async () => {
  const variables = { $ref: { default: 'a' } }
  const document = withValue('/servers/0', { url: 'https://{$ref}.example.com', variables })
  expect(await problemsOf(document)).toEqual([])
  expect(await problemsOf(withValue(`${REPLY}/headers`, { $ref: { schema: {} } }))).toEqual([])
})

it('what many operations share is complained of once', async () => {
  const shared = { parameters: [{ name: 'q', in: 'query' }], get: { responses: { 200: { description: '' } } } }
  const paths = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`/p${index}`, { $ref: '#/components/pathItems/P' }]),
  )
  const document = {
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths,
    components: { pathItems: { P: shared } },
  }
  expect(await problemsOf(document)).toMatchObject([
    { code: 'parameter-untyped', place: { pointer: '/components/pathItems/P/parameters/0' } },
  ])
})
