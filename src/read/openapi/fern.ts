/**
 * `x-fern-streaming` with an object: the replies stand in the extension and not in `responses`.
 * `{ format: sse | json, stream-condition: $request.stream, response: Schema, response-stream: Schema }`
 */
import type { Content, Reply } from '../../ir.js'
import type { ContentReading } from './contents.js'
import { child, type Node } from './node.js'
import { objectAt } from './shape.js'

/** The replies with what the extension adds to the first successful one. */
export function withFernReplies(
  replies: readonly Reply[],
  { operation, reading }: { operation: Node; reading: ContentReading },
): Reply[] {
  const extension = objectAt(wrapped(child(operation, 'x-fern-streaming')), reading)
  if (extension === undefined || child(extension, 'response-stream').value === undefined) return [...replies]
  const isSse = child(extension, 'format').value === 'sse'
  const stated = [
    ...contentOf({ mediaType: 'application/json', node: child(extension, 'response') }, reading),
    ...contentOf(
      { mediaType: isSse ? 'text/event-stream' : 'application/x-ndjson', node: child(extension, 'response-stream') },
      reading,
    ),
  ]
  const first = replies.find(({ status }) => status.startsWith('2'))
  if (first === undefined) {
    const place = reading.documents.place(extension.at)
    return [...replies, { status: '200', contents: stated, docs: {}, extensions: {}, place }]
  }
  const kept = first.contents.filter(({ mediaType }) => stated.every((one) => one.mediaType !== mediaType))
  return replies.map((reply) => (reply === first ? { ...reply, contents: [...kept, ...stated] } : reply))
}

/** The short form, `true`, is judged by the rule table. */
function wrapped(node: Node): Node {
  return typeof node.value === 'boolean' ? { ...node, value: undefined } : node
}

/** The extension gives a schema, or an object that has one under `type`. */
function contentOf({ mediaType, node }: { mediaType: string; node: Node }, reading: ContentReading): Content[] {
  if (node.value === undefined) return []
  const named = child(node, 'type')
  const reference =
    typeof named.value === 'string' && named.value.startsWith('#') ? { ...named, value: { $ref: named.value } } : node
  return [
    {
      mediaType,
      type: reading.schemas.read(reference),
      inherited: false,
      bare: false,
      extensions: {},
      place: reading.documents.place(node.at),
    },
  ]
}
