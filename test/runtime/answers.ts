import { mediaPattern } from '../../src/emit/encode.js'
import type { ExchangePlan } from '../../src/runtime/exchange.js'
import {
  type Client,
  newClient,
  openSse,
  type SseMessage,
  type SseOptions,
  type SseStream,
} from '../../src/runtime/index.js'
import type { SsePlan } from '../../src/runtime/sse-source.js'

/** Events of any name with any data. */
export type AnyEvents = Record<string, unknown>

/** A body that comes in these chunks, each by itself. */
export function bodyOf(chunks: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let index = 0
  return new ReadableStream({
    pull: (controller) => {
      const chunk = chunks[index++]
      if (chunk === undefined) controller.close()
      else controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
    },
  })
}

/** A client whose every request is answered with these chunks. */
export function answering(chunks: readonly (string | Uint8Array)[], type: string): Client {
  return newClient({
    baseUrl: 'https://api.test',
    fetch: async () => new Response(bodyOf(chunks), { headers: { 'content-type': type } }),
  })
}

/** A plan for a request to `path`, with the media type that it declares. */
export function planOf(
  accept: string,
  { method = 'GET', path = '/stream' }: { method?: string; path?: string } = {},
): ExchangePlan {
  // As the generator writes it.
  const further: RegExp = new Function(`return ${mediaPattern([accept])}`)()
  return { accept, further, request: () => ({ method, path }) }
}

/** An event stream of any events. */
export function openAny(
  client: Client,
  options: SseOptions<AnyEvents> = {},
  plan: Partial<SsePlan> = {},
): SseStream<AnyEvents> {
  return openSse(client, options, { ...planOf('text/event-stream'), data: 'text', ...plan })
}

/** The messages of an event stream that comes in these chunks and ends. */
export function readSse(chunks: readonly (string | Uint8Array)[], plan: Partial<SsePlan> = {}): Promise<SseMessage[]> {
  return openAny(answering(chunks, 'text/event-stream'), { reconnect: 'on-drop', maxAttempts: 1 }, plan).toArray()
}
