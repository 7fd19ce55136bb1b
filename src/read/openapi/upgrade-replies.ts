/** Response Objects of Swagger 2.0, which have one schema, to those of OpenAPI 3, which have one for each media type. */
import { BARE, INHERITED } from './media-type-marks.js'
import { escapeSegment, isObject, type JsonObject } from './node.js'
import type { Upgrade } from './upgrade-root.js'

export interface Produces {
  readonly types: readonly string[]
  /** They are the document's, and not the operation's own. */
  readonly inherited: boolean
}

export interface WrittenReply {
  readonly value: unknown
  /** Pointer in the result. */
  readonly at: string
  /** Pointer in the file as written. */
  readonly written: string
  readonly produces: Produces
}

/**
 * Gives a reply an entry in `content` for each media type that its operation produces, also where it has no schema:
 * the media type alone may say that there is a file. Where nothing is produced a schema stands under any media type.
 */
export function convertReply({ value, at, written, produces }: WrittenReply, upgrade: Upgrade): unknown {
  if (!isObject(value) || Object.hasOwn(value, '$ref')) return value
  const { schema, examples: _examples, ...rest } = value
  upgrade.moves.set(at, written)
  const marks = { ...(produces.inherited && { [INHERITED]: true }), ...(schema === undefined && { [BARE]: true }) }
  const types = produces.types.length === 0 && schema !== undefined ? ['*/*'] : produces.types
  for (const type of types) {
    upgrade.moves.set(`${at}/content/${escapeSegment(type)}`, written)
    upgrade.moves.set(`${at}/content/${escapeSegment(type)}/schema`, `${written}/schema`)
  }
  const media = { ...(schema !== undefined && { schema }), ...marks }
  return types.length === 0 ? rest : { ...rest, content: Object.fromEntries(types.map((type) => [type, media])) }
}

/** `undefined` for what is no map of replies: the readers say so with the place. */
export function convertReplies(
  { value, pointer, produces }: { readonly value: unknown; readonly pointer: string; readonly produces: Produces },
  upgrade: Upgrade,
): JsonObject | undefined {
  if (!isObject(value) || !Object.entries(value).every(([key, reply]) => key.startsWith('x-') || isObject(reply))) {
    return undefined
  }
  const replies = Object.entries(value).map(([status, reply]) => {
    const at = `${pointer}/${escapeSegment(status)}`
    if (status.startsWith('x-')) return [status, reply]
    const { value: target, pointer: written } = dereference({ value: reply, pointer: at }, upgrade)
    return [status, convertReply({ value: target, at, written, produces }, upgrade)]
  })
  return Object.fromEntries(replies)
}

/** A shared reply has the media types of the operation that refers to it, and so becomes one of its own. */
function dereference(
  reply: { readonly value: unknown; readonly pointer: string },
  { document }: Upgrade,
): typeof reply {
  const reference = isObject(reply.value) ? reply.value['$ref'] : undefined
  const name = typeof reference === 'string' ? /^#\/responses\/([^/]+)$/.exec(reference)?.[1] : undefined
  if (name === undefined || !isObject(document['responses'])) return reply
  const key = name.replaceAll('~1', '/').replaceAll('~0', '~')
  if (!Object.hasOwn(document['responses'], key)) return reply
  return { value: document['responses'][key], pointer: `/responses/${escapeSegment(key)}` }
}
