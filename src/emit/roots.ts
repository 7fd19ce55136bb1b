/** The types that functions mention directly, by the direction in which they travel. */
import { assertNever } from '../diagnostics.js'
import type { Answer, Endpoint, Type, Verdict } from '../ir.js'

/** What the caller sends, but for forms with files. */
export function requestTypes({ endpoints }: Verdict): Type[] {
  return endpoints.flatMap(({ operation, answer }) => [
    ...operation.parameters.map(({ type }) => type),
    ...(operation.body?.contents ?? []).flatMap(({ format, type }) => (format === 'multipart' ? [] : [type])),
    ...(answer.kind === 'websocket' && answer.send !== undefined ? [answer.send] : []),
  ])
}

/** Forms that carry octets as such. */
export function formTypes({ endpoints }: Verdict): Type[] {
  const contents = endpoints.flatMap(({ operation }) => operation.body?.contents ?? [])
  return contents.flatMap(({ format, type }) => (format === 'multipart' ? [type] : []))
}

/** What the server sends. */
export function responseTypes({ endpoints, errors }: Verdict): Type[] {
  return [...endpoints.flatMap(({ answer }: Endpoint) => answerTypes(answer)), ...errors.map(({ type }) => type)]
}

function answerTypes(answer: Answer): Type[] {
  switch (answer.kind) {
    case 'sse':
      return answer.events.map(({ type }) => type)
    case 'ndjson':
    case 'json-seq':
      return [answer.item]
    case 'json':
      return [answer.type]
    case 'websocket':
      return [answer.receive, answer.reply].filter((type) => type !== undefined)
    case 'text':
    case 'binary':
    case 'void':
      return []
    default:
      return assertNever(answer)
  }
}
