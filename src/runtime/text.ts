import type { CallDefaults, Client } from './client.js'
import { type ExchangePlan, newTextReader } from './exchange.js'
import { checkLength, newLineEnds } from './lines.js'
import { newSession, type Session, type StreamOptions } from './session.js'
import { openStream, type StreamHandle, toArray } from './stream.js'

/** The options of a stream of text. `onChunk` starts it at once. */
export interface TextOptions<Errors = unknown> extends StreamOptions<Errors>, Pick<CallDefaults, 'maxItemLength'> {
  /** Called for each piece of text as it comes; a promise is awaited before more is read. */
  onChunk?: ((text: string) => unknown) | undefined
}

/** A stream of text. Iteration yields pieces as they come, whole characters but not whole lines. */
export interface TextStream extends StreamHandle<string> {
  /** Reads line by line, of at most `maxItemLength`, without the line ends: LF, CRLF or CR. */
  lines(): AsyncIterable<string>
  /** Reads all of it. */
  text(): Promise<string>
}

/** Opens a stream of text in UTF-8. Never throws; errors come by the handle. */
export function openText<Errors = unknown>(
  client: Client,
  options: TextOptions<Errors> | undefined,
  plan: ExchangePlan,
): TextStream {
  const session = newSession(client, options)
  const pieces: string[] = []
  let isWhole = false
  const read = newTextReader(session, plan, {
    kind: /^$|^text\/(?!html$)/,
    push: (text, isLast) => {
      if (text) pieces.push(text)
      isWhole = isLast && !session.ended
    },
  })
  const handle = openStream(session, { take: () => pieces.shift(), read }, options?.onChunk)
  return Object.assign(handle, {
    lines: () => readLines(handle, session, () => isWhole),
    text: async () => (await toArray(handle)).join(''),
  })
}

async function* readLines(
  chunks: AsyncIterable<string>,
  session: Session,
  isWhole: () => boolean,
): AsyncGenerator<string, void, undefined> {
  const check = (line: string): void => {
    try {
      checkLength(line.length, session.settings.maxItemLength)
    } catch (error) {
      session.fail(error)
      throw error
    }
  }
  const withLineFeeds = newLineEnds()
  let rest = ''
  for await (const chunk of chunks) {
    const [first = '', ...lines] = withLineFeeds(chunk).split('\n')
    rest += first
    check(rest)
    for (const line of lines) {
      yield rest
      // A reader that has closed the stream gets no more of it.
      if (session.ended) break
      rest = line
      check(rest)
    }
  }
  // A close may have cut it off.
  if (rest && isWhole()) yield rest
}
