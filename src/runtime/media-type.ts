/** Which answers may be read. */
export interface Accepted {
  /** The media types that the document names; sent as `Accept`. */
  readonly accept: readonly string[]
  /** Matches what else the kind of stream may have, and `''` if the header may be missing. */
  readonly kind: RegExp
}

/**
 * Whether an answer has a media type that may be read; parameters and case do not count. `image/*` and the like never
 * match HTML, which is what login pages and proxies send.
 */
export function isAccepted(response: Response, { accept, kind }: Accepted): boolean {
  const actual = typeOf(response)
  const matches = (media: string): boolean => {
    const [wanted = '', rest] = essence(media).split('*')
    return rest === undefined ? wanted === actual : actual !== 'text/html' && actual.startsWith(wanted)
  }
  return kind.test(actual) || accept.some(matches)
}

/** The media type of an answer without its parameters, in lower case; `''` if it has none. */
export function typeOf(response: Response): string {
  return essence(response.headers.get('content-type') ?? '')
}

function essence(media: string): string {
  return media.replace(/;.*/, '').trim().toLowerCase()
}
