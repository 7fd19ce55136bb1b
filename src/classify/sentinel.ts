/** `[DONE]`: the text that ends a stream of events, as documents state it. */
import { variants } from '../flatten.js'
import type { Docs, Operation, Reply, TypeTable } from '../ir.js'
import { objectOf } from './resolve.js'
import { bodyFields } from './selector.js'

const IN_PROSE = /\[DONE\]/

/**
 * What the author says of the end: by `x-speakeasy-sse-sentinel`, by Fern's `terminator`, or in the prose of the
 * operation, of its replies, and of what the request says about streaming (`stream`, `stream_options.*`).
 */
export function findSentinel(
  operation: Operation,
  { replies, table }: { replies: readonly Reply[]; table: TypeTable },
): string | undefined {
  for (const { extensions } of replies.flatMap(({ contents }) => contents)) {
    const stated = extensions['x-speakeasy-sse-sentinel']
    if (typeof stated === 'string') return stated
  }
  const fern = operation.extensions['x-fern-streaming']
  if (typeof fern === 'object' && fern !== null && 'terminator' in fern && typeof fern['terminator'] === 'string')
    return fern['terminator']
  const docs = [operation.docs, ...replies.map((reply) => reply.docs), ...streamingDocs(operation, table)]
  return docs.some((one) => one?.text !== undefined && IN_PROSE.test(one.text)) ? '[DONE]' : undefined
}

function streamingDocs(operation: Operation, table: TypeTable): (Docs | undefined)[] {
  const fields = bodyFields(operation, table).filter(({ name }) => /^stream/.test(name))
  const query = operation.parameters.filter(({ name, in: location }) => location === 'query' && /^stream/.test(name))
  return [...fields, ...query].flatMap(({ type, docs }) => [
    docs,
    ...(variants(type, table) ?? []).flatMap((variant) => [...variant.fields.values()].map((field) => field.docs)),
    ...(objectOf(type, table)?.fields ?? []).map((field) => field.docs),
  ])
}
