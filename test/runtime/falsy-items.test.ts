import { describe, expect, it } from 'vitest'
import {
  newClient,
  openBinary,
  openJsonSequence,
  openNdjson,
  openSse,
  openText,
  type RecordPlan,
  type SseMessage,
  type StreamHandle,
} from '../../src/runtime/index.js'
import { type AnyEvents, answering, bodyOf, planOf } from './answers.js'
import { type Style, styles } from './outcome.js'
import { serve } from './scripted-server.js'

/** All items of a stream, in one of the two styles. */
async function itemsOf<Item>(
  style: Style,
  open: (onItem?: (item: Item) => void) => StreamHandle<Item>,
): Promise<Item[]> {
  const items: Item[] = []
  if (style === 'callbacks') await open((item) => items.push(item)).done
  else for await (const item of open()) items.push(item)
  return items
}

const values = [0, false, '', null, {}, [], -0.5]

describe.each(styles)('items that are falsy, in the style of %s', (style) => {
  it('are delivered as NDJSON', async () => {
    const client = answering([values.map((value) => JSON.stringify(value)).join('\n')], '')
    const items = await itemsOf(style, (onChunk) => openNdjson(client, { onChunk }, planOf('application/x-ndjson')))
    expect(items).toEqual(values)
  })
  it('are delivered as a JSON text sequence', async () => {
    const client = answering([values.map((value) => `\u001e${JSON.stringify(value)}\n`).join('')], '')
    const plan = planOf('application/json-seq')
    expect(await itemsOf(style, (onChunk) => openJsonSequence(client, { onChunk }, plan))).toEqual(values)
  })
  it('are delivered as events of JSON, of text and without data', async () => {
    const text =
      'event: json\ndata: 0\n\nevent: json\ndata: null\n\nevent: json\ndata: ""\n\nevent: json\ndata: false\n\n'
    const client = answering(
      [`${text}event: text\ndata\n\nevent: none\ndata\n\nevent: none\ndata: {\n\n`],
      'text/event-stream',
    )
    const plan = { ...planOf('text/event-stream'), events: { json: 'json', text: 'text', none: 'none' } } as const
    const messages = await itemsOf<SseMessage>(style, (onMessage) => openSse<AnyEvents>(client, { onMessage }, plan))
    expect(messages.map(({ data }) => data)).toEqual([0, null, '', false, '', undefined, undefined])
  })
  it('of text are none where they are empty, and "0" where they are not', async () => {
    const client = answering(['', '0', '', 'a'], 'text/plain')
    expect(await itemsOf(style, (onChunk) => openText(client, { onChunk }, planOf('text/plain')))).toEqual(['0', 'a'])
  })
  it('of bytes that are zero are delivered', async () => {
    const fetch = async () => new Response(bodyOf([new Uint8Array(1), new Uint8Array([0, 0])]))
    const client = newClient({ baseUrl: 'https://api.test', fetch })
    const items = await itemsOf(style, (onChunk) => openBinary(client, { onChunk }, planOf('application/zip')))
    expect(items).toEqual([new Uint8Array(1), new Uint8Array(2)])
  })
})

describe('results and errors of the server that are falsy', () => {
  const read = (text: string, plan: Partial<RecordPlan>) =>
    openNdjson(answering([text], ''), {}, { ...planOf('application/x-ndjson'), ...plan }).toArray()

  it('are results', async () => {
    expect(await read('{"result":0}\n{"result":null}\n{"result":""}\n', { unwrap: 'result' })).toEqual([0, null, ''])
  })
  it('are no errors where the field is null', async () => {
    expect(await read('{"error":null,"n":1}\n', { remoteErrorField: 'error' })).toEqual([{ error: null, n: 1 }])
  })
  it('are errors where the message is empty', async () => {
    await expect(read('{"error":""}\n', { remoteErrorField: 'error' })).rejects.toMatchObject({ kind: 'remote' })
  })
})

describe('a download', () => {
  it('JSON is no file where the document declares another type', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"error":"expired"}')
    })
    const reading = openBinary(server.client, {}, planOf('application/pdf')).blob()
    await expect(reading).rejects.toMatchObject({ kind: 'content-type' })
  })
})
