import type { Client } from './client.js'
import { type ExchangePlan, exchange, newSession, type StreamOptions, textReader } from './exchange.js'
import { openStream, type StreamHandle, toArray } from './stream.js'

/** The options of a stream of text. `onChunk` starts it at once. */
export interface TextOptions<Errors = unknown> extends StreamOptions<Errors> {
  /** Called for each piece of text as it comes; a promise is awaited before more is read. */
  onChunk?: ((text: string) => unknown) | undefined
}

/** A stream of text. Iteration yields pieces as they come, whole characters but not whole lines. */
export interface TextStream extends StreamHandle<string> {
  /** Reads line by line, without the line ends: LF, CRLF or CR. */
  lines(): AsyncIterable<string>
  /** Reads all of it. */
  text(): Promise<string>
}

/** Opens a stream of text in UTF-8. Never throws; errors come by the handle. */
export function openText<Errors = unknown>(
  client: Client,
  options: TextOptions<Errors> | undefined,
  plan: Omit<ExchangePlan, 'kind'>,
): TextStream {
  const session = newSession(client, options)
  let read: (() => Promise<string | undefined>) | undefined
  const pull = async (): Promise<readonly string[] | undefined> => {
    if (!read) {
      await exchange(session, { ...plan, kind: /^$|^text\/(?!html$)/ })
      read = textReader(session)
    }
    let text: string | undefined = ''
    while (text === '') text = await read()
    return text === undefined ? undefined : [text]
  }
  const handle = openStream(session, { pull, deliver: options?.onChunk })
  return Object.assign(handle, {
    lines: () => readLines(handle),
    text: async () => (await toArray(handle)).join(''),
  })
}

async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let pieces: string[] = []
  let skipsLineFeed = false
  for await (const chunk of chunks) {
    const text = skipsLineFeed && chunk.startsWith('\n') ? chunk.slice(1) : chunk
    const lines = text.split(/\r\n?|\n/)
    // A CR at the end of a chunk ends its line at once; the LF that may follow belongs to it.
    skipsLineFeed = chunk.endsWith('\r')
    const last = lines.pop() ?? ''
    for (const line of lines) {
      yield pieces.join('') + line
      pieces = []
    }
    if (last) pieces.push(last)
  }
  if (pieces.length) yield pieces.join('')
}
