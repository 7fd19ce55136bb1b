import { jsonOrText, newTextDecoder, type TextDecode } from './answer-text.js'
import { lost, StreamError } from './errors.js'
import { type RequestPlan, sendRequest } from './request.js'
import { ignore, observe, type Session, setStatus, wait } from './session.js'

/** What generated code says about a request and the answers that may be read. */
export interface ExchangePlan {
  /** Called for each attempt. */
  readonly request: () => RequestPlan
  /** The media types that the document names, as the `Accept` header has them. */
  readonly accept: string
  /** Matches the media types of the document that the kind of stream does not have anyway. */
  readonly further?: RegExp
}

/** An answer that may be read. */
export interface Answer {
  readonly headers: Headers
  /** 204 and 205 have no body. */
  readonly isEmpty: boolean
  readonly read: ReadBytes
}

/** The next bytes of a body; `undefined` at its end. Rejects when the connection is lost or idle for too long. */
export type ReadBytes = () => Promise<Uint8Array | undefined>

/**
 * Sends one request. `kind` matches the media types that may be read, in lower case and without parameters, and `''` if
 * the header may be missing; without it any will do, and so will no body. Rejects with a `StreamError` where there is
 * no answer, where its status is not 2xx or its media type is another.
 */
export async function exchange(session: Session, plan: ExchangePlan, kind?: RegExp): Promise<Answer> {
  const { response, read } = await connect(session, plan)
  const { ok, status, body, headers } = response
  const type = (headers.get('content-type') ?? '').replace(/\s*;.*/, '').toLowerCase()
  // [spec] Fetch: 204 and 205 have no body. Browsers give them an empty one.
  const isEmpty = [204, 205].includes(status)
  const isKind = isEmpty || !kind || (body && (kind.test(type) || plan.further?.test(type)))
  // It may have ended since the answer came, or end in a callback.
  if (session.ended || (ok && isKind)) {
    if (!session.ended) setStatus(session, 'open')
    if (!session.ended) observe(session, session.settings.onOpen?.(response))
    return { headers, isEmpty, read }
  }

  const text = await readStart(session, read, ok ? 1 : 65_536)
  if (ok || !status) {
    const message = `${body ? type || 'no media type' : 'no body'} in place of ${plan.accept}`
    throw new StreamError(message, { kind: 'content-type', excerpt: text.slice(0, 1024) })
  }
  throw new StreamError(`HTTP status ${status}`, {
    kind: 'http',
    status,
    headers,
    body: /json$/.test(type) ? jsonOrText(text) : text,
    // RFC 9110 section 15: those that pass.
    retryable: /408|425|429|50[0234]/.test(`${status}`),
  })
}

/** What a request is made of. Values that none can be made of are as wrong at the next attempt. */
function planOf(request: () => RequestPlan): RequestPlan {
  try {
    return request()
  } catch (cause) {
    throw cause instanceof StreamError
      ? cause
      : new StreamError('cannot be sent: a parameter', { kind: 'network', cause })
  }
}

/** The reader of a body; its type has a name of its own in each library. */
interface ByteReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
  cancel(): Promise<void>
}

/** Sends the request and gets the head of its answer. */
async function connect(
  session: Session,
  { request, accept }: ExchangePlan,
): Promise<{ readonly response: Response; readonly read: ReadBytes }> {
  const { settings } = session
  const plan = planOf(request)
  const controller = new AbortController()
  const { signal } = controller
  let reader: ByteReader | undefined
  const release = (): void => {
    reader?.cancel().catch(ignore)
    controller.abort()
  }
  session.release = release

  const send = async (): Promise<Response> => {
    try {
      const response = await sendRequest(plan, { accept, settings, signal })
      reader = response.body?.getReader()
      // Not every `fetch` knows its signal: it may answer all the same.
      if (signal.aborted) release()
      return response
    } catch (cause) {
      throw lost('no connection', cause)
    }
  }
  const missing = 'answer (over HTTP/1.1 browsers keep 6 connections per origin)'
  const limit = { after: settings.connectTimeout, missing }
  const response = await wait(session, send(), limit)

  const read = (): Promise<Uint8Array | undefined> => {
    const { idleTimeout: after } = settings
    const work = reader?.read()
    const part = after && work ? wait(session, work, { after, missing: 'bytes' }) : Promise.resolve(work)
    return part.then(
      (some) => some?.value,
      (cause) => {
        throw lost('connection lost', cause)
      },
    )
  }
  return { response, read }
}

/**
 * The first text of a body that is not to be read as a whole: about as much as is asked for, or what comes within two
 * seconds and before the connection is lost.
 */
async function readStart(session: Session, read: ReadBytes, size: number): Promise<string> {
  const decode = newTextDecoder()
  let text = ''
  const readOn = async (): Promise<void> => {
    let bytes: Uint8Array | undefined
    do {
      bytes = await read()
      text += decode(bytes)
    } while (bytes && text.length < size)
  }
  await wait(session, readOn(), { after: 2000 }).catch(ignore)
  return text.slice(0, 65_536)
}

/** What a text is read with. */
export interface TextReading {
  readonly kind: RegExp
  /** Gets the text piece by piece, the last of which may be empty. */
  readonly push: (text: string, isLast: boolean) => unknown
  readonly decode?: TextDecode
}

/** Reads the text of the only answer, a piece at each call; see `Source`. */
export function newTextReader(
  session: Session,
  plan: ExchangePlan,
  { kind, push, decode = newTextDecoder() }: TextReading,
): () => Promise<boolean> {
  let answer: Answer | undefined
  return async () => {
    answer ??= await exchange(session, plan, kind)
    const bytes = await answer.read()
    if (!answer.isEmpty) push(decode(bytes), !bytes)
    return !!bytes
  }
}
