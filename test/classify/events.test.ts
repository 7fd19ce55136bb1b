import { describe, expect, it } from 'vitest'
import { inspectOperation } from './inspect-document.js'

const schemas = {
  Made: { type: 'object', properties: { at: { type: 'string' } } },
  Gone: { type: 'object', properties: { why: { type: 'string' } } },
}
const Made = { $ref: '#/components/schemas/Made' }
const Gone = { $ref: '#/components/schemas/Gone' }
const named = (name: string, data?: object): object => ({
  type: 'object',
  required: ['event'],
  properties: { event: { const: name }, ...(data === undefined ? {} : { data }) },
})
const embedded = (contentSchema: object): object => ({
  type: 'string',
  contentMediaType: 'application/json',
  contentSchema,
})

describe('the events of a schema', () => {
  it.each([
    ['{ event, data } by name', { schema: { oneOf: [named('made', Made), named('gone', Gone)] } }, 'Made | Gone'],
    [
      'an array of them',
      { schema: { type: 'array', items: { oneOf: [named('made', Made), named('gone', Gone)] } } },
      'Made | Gone',
    ],
    [
      'an event without data beside one with',
      { schema: { oneOf: [named('made', Made), named('ping')] } },
      'Made | undefined',
    ],
    ['data of embedded JSON', { itemSchema: { type: 'object', properties: { data: embedded(Made) } } }, 'Made'],
    [
      'data of decoded JSON',
      { itemSchema: { type: 'object', properties: { data: Made, event: { type: 'string' } } } },
      'Made',
    ],
    [
      'data of text in an itemSchema',
      { itemSchema: { type: 'object', properties: { data: { type: 'string' } } } },
      'string',
    ],
    [
      'base fields beside oneOf',
      {
        itemSchema: {
          type: 'object',
          required: ['event'],
          properties: { event: { type: 'string' }, data: { type: 'string' } },
          oneOf: [
            {
              properties: {
                event: { const: 'made' },
                data: { contentMediaType: 'application/json', contentSchema: Made },
              },
            },
            {
              properties: {
                event: { const: 'gone' },
                data: { contentMediaType: 'application/json', contentSchema: Gone },
              },
            },
          ],
        },
      },
      'Made | Gone',
    ],
    [
      'a payload with other fields beside data',
      { schema: { type: 'object', properties: { data: Made, more: Gone } } },
      undefined,
    ],
    [
      'a payload { id, data } of text',
      { schema: { type: 'object', properties: { id: {}, data: { type: 'string' } } } },
      undefined,
    ],
  ])('%s', async (_, media, expected) => {
    const { items } = await inspectOperation({ content: { 'text/event-stream': media }, schemas })
    if (expected === undefined) expect(items?.sse).toMatch(/^\{/)
    else expect(items?.sse).toBe(expected)
  })

  it('{ id, data } of text is the event where x-ogen-sse-event-shape says so', async () => {
    const schema = { type: 'object', properties: { id: { type: 'string' }, data: { type: 'string' } } }
    const content = { 'text/event-stream': { schema, 'x-ogen-sse-event-shape': 'full' } }
    expect((await inspectOperation({ content })).items).toEqual({ sse: 'string' })
  })

  it('whose data has a schema and is no JSON is text, with a warning', async () => {
    const data = { type: 'string', contentMediaType: 'application/octet-stream', contentSchema: Made }
    const content = { 'text/event-stream': { itemSchema: { type: 'object', properties: { data } } } }
    const { items, warnings } = await inspectOperation({ content, schemas })
    expect(items).toEqual({ sse: 'string' })
    expect(warnings.map(({ code }) => code)).toEqual(['contradictory-content'])
  })
})

describe('the end of a stream', () => {
  it.each([
    ['a variant of the payload', { schema: { oneOf: [Made, { type: 'string', enum: ['[DONE]'] }] } }, '[DONE]'],
    [
      'a variant of the event',
      { schema: { oneOf: [{ type: 'object', properties: { data: Made } }, named('end', { const: '[END]' })] } },
      '[END]',
    ],
    ['x-speakeasy-sse-sentinel', { schema: Made, 'x-speakeasy-sse-sentinel': '[STOP]' }, '[STOP]'],
    ['nothing', { schema: Made }, undefined],
  ])('is stated by %s', async (_, media, sentinel) => {
    const found = await inspectOperation({ content: { 'text/event-stream': media }, schemas })
    expect(found.sentinel).toBe(sentinel)
    expect(found.items).toEqual({ sse: 'Made' })
  })

  it('is stated in the words of the flag', async () => {
    const schema = {
      type: 'object',
      properties: { stream: { type: 'boolean', description: 'Ends with `data: [DONE]`.' } },
    }
    const requestBody = { content: { 'application/json': { schema } } }
    const { sentinel } = await inspectOperation({
      content: { 'text/event-stream': { schema: Made } },
      schemas,
      requestBody,
    })
    expect(sentinel).toBe('[DONE]')
  })
})
