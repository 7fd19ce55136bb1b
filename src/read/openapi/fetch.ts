/** A document from a URL: credentials for one origin only, redirects only to allowed origins, bounded in time and size. */
import { InputError } from '../../diagnostics.js'
import type { Limits } from '../../limits.js'
import type { RequestHeaders } from '../../request-headers.js'
import { sizeError } from './read-file.js'

export interface Credentials {
  /** The only origin that gets them. */
  readonly origin: string
  readonly headers: RequestHeaders
}

export interface FetchOptions {
  readonly url: string
  readonly fetch: typeof fetch
  readonly limits: Limits
  /** Asked again for every redirect. */
  readonly isAllowed: (url: URL) => boolean
  readonly credentials?: Credentials
}

/** For one document, its redirects included, in milliseconds. */
const TIMEOUT = 15_000
const MAX_REDIRECTS = 5
const ACCEPT = 'application/json, application/yaml, application/vnd.oai.openapi, text/yaml, */*;q=0.5'

/** @throws InputError of code `input-fetch` or of the limit `fileBytes`. */
export async function fetchDocument(options: FetchOptions): Promise<Uint8Array> {
  try {
    return await readBody(await request(options), options)
  } catch (error) {
    if (error instanceof InputError) throw error
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    const why = isLate ? `there was no whole answer within ${TIMEOUT / 1000} s` : `the request failed${causeOf(error)}`
    throw failure(options.url, why, { cause: error })
  }
}

async function request({ url, fetch, isAllowed, credentials }: FetchOptions): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT)
  let next = new URL(url)
  let trusted = credentials
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    // Whoever another origin sends back does not get them again: that origin chose where to.
    if (trusted?.origin !== next.origin) trusted = undefined
    const headers = new Headers({ accept: ACCEPT })
    for (const [name, value] of Object.entries(trusted?.headers ?? {})) headers.set(name, value)
    const response = await fetch(next, { redirect: 'manual', signal, headers })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) return answered(response, url)
    await response.body?.cancel()
    if (!URL.canParse(location, next)) throw failure(url, 'the answer is a redirect to what is no URL')
    next = new URL(location, next)
    if (!isAllowed(next)) throw redirectFailure(url, next)
  }
  throw failure(url, `the answer is a redirect for more than ${MAX_REDIRECTS} times`)
}

async function answered(response: Response, url: string): Promise<Response> {
  if (response.ok) return response
  await response.body?.cancel()
  const message = `the server answered with status ${response.status}`
  throw failure(url, message, { ...(NEEDS_LOGIN.has(response.status) && { hint: LOGIN_HINT }) })
}

async function readBody(response: Response, { url, limits }: FetchOptions): Promise<Uint8Array> {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    length += part.value.length
    if (length > limits.fileBytes) {
      await reader?.cancel()
      throw sizeError(url, limits)
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}

function redirectFailure(url: string, to: URL): InputError {
  return new InputError({
    code: 'input-fetch',
    message: `the answer is a redirect to ${to.origin}, which is not an allowed origin`,
    place: { file: url },
    hint: `if you trust it, allow it by --allow-remote ${to.origin}`,
  })
}

const NEEDS_LOGIN: ReadonlySet<number> = new Set([401, 403])
const LOGIN_HINT =
  "if the input itself needs a login, send it by --header 'Authorization: Bearer …'; it goes to the input's own origin only"
const HINT = 'look at the URL in a browser, or save the document as a file and name that'

function failure(
  url: string,
  message: string,
  { hint = HINT, cause }: { readonly hint?: string; readonly cause?: unknown } = {},
): InputError {
  return new InputError({ code: 'input-fetch', message, place: { file: url }, hint }, { cause })
}

/** Node puts what happened into the cause of a `TypeError: fetch failed`. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
}
