import type { Client, RequestOptions } from './client.js'
import { notJson } from './errors.js'
import { type ExchangePlan, exchange, newSession, openBody, type Session } from './exchange.js'
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
  const read = openBody(session, { ...plan, kind: /^$|[/+]json$/ })
  const value = await single(session, async () => {
    let text = ''
    for (let piece = await read(); piece !== undefined; piece = await read()) text += piece
    return session.reader && parse(text)
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

/** A stream of at most one item: it is closed, aborted and reported as all others are. */
async function single(session: Session, get: () => Promise<unknown>): Promise<unknown> {
  for await (const value of openStream(session, get)) return value
  return undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notJson('the answer', { position: 1, text })
  }
}
