import { describe, expect, it } from 'vitest'
import { inspect } from '../../src/index.js'
import { inspectOperation } from './inspect-document.js'

const object = { type: 'object', properties: { a: { type: 'string' } } }
const A = { $ref: '#/components/schemas/A' }
const schemas = { A: object, B: { type: 'object', properties: { b: { type: 'number' } } } }

describe('the kind of a media type', () => {
  it.each([
    ['text/event-stream', object, ['sse']],
    ['Text/Event-Stream; charset=UTF-8', object, ['sse']],
    ['application/x-ndjson', object, ['ndjson']],
    ['application/jsonl', object, ['ndjson']],
    ['application/stream+json', object, ['ndjson']],
    ['application/json;stream=watch', object, ['ndjson']],
    ['application/json; boundary=NL', object, ['ndjson']],
    ['application/json-seq', object, ['json-seq']],
    ['application/geo+json-seq', object, ['json-seq']],
    ['application/json', object, ['json']],
    ['application/problem+json', object, ['json']],
    ['application/x-json-smile', object, ['binary']],
    ['application/json', { type: 'string', format: 'binary' }, ['binary']],
    ['text/plain', { type: 'string', format: 'binary' }, ['binary']],
    ['multipart/mixed', object, ['multipart']],
    ['image/png', { type: 'string' }, ['binary']],
    ['image/svg+xml', { type: 'string' }, ['text']],
    ['audio/mpeg', {}, ['binary']],
    ['application/octet-stream', object, ['binary']],
    ['application/vnd.github.object', object, ['json']],
    ['application/vnd.github.diff', { type: 'string' }, ['binary']],
    ['application/vnd.google.protobuf', object, ['binary']],
    ['application/pdf', {}, ['binary']],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', {}, ['binary']],
    ['application/vnd.docker.raw-stream', {}, ['binary']],
    ['text/plain', { type: 'string' }, ['text']],
    ['text/html', { type: 'string' }, ['text']],
    ['application/xml', object, ['text']],
    ['application/yaml', {}, ['text']],
    ['text/csv', { type: 'array', items: object }, ['text']],
    ['application/csv', { type: 'string' }, ['text']],
    ['text/plain', object, ['json']],
    ['text/plain', { type: 'integer' }, ['json']],
    ['*/*', object, ['json']],
    ['*/*', { type: 'string', format: 'binary' }, ['binary']],
  ])('%s with %j is %j', async (mediaType, schema, kinds) => {
    expect((await inspectOperation({ content: { [mediaType]: { schema } } })).kinds).toEqual(kinds)
  })

  it.each([
    ['application/octet-stream', []],
    ['application/json', ['schema-empty']],
  ])('%s with no more than a bound of its length warns %j', async (mediaType, codes) => {
    const { warnings } = await inspectOperation({ content: { [mediaType]: { schema: { maxLength: 9 } } } })
    expect(warnings.map(({ code }) => code)).toEqual(codes)
  })

  it('that is no media type is left out with a warning', async () => {
    const { kinds, warnings } = await inspectOperation({
      content: { entity_id: { schema: object }, 'application/json': { schema: object } },
    })
    expect(kinds).toEqual(['json'])
    expect(warnings.map(({ code }) => code)).toEqual(['not-a-media-type'])
  })
})

