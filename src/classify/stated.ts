/** Rule 0: what the user states of an operation replaces what the document says, and leaves a JSON twin beside it. */
import { assertNever } from '../diagnostics.js'
import type { Answer, Kind, Override, SseEvent, StatedAnswer, Type } from '../ir.js'
import type { Judgement } from './rules.js'
import { isRecordKind } from './selector.js'

const UNKNOWN: Type = { kind: 'unknown' }
const TEXT_EVENT: SseEvent = { name: null, payload: 'text', type: { kind: 'string' }, terminal: false }
const MEDIA_TYPES: Partial<Record<Kind, string>> = {
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson',
  'json-seq': 'application/json-seq',
  text: 'text/plain',
  binary: 'application/octet-stream',
  json: 'application/json',
}

/**
 * The judgements with the user's word applied. A kind that is stated replaces all kinds of the document, but for the
 * JSON reply where the request has something that selects the stream; without a kind, its types replace the stream's.
 */
export function statedJudgements(
  override: Override,
  { judgements, hasChoice }: { readonly judgements: readonly Judgement[]; readonly hasChoice: boolean },
): Judgement[] {
  if (override.stated !== undefined) return [completeAnswer(override.stated)]
  const kind =
    override.kind ?? judgements.find(({ answer }) => answer?.kind === 'sse' || answer?.kind === 'ndjson')?.kind
  if (kind === undefined || (override.kind === undefined && !statesType(override))) return [...judgements]
  const known = judgements.find((one) => one.kind === kind)
  const answer = answerOf(kind, override, known?.answer)
  const mediaType = MEDIA_TYPES[kind]
  const accept = known?.accept ?? (mediaType === undefined ? [] : [mediaType])
  const stated: Judgement = {
    kind,
    accept,
    because: 'stated by the user',
    losses: [],
    ...(answer === undefined ? {} : { answer }),
  }
  const twin = judgements.filter(
    (one) =>
      one.kind !== kind && (override.kind === undefined || (hasChoice && isRecordKind(kind) && one.kind === 'json')),
  )
  return [...twin, stated]
}

function completeAnswer({ answer, accept, because }: StatedAnswer): Judgement {
  return { kind: answer.kind, answer, accept, because, losses: [] }
}

function statesType({ data, events }: Override): boolean {
  return data !== undefined || events !== undefined
}

function answerOf(kind: Kind, override: Override, known: Answer | undefined): Answer | undefined {
  const type = override.data ?? typeOf(known)
  switch (kind) {
    case 'sse':
      return sseAnswer(override, known)
    case 'ndjson':
    case 'json-seq':
      return { kind, item: type ?? { kind: 'unknown' } }
    case 'json':
      return { kind, type: type ?? { kind: 'unknown' }, orNothing: false }
    case 'text':
    case 'binary':
    case 'void':
      return { kind }
    case 'websocket':
      return socketAnswer(override)
    case 'multipart':
      return undefined
    default:
      return assertNever(kind)
  }
}

/** Without a word on either direction both carry anything; `data` says what comes in, as it does for other kinds. */
function socketAnswer({ send, receive, reply, data, protocol }: Override): Answer {
  const incoming = receive ?? data
  const isSilent = send === undefined && incoming === undefined && reply === undefined
  const carried = isSilent
    ? { send: UNKNOWN, receive: UNKNOWN }
    : { ...(send && { send }), ...(incoming ? { receive: incoming } : reply && { reply }) }
  return { kind: 'websocket', ...carried, ...(protocol && { protocol }) }
}

function typeOf(known: Answer | undefined): Type | undefined {
  if (known?.kind === 'json') return known.type
  return known?.kind === 'ndjson' || known?.kind === 'json-seq' ? known.item : undefined
}

function sseAnswer({ data, events, sentinel }: Override, known: Answer | undefined): Answer {
  const ended = sentinel === undefined ? {} : { sentinel }
  if (events !== undefined)
    return { kind: 'sse', events: events.map(({ name, type }) => eventOf(name, type)), ...ended }
  if (data !== undefined) return { kind: 'sse', events: [eventOf(null, data)], ...ended }
  if (known?.kind === 'sse') return { ...known, ...ended }
  return { kind: 'sse', events: [known?.kind === 'json' ? eventOf(null, known.type) : TEXT_EVENT], ...ended }
}

function eventOf(name: string | null, type: Type): SseEvent {
  const payload = type.kind === 'undefined' ? 'none' : type.kind === 'string' ? 'text' : 'json'
  return { name, payload, type, terminal: false }
}
