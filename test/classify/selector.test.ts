import { describe, expect, it } from 'vitest'
import { inspectOperation } from './inspect-document.js'

const A = { $ref: '#/components/schemas/A' }
const schemas = { A: { type: 'object', properties: { a: { type: 'string' } } } }
const dual = { 'application/json': { schema: A }, 'text/event-stream': { schema: A } }
const bodyOf = (schema: object, mediaType = 'application/json'): object => ({ content: { [mediaType]: { schema } } })
const fields = (properties: object): object => ({ type: 'object', properties })

describe('what chooses the stream', () => {
  it.each([
    [
      'a boolean',
      fields({ stream: { type: 'boolean', default: true } }),
      { name: 'stream', value: true, default: true },
    ],
    [
      'a boolean or null',
      fields({ stream: { anyOf: [{ type: 'boolean' }, { type: 'null' }] } }),
      { name: 'stream', value: true },
    ],
    [
      'the text "false" as a default',
      fields({ stream: { type: 'boolean', default: 'false' } }),
      { value: true, default: false },
    ],
    ['true alone', fields({ stream: { const: true } }), { name: 'stream', value: true }],
    ['stream_format', fields({ stream_format: { enum: ['sse', 'audio'] } }), { name: 'stream_format', value: 'sse' }],
    [
      'response_mode',
      fields({ response_mode: { enum: ['streaming', 'blocking'] } }),
      { name: 'response_mode', value: 'streaming' },
    ],
    ['mode', fields({ mode: { enum: ['sync', 'async', 'stream'] } }), { name: 'mode', value: 'stream' }],
    ['a branch of oneOf', { oneOf: [A, fields({ stream: { type: 'boolean' } })] }, { name: 'stream', value: true }],
    ['a branch of allOf', { allOf: [A, fields({ stream: { type: 'boolean' } })] }, { name: 'stream', value: true }],
  ])('%s in the body', async (_, schema, selector) => {
    const found = await inspectOperation({ content: dual, schemas, requestBody: bodyOf(schema) })
    expect(found.selector).toMatchObject({ in: 'body', ...selector })
  })

  it('a field of a form', async () => {
    const requestBody = bodyOf(fields({ stream: { type: 'boolean' } }), 'multipart/form-data')
    expect((await inspectOperation({ content: dual, schemas, requestBody })).selector).toMatchObject({
      in: 'body',
      name: 'stream',
    })
  })

  it('watch in the query', async () => {
    const parameters = [{ name: 'watch', in: 'query', schema: { type: 'boolean', default: false } }]
    const { selector } = await inspectOperation({ method: 'get', content: dual, schemas, parameters })
    expect(selector).toEqual({ in: 'query', name: 'watch', value: true, default: false })
  })

  it('the texts "true" and "false" in the query', async () => {
    const parameters = [{ name: 'stream', in: 'query', schema: { enum: ['true', 'false'], default: 'false' } }]
    const { selector } = await inspectOperation({ method: 'get', content: dual, schemas, parameters })
    expect(selector).toEqual({ in: 'query', name: 'stream', value: true, default: false })
  })

  it.each([
    ['alt', ['json', 'sse'], dual, { name: 'alt', value: 'sse' }],
    ['format', ['csv', 'json', 'jsonl'], { 'application/jsonl': { schema: A } }, { name: 'format', value: 'jsonl' }],
    ['accept', ['text/event-stream', '*/*'], dual, { name: 'accept', value: 'text/event-stream' }],
    ['transport', ['sse', 'stdio'], dual, { in: 'header', name: 'Accept' }],
    ['format', ['json', 'jsonl'], dual, { in: 'header', name: 'Accept' }],
  ])(
    'a format called %s with the values %j, where one of them names a kind',
    async (name, values, content, selector) => {
      const parameters = [{ name, in: 'query', schema: { enum: values } }]
      expect((await inspectOperation({ method: 'get', content, schemas, parameters })).selector).toMatchObject(selector)
    },
  )

  it('x-speakeasy-stream-request-field by any name', async () => {
    const content = { ...dual, 'text/event-stream': { schema: A, 'x-speakeasy-stream-request-field': 'live' } }
    const { selector } = await inspectOperation({
      content,
      schemas,
      requestBody: bodyOf(fields({ live: { type: 'boolean' } })),
    })
    expect(selector).toMatchObject({ in: 'body', name: 'live', value: true })
  })

  it('Accept, where nothing else does', async () => {
    const { selector } = await inspectOperation({ method: 'get', content: dual, schemas })
    expect(selector).toEqual({ in: 'header', name: 'Accept', value: 'text/event-stream' })
  })

  it.each([
    ['a stream that takes any name', fields({ stream: { type: 'string' } })],
    ['a mode without a stream', fields({ mode: { enum: ['allow_list', 'deny_list'] } })],
  ])('is not %s', async (_, schema) => {
    const { selector } = await inspectOperation({ content: dual, schemas, requestBody: bodyOf(schema) })
    expect(selector).toMatchObject({ in: 'header', name: 'Accept' })
  })

  it('without a reply that streams is a warning', async () => {
    const content = { 'application/json': { schema: A } }
    const found = await inspectOperation({
      content,
      schemas,
      requestBody: bodyOf(fields({ stream: { type: 'boolean' } })),
    })
    expect(found.selector).toBeUndefined()
    expect(found.warnings.map(({ code }) => code)).toEqual(['undeclared-stream'])
  })
})