describe('the operation as a whole', () => {
  it.each(['204', '205'])('has no body under %s, whatever is declared', async (status) => {
    const responses = { [status]: { description: 'none', content: { 'application/json': { schema: object } } } }
    expect((await inspectOperation({ responses })).kinds).toEqual(['void'])
  })

  it.each([
    ['text/event-stream', '200', ['sse'], ['untyped']],
    ['application/x-ndjson', '200', ['ndjson'], ['untyped']],
    ['text/event-stream', '204', ['void'], []],
    ['text/plain', '200', ['void'], []],
  ])('of Swagger 2.0 that produces %s under %s without a schema is %j', async (type, status, kinds, codes) => {
    const responses = { [status]: { description: 'd' } }
    const paths = { '/x': { get: { produces: [type], responses } }, '/y': { get: { responses } } }
    const document = { swagger: '2.0', info: { title: 'T', version: '1' }, produces: [type], paths }
    const bytes = new TextEncoder().encode(JSON.stringify(document))
    const { operations } = await inspect({ input: '-' }, { readStandardInput: async () => bytes })
    expect(operations.map((one) => one.kinds)).toEqual([kinds, ['void']])
    expect(operations[0]?.warnings.map(({ code }) => code)).toEqual(codes)
  })

  it('has no kinds where no reply is a success', async () => {
    const { kinds, warnings } = await inspectOperation({ responses: { 101: { description: 'switch' } } })
    expect(kinds).toEqual([])
    expect(warnings.map(({ code }) => code)).toEqual(['no-success'])
  })

  it('takes default for a success where nothing else is one', async () => {
    const responses = { default: { description: 'ok', content: { 'text/event-stream': { schema: A } } } }
    expect((await inspectOperation({ responses, schemas })).kinds).toEqual(['sse'])
  })

  it('takes default for an error beside a 2XX', async () => {
    const json = (schema: object): object => ({ description: '', content: { 'application/json': { schema } } })
    const { kinds } = await inspectOperation({ responses: { '2XX': { description: '' }, default: json(A) }, schemas })
    expect(kinds).toEqual(['void'])
  })

  it('with 200 and 204 is one function', async () => {
    const responses = {
      200: { description: '', content: { 'application/json': { schema: A } } },
      204: { description: '' },
    }
    const { kinds, functions } = await inspectOperation({ responses, schemas })
    expect(kinds).toEqual(['json', 'void'])
    expect(functions).toEqual(['x', null])
  })

  it('by HEAD has no body', async () => {
    expect((await inspectOperation({ method: 'head', content: { 'text/plain': {} } })).kinds).toEqual(['void'])
  })

  it('with JSON, octets and events becomes three functions', async () => {
    const content = { 'application/json': { schema: A }, 'audio/mpeg': {}, 'text/event-stream': { schema: A } }
    const { kinds, functions } = await inspectOperation({ content, schemas })
    expect(kinds).toEqual(['binary', 'json', 'sse'])
    expect(functions).toEqual(['xBinary', 'x', 'xStream'])
  })

  it('that streams is said to because of its media type', async () => {
    const { because } = await inspectOperation({ content: { 'application/x-ndjson': {} } })
    expect(because).toEqual(['media type application/x-ndjson of reply 200'])
  })
})

describe('one item', () => {
  it.each([
    ['of a schema', { 'application/x-ndjson': { schema: A } }, { ndjson: 'A' }],
    ['of an array of items', { 'application/x-ndjson': { schema: { type: 'array', items: A } } }, { ndjson: 'A' }],
    [
      'of itemSchema, in any version',
      { 'application/jsonl': { itemSchema: A, schema: { type: 'array' } } },
      { ndjson: 'A' },
    ],
    ['of JSON with itemSchema', { 'application/json': { itemSchema: A } }, { ndjson: 'A' }],
    ['of an event payload', { 'text/event-stream': { schema: A } }, { sse: 'A' }],
    ['of an array of event payloads', { 'text/event-stream': { schema: { type: 'array', items: A } } }, { sse: 'A' }],
    ['of events without a schema', { 'text/event-stream': {} }, { sse: 'string' }],
    [
      'of events of raw octets',
      { 'text/event-stream': { schema: { type: 'string', format: 'binary' } } },
      { sse: 'string' },
    ],
  ])('%s', async (_, content, items) => {
    expect((await inspectOperation({ content, schemas })).items).toEqual(items)
  })

  it('is not the octets of the whole body', async () => {
    const content = { 'application/x-jsonl': { schema: { type: 'string', format: 'binary' } } }
    const { items, warnings } = await inspectOperation({ content })
    expect(items).toEqual({ ndjson: 'unknown' })
    expect(warnings.map(({ code }) => code)).toEqual(['untyped'])
  })

  it('without a type is a warning with its place', async () => {
    const { items, warnings } = await inspectOperation({ content: { 'application/jsonl': { itemSchema: {} } } })
    expect(items).toEqual({ ndjson: 'unknown' })
    expect(warnings).toEqual([
      { code: 'untyped', message: 'the schema of application/jsonl does not say what an item is' },
    ])
  })

  it('of grpc-gateway is taken out of its result', async () => {
    const schema = { type: 'object', title: 'Stream result of A', properties: { result: A, error: { type: 'object' } } }
    const { kinds, items } = await inspectOperation({ content: { 'application/json': { schema } }, schemas })
    expect([kinds, items]).toEqual([['ndjson'], { ndjson: 'A' }])
  })

  it('of Fern under JSON is a line', async () => {
    const operation = { 'x-fern-streaming': true }
    const { kinds } = await inspectOperation({ content: { 'application/json': { schema: A } }, schemas, operation })
    expect(kinds).toEqual(['ndjson'])
  })

  it('of Fern with its replies in the extension is an event, chosen by its condition', async () => {
    const operation = {
      'x-fern-streaming': {
        format: 'sse',
        terminator: '[END]',
        'stream-condition': '$request.flow',
        response: A,
        'response-stream': { $ref: '#/components/schemas/B' },
      },
    }
    const schema = { type: 'object', properties: { flow: { type: 'boolean' } } }
    const requestBody = { content: { 'application/json': { schema } } }
    expect(await inspectOperation({ schemas, operation, requestBody })).toMatchObject({
      kinds: ['json', 'sse'],
      items: { sse: 'B' },
      selector: { in: 'body', name: 'flow', value: true },
      sentinel: '[END]',
    })
  })
})
