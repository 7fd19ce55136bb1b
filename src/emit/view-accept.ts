/** Which media types one function asks for and reads. */
import type { Answer, Endpoint } from '../ir.js'
import { parseMediaType } from '../media-type.js'
import { mediaPattern, str } from './encode.js'
import type { EntryView } from './view.js'

/** What is asked for, and how to know what may come beside the media types that every answer of the kind may have. */
export function viewAccept({ accept, answer }: Endpoint): EntryView[] {
  const { kind } = answer
  // A handshake asks for no media type.
  if (kind === 'websocket') return []
  const further = [...new Set(accept.flatMap((media) => parseMediaType(media)?.essence ?? []))].filter(
    (media) => !OF_THE_KIND[kind].test(media),
  )
  return [
    { key: 'accept', value: str(accept.join(',') || '*/*') },
    ...(further.length === 0 ? [] : [{ key: 'further', value: mediaPattern(further) }]),
  ]
}

/** The media types that the runtime knows to be of a kind. Ranges such as `image/*` never stand for HTML, which login pages and proxies send. */
const OF_THE_KIND: Readonly<Record<Exclude<Answer['kind'], 'websocket'>, RegExp>> = {
  sse: /^text\/event-stream$/,
  ndjson: /^application\/(x-)?(ndjson|jsonl)$/,
  'json-seq': /^application\/json-seq$/,
  json: /[/+]json$/,
  text: /^text\/(?!html$)/,
  binary: /^(?!text\/html$|.*[/+]json$)/,
  void: /^/,
}
