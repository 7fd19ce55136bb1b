import { jsonOrText, newTextDecoder, readBytes } from './answer-text.js'
import { lost, StreamError } from './errors.js'
import { type Accepted, isAccepted, typeOf } from './media-type.js'
import { buildRequest, type RequestPlan } from './request.js'
import { ignore, type Session, type Settings, setStatus, wait } from './session.js'

/** What a kind of stream asks for. */
export interface ExchangePlan extends Accepted {
  readonly request: () => RequestPlan
  /** Whether text that is not UTF-8 is refused. */
  readonly fatal?: boolean | undefined
  /** Whether any 2xx will do, also one without a body. */
  readonly takesAny?: boolean
}

/**
 * Sends one request and leaves its body in `session.reader`, which a 204 or 205 does not have. Rejects with a
 * `StreamError` where there is no answer, where its status is not 2xx or its media type is not accepted.
 */
export async function exchange(session: Session, plan: ExchangePlan): Promise<Response> {
  const { settings } = session
  const controller = new AbortController()
  session.release = () => {
    session.reader?.cancel().catch(ignore)
    controller.abort()
  }
  const answer = send(plan, settings, controller.signal)
  const response = await wait(session, answer, {
    after: settings.connectTimeout,
    missing: 'answer (over HTTP/1.1 browsers keep 6 connections per origin)',
  }).catch((error) => {
    // Not every `fetch` knows its signal: it may answer all the same.
    answer.then(({ body }) => body?.cancel()).catch(ignore)
    throw error
  })
  const { ok, status, body } = response
  // [spec] Fetch: 204 and 205 have no body. Browsers give them an empty one.
  const isEmpty = status === 204 || status === 205
  session.reader = isEmpty ? undefined : body?.getReader()
  // It may have ended since the answer came, or end in a callback.
  if (session.ended) session.release()
  else if (ok && (isEmpty || plan.takesAny || (body && isAccepted(response, plan)))) {
    setStatus(session, 'open')
    if (!session.ended) settings.onOpen?.(response)
  } else throw await refusal(session, response, plan)
  return response
}

async function send({ request, accept }: ExchangePlan, settings: Settings, signal: AbortSignal): Promise<Response> {
  const plan = request()
  try {
    const { url, init } = await buildRequest(plan, accept, settings)
    // A page knows what a relative URL is relative to.
    if (!settings.fetch && (/^\w+:/.test(url) || !('location' in globalThis))) checkUrl(url)
    // A token may have come too late.
    signal.throwIfAborted()
    return await (settings.fetch ?? fetch)(url, { ...init, signal })
  } catch (cause) {
    throw lost('no connection', cause)
  }
}

/** The exception of `fetch` would show the URL, and with it what its query has. */
function checkUrl(url: string): void {
  let user = ''
  try {
    const { username, password } = new URL(url)
    user = username + password
  } catch {
    throw new StreamError('baseUrl is not absolute', { kind: 'network' })
  }
  if (user) throw new StreamError('baseUrl has a user name or a password', { kind: 'network' })
}

/**
 * The error for an answer that is none, with the first 64 KiB of its body, or what came within two seconds and before
 * the connection was lost; of an answer of another media type, which may be a stream, with what comes first.
 */
async function refusal(session: Session, response: Response, { accept }: Accepted): Promise<StreamError> {
  const { ok, status, headers, body } = response
  const type = typeOf(response)
  const decode = newTextDecoder()
  const timer = setTimeout(() => session.reader?.cancel().catch(ignore), 2000)
  const most = ok ? 1 : 65_536
  let text = ''
  try {
    for (let part: string | undefined = ''; part !== undefined && text.length < most; text += part ?? '')
      part = decode(await readBytes(session))
  } catch {
    // It is all there is to tell.
  }
  clearTimeout(timer)
  text = text.slice(0, 65_536)
  if (ok || !status) {
    const message = `${body ? type || 'no media type' : 'no body'} in place of ${accept}`
    return new StreamError(message, { kind: 'content-type', excerpt: text.slice(0, 1024) })
  }
  return new StreamError(`HTTP status ${status}`, {
    kind: 'http',
    status,
    headers,
    body: /json$/.test(type) ? jsonOrText(text) : text,
    // RFC 9110 section 15: those that pass.
    retryable: /408|425|429|50[0234]/.test(`${status}`),
  })
}

/** Reads the text of the only answer; `push` gets it piece by piece, and `undefined` at its end. */
export async function* readText(
  session: Session,
  plan: ExchangePlan,
  push: (text: string | undefined) => void,
): AsyncGenerator<void, void, undefined> {
  await exchange(session, plan)
  const decode = newTextDecoder(plan.fatal)
  let text: string | undefined
  do {
    text = decode(await readBytes(session))
    push(text)
    yield
  } while (text !== undefined)
}
