/**
 * Handlers that make their answer by hand. The media type stands somewhere in them as a text and tells the kind; what is
 * in the stream went through `JSON.stringify` and is not to be seen.
 */
import type { StreamKind } from '../../../ir.js'
import { ts } from '../compiler.js'
import type { DialectTools, RouteFinding } from '../dialect.js'
import { nodesIn } from './syntax.js'

const KINDS: readonly { readonly form: RegExp; readonly kind: StreamKind }[] = [
  { form: /^text\/event-stream\b/i, kind: 'sse' },
  { form: /^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines)\b/i, kind: 'ndjson' },
  { form: /^application\/json-seq\b/i, kind: 'json-seq' },
]

export function kindOfMediaType(mediaType: string): StreamKind | undefined {
  return KINDS.find(({ form }) => form.test(mediaType))?.kind
}

/** What the texts in a handler tell: its kind, and that its events have to be stated. */
export function readAnswer(
  handler: ts.Node,
  tools: DialectTools,
): Pick<RouteFinding, 'kind' | 'events' | 'contentType'> {
  for (const { text } of nodesIn(handler, ts.isStringLiteralLike)) {
    const kind = kindOfMediaType(text)
    if (kind === undefined) continue
    const events = tools.unreadable(handler, {
      message: `this handler writes a stream of kind ${kind} by hand, and nothing states what is in it`,
      hint: `write above it: @stream ${kind}, and @event {T}`,
    })
    return { kind, events, ...(kind === 'sse' ? {} : { contentType: text }) }
  }
  return {}
}
