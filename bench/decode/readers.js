/** The same body read by each competitor, through the same stub of `fetch`, each item's JSON parsed. */
import { fetchEventSource } from '@microsoft/fetch-event-source'
import { jsonSchema, parseJsonEventStream } from 'ai'
import { createParser } from 'eventsource-parser'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { parse as parseNdjson } from 'it-ndjson'
import OpenAI from 'openai'
import { Stream } from 'openai/streaming'
import { watchEvents as watchWithHeyApi } from '../.generated/hey-api/bundle.js'
import { configure, exportRecords, watchEvents } from '../.generated/streamwright/bundle.js'

/** @typedef {(fetch: () => Promise<Response>, onItem: (item: unknown) => void) => Promise<unknown>} Reader */

// It asks for these when it ends.
Object.assign(globalThis, { window: globalThis, document: { removeEventListener: () => {} } })
configure({ baseUrl: 'http://bench.invalid' })

/** @type {Readonly<Record<'sse' | 'ndjson', Readonly<Record<string, Reader>>>>} */
export const readers = {
  sse: {
    'ours, callbacks': (fetch, onItem) => watchEvents({ fetch, onMessage: ({ data }) => onItem(data) }).done,
    'ours, for await': async (fetch, onItem) => {
      for await (const { data } of watchEvents({ fetch })) onItem(data)
    },
    'eventsource-parser, callbacks': async (fetch, onItem) => {
      const parser = createParser({ onEvent: ({ data }) => onItem(JSON.parse(data)) })
      const decoder = new TextDecoder()
      const reader = (await fetch()).body.getReader()
      for (let part = await reader.read(); !part.done; part = await reader.read())
        parser.feed(decoder.decode(part.value, { stream: true }))
    },
    'eventsource-parser, for await': async (fetch, onItem) => {
      const { body } = await fetch()
      const events = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
      for await (const { data } of events) onItem(JSON.parse(data))
    },
    'hey-api': async (fetch, onItem) => {
      const { stream } = await watchWithHeyApi({ fetch })
      for await (const item of stream) onItem(item)
    },
    'fetch-event-source': (fetch, onItem) =>
      fetchEventSource('http://bench.invalid/events', {
        fetch,
        openWhenHidden: true,
        onmessage: ({ data }) => data && onItem(JSON.parse(data)),
      }),
    ai: async (fetch, onItem) => {
      const { body } = await fetch()
      for await (const result of parseJsonEventStream({ stream: body, schema: jsonSchema({}) })) {
        if (!result.success) throw result.error
        onItem(result.value)
      }
    },
    openai: async (fetch, onItem) => {
      const client = new OpenAI({ apiKey: 'none', baseURL: 'http://bench.invalid', fetch })
      const stream = await client.chat.completions.create({ model: 'any', messages: [], stream: true })
      for await (const item of stream) onItem(item)
    },
  },
  ndjson: {
    'ours, callbacks': (fetch, onItem) => exportRecords({ fetch, onChunk: onItem }).done,
    'ours, for await': async (fetch, onItem) => {
      for await (const item of exportRecords({ fetch })) onItem(item)
    },
    'it-ndjson': async (fetch, onItem) => {
      for await (const item of parseNdjson((await fetch()).body)) onItem(item)
    },
    openai: async (fetch, onItem) => {
      const { body } = await fetch()
      for await (const item of Stream.fromReadableStream(body, new AbortController())) onItem(item)
    },
  },
}

/**
 * What nobody can do without: decoding the bytes and parsing the JSON, without a stream, lines or events.
 *
 * @param {readonly Uint8Array[]} chunks
 * @param {readonly string[]} items
 * @param {(item: unknown) => void} onItem
 */
export function floor(chunks, items, onItem) {
  const decoder = new TextDecoder()
  for (const chunk of chunks) decoder.decode(chunk, { stream: true })
  for (const item of items) onItem(JSON.parse(item))
}
