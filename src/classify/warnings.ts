/** What classification has to say to the user: every loss has a place and a next step. */
import { assertNever, type Place, type Problem } from '../diagnostics.js'
import type { Kind, Operation } from '../ir.js'
import type { RuleLoss } from './rules.js'
import type { Choice } from './selector.js'

const STATE_IT = 'state the type of an item by "operations" in the config file, or by x-streamwright in the document'

/** The warning for a loss at one media type. */
export function lossWarning({ loss, mediaType, place }: { loss: RuleLoss; mediaType: string; place: Place }): Problem {
  return { severity: 'warning', code: loss, place, ...words(loss, mediaType) }
}

function words(loss: RuleLoss, mediaType: string): { message: string; hint: string } {
  switch (loss) {
    case 'untyped':
      return { message: `the schema of ${mediaType} does not say what an item is`, hint: STATE_IT }
    case 'no-schema':
      return {
        message: `${mediaType} has no schema; the value is typed as unknown`,
        hint: 'add a schema to the media type',
      }
    case 'contradictory-content':
      return {
        message: `an event of ${mediaType} has a schema for its data and a media type that is not JSON; the data is given as text`,
        hint: 'make "contentMediaType" application/json, or remove "contentSchema"',
      }
    case 'item-schema-under-json':
      return {
        message: `${mediaType} with an itemSchema is read as one JSON text a line`,
        hint: 'declare the reply as application/x-ndjson or application/jsonl',
      }
    case 'octets-under-json':
      return {
        message: `${mediaType} has a schema of raw octets; the reply is treated as binary`,
        hint: 'declare the reply under its own media type',
      }
    case 'octets-without-schema':
      return {
        message: `the reply has no schema, and ${mediaType} is produced; the reply is treated as binary`,
        hint: 'add "schema: { type: file }" to the response',
      }
    case 'multipart':
      return {
        message: `replies of ${mediaType} are not supported; nothing is generated for it`,
        hint: 'call the endpoint by fetch and take the parts from the Response',
      }
    default:
      return assertNever(loss)
  }
}

function declareStream(name: string): string {
  return `declare the stream under its media type, or state it in the config file: operations: { '${name}': { kind: 'sse', data: '#/components/schemas/…' } }`
}

/** Warnings about an operation as a whole. */
export function operationWarnings({
  operation,
  kinds,
  choice,
}: {
  operation: Operation
  kinds: readonly Kind[]
  choice: Choice | undefined
}): Problem[] {
  const name = `${operation.method} ${operation.path}`
  const about = { severity: 'warning', place: operation.place } as const
  if (kinds.length === 0) {
    const hint = 'declare a reply under 2XX; a WebSocket is stated by x-streamwright'
    return [
      { ...about, code: 'no-success', message: `${name} declares no successful reply; nothing is generated`, hint },
    ]
  }
  if (kinds.includes('websocket') && operation.body !== undefined) {
    const message = `${name} is a WebSocket, whose handshake has no body; its "requestBody" is left out`
    return [{ ...about, code: 'websocket-body', message, hint: 'state what the client sends as "send"' }]
  }
  const streams = kinds.some((kind) => kind !== 'json' && kind !== 'void')
  if (choice === undefined || streams) return []
  const message = `${name} takes "${choice.name}", and no reply is declared as a stream`
  return [{ ...about, code: 'undeclared-stream', message, hint: declareStream(name) }]
}
