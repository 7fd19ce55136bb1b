import type { Client, RequestOptions } from './client.js'
import { StreamError } from './errors.js'
import { type ExchangePlan, exchange, newSession, type Session, textReader } from './exchange.js'
import { openStream } from './stream.js'

/** What generated code says about a request with one answer. */
export type SinglePlan = Omit<ExchangePlan, 'kind'>

/**
 * Sends a request and decodes its answer as JSON; `undefined` for 204 and 205. Rejects with a `StreamError`, or with
 * the reason of the aborted signal.
 */
export async function requestJson<Result, Errors = unknown>(
  client: Client,
  options: RequestOptions<Errors> | undefined,
  plan: SinglePlan,
): Promise<Result> {
  const session = newSession(client, options)
  const value = await single(session, async () => {
    await exchange(session, { ...plan, kind: /^$|[/+]json$/ })
    return session.reader && parse(await readText(session))
  })
  // The document declares what the answer is.
  return value as Result
}

/** Sends a request and takes any 2xx for an answer, whose body is not read. Rejects as `requestJson` does. */
export async function requestVoid<Errors = unknown>(
  client: Client,
  options: RequestOptions<Errors> | undefined,
  plan: SinglePlan,
): Promise<void> {
  const session = newSession(client, options)
  await single(session, async () => {
    await exchange(session, { ...plan, kind: /^/ })
  })
}

/** A stream of one item: it is closed, aborted and reported as all others are. */
async function single(session: Session, get: () => Promise<unknown>): Promise<unknown> {
  for await (const value of openStream(session, { pull: async () => [await get()] })) return value
  return undefined
}

async function readText(session: Session): Promise<string> {
  const read = textReader(session)
  const pieces: string[] = []
  for (let piece = await read(); piece !== undefined; piece = await read()) pieces.push(piece)
  return pieces.join('')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The exception of JSON.parse shows the text.
    throw new StreamError('the answer is not JSON', { kind: 'parse', position: 1, excerpt: text.slice(0, 1024) })
  }
}
