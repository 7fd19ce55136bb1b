import type { Client, RequestOptions } from './client.js'
import { notJson } from './errors.js'
import { type ExchangePlan, exchange, readText } from './exchange.js'
import { newSession } from './session.js'
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
  let text = ''
  let value: unknown
  const steps = readText(session, { ...plan, kind: /^$|[/+]json$/ }, (piece) => {
    if (piece !== undefined) text += piece
    else if (session.reader) value = parse(text)
  })
  await openStream(session, { take: () => undefined, steps }).done
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
  const next = async (): Promise<IteratorResult<undefined>> => {
    await exchange(session, { ...plan, kind: /^/, takesAny: true })
    return { value: undefined, done: true }
  }
  await openStream(session, { take: () => undefined, steps: { next } }).done
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notJson('the answer', { position: 1, text })
  }
}
