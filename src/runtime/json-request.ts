import type { Client, RequestOptions } from './client.js'
import { notJson } from './errors.js'
import { type ExchangePlan, exchange, newTextReader } from './exchange.js'
import { ignore, newSession } from './session.js'
import { openStream } from './stream.js'

/**
 * Sends a request and decodes its answer as JSON; `undefined` for 204 and 205. Rejects with a `StreamError`, or with
 * the reason of the aborted signal.
 */
export async function requestJson<Result, Errors = unknown>(
  client: Client,
  options: RequestOptions<Errors> | undefined,
  plan: ExchangePlan,
): Promise<Result> {
  const session = newSession(client, options)
  let text = ''
  let value: unknown
  const read = newTextReader(session, plan, {
    kind: /^$|[/+]json$/,
    push: (piece, isLast) => {
      text += piece
      if (isLast) value = parse(text)
    },
  })
  await openStream(session, { take: ignore, read }).done
  // The document declares what the answer is.
  return value as Result
}

/** Sends a request and takes any 2xx for an answer, whose body is not read. Rejects as `requestJson` does. */
export async function requestVoid<Errors = unknown>(
  client: Client,
  options: RequestOptions<Errors> | undefined,
  plan: ExchangePlan,
): Promise<void> {
  const session = newSession(client, options)
  const read = async (): Promise<boolean> => {
    await exchange(session, plan)
    return false
  }
  await openStream(session, { take: ignore, read }).done
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notJson('the answer', { position: 1, text })
  }
}