describe('what the user states', () => {
  const requestBody = bodyOf(fields({ stream: { type: 'boolean' } }))
  const content = { 'application/json': { schema: A } }
  const select = { in: 'body', name: 'stream', value: true } as const

  it('turns a JSON reply into events', async () => {
    const override = { kind: 'sse', data: '#/components/schemas/A' } as const
    expect(await inspectOperation({ content, schemas, override })).toMatchObject({
      kinds: ['sse'],
      items: { sse: 'A' },
      because: ['stated by the user'],
      functions: ['x'],
    })
  })

  it('keeps the JSON twin where the request has what selects the stream', async () => {
    const override = { kind: 'sse', data: '#/components/schemas/A' } as const
    expect(await inspectOperation({ content, schemas, requestBody, override })).toMatchObject({
      functions: ['x', 'xStream'],
      selector: { in: 'body', name: 'stream', value: true },
    })
  })

  it('keeps the JSON twin where it says itself what selects the stream', async () => {
    const override = {
      kind: 'sse',
      data: '#/components/schemas/A',
      select: { ...select, name: 'flow' },
      sentinel: '[DONE]',
    } as const
    expect(await inspectOperation({ content, schemas, requestBody, override })).toMatchObject({
      kinds: ['json', 'sse'],
      functions: ['x', 'xStream'],
      selector: { in: 'body', name: 'flow', value: true },
      sentinel: '[DONE]',
    })
  })

  it('names events', async () => {
    const override = { kind: 'sse', events: { made: '#/components/schemas/A', ping: null } } as const
    expect((await inspectOperation({ content, schemas, override })).items).toEqual({ sse: 'A | undefined' })
  })

  it('may stand in the document', async () => {
    const operation = { 'x-streamwright': { kind: 'ndjson', data: '#/components/schemas/A', name: 'rows' } }
    const found = await inspectOperation({ content, schemas, operation })
    expect(found).toMatchObject({ kinds: ['ndjson'], items: { ndjson: 'A' }, functions: ['rows'] })
  })

  it('in the config file wins over the document', async () => {
    const operation = { 'x-streamwright': { kind: 'ndjson', name: 'rows' } }
    const found = await inspectOperation({ content, schemas, operation, override: { kind: 'text' } })
    expect(found).toMatchObject({ kinds: ['text'], functions: ['rows'] })
  })

  it('may be to leave the operation out', async () => {
    const found = await inspectOperation({ content: dual, schemas, override: { skip: true } })
    expect(found).toMatchObject({ kinds: ['json', 'sse'], functions: [null, null] })
  })

  it.each([
    ['a kind that does not exist', { 'x-streamwright': { kind: 'stream' } }, 'override'],
    [
      'a reference that leads nowhere',
      { 'x-streamwright': { data: '#/components/schemas/Z', kind: 'sse' } },
      'ref-not-found',
    ],
  ])('is refused for %s', async (_, operation, code) => {
    await expect(inspectOperation({ content, schemas, operation })).rejects.toMatchObject({ problem: { code } })
  })
})
