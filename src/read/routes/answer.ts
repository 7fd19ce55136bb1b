/** The answer of a route: complete, so that nothing is left to judge. */

import { unionOf } from '../../combine.js'
import { assertNever, type Place } from '../../diagnostics.js'
import type { Answer, SseEvent, StatedAnswer, StreamKind, Type } from '../../ir.js'
import { ANNOTATION } from './attach.js'
import type { FoundEvent, FoundSocket, RouteFinding, Unreadable } from './dialect.js'
import { type Places, unreadableError } from './places.js'
import type { TypeReader } from './type/reader.js'

export interface AnswerContext {
  readonly places: Places
  readonly types: TypeReader
  readonly place: Place
  /** `GET /jobs/{id}/events`: stands in messages. */
  readonly title: string
}

const MEDIA_TYPES: Readonly<Record<StreamKind, string>> = {
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson',
  'json-seq': 'application/json-seq',
  text: 'text/plain',
  // What a file is, only the server knows.
  binary: '*/*',
  websocket: '',
}

/** @throws InputError where nothing says what is sent. */
export function answerOf(
  { finding, kind, by }: { readonly finding: RouteFinding; readonly kind: StreamKind; readonly by: string },
  context: AnswerContext,
): StatedAnswer {
  const mediaType = finding.contentType ?? MEDIA_TYPES[kind]
  return {
    answer: build({ finding, kind }, context),
    accept: kind === 'websocket' ? [] : [mediaType],
    because: by === ANNOTATION ? 'the annotation @stream' : by,
  }
}

function build(
  { finding, kind }: { readonly finding: RouteFinding; readonly kind: StreamKind },
  context: AnswerContext,
): Answer {
  const { done, errorEvent, errorField } = finding
  switch (kind) {
    case 'sse':
      return {
        kind,
        events: sseEvents(finding, context),
        ...(done === undefined ? {} : { sentinel: done }),
        ...(errorEvent === undefined ? {} : { remoteErrorEvent: errorEvent }),
      }
    case 'ndjson':
    case 'json-seq':
      return {
        kind,
        item: itemOf(finding, context),
        ...(errorField === undefined ? {} : { remoteErrorField: errorField }),
      }
    case 'text':
    case 'binary':
      return { kind }
    case 'websocket':
      return socketAnswer(finding.socket, context)
    default:
      return assertNever(kind)
  }
}

function eventsOf({ events }: RouteFinding, { places, place, title }: AnswerContext): readonly FoundEvent[] {
  if (isUnreadable(events)) throw unreadableError(withHint(events), places)
  if (events !== undefined && events.length > 0) return events
  return places.failAt(place, {
    code: 'route-event-missing',
    message: `nothing says of what type the events of ${title} are`,
    hint: 'add @event {T} to an annotation at the route; write @event {unknown} if they may be anything',
  })
}

function withHint(found: Unreadable): Unreadable {
  return { hint: 'state the type by @event {T} in an annotation above the route: @stream KIND', ...found }
}

function isUnreadable(found: object | undefined): found is Unreadable {
  return found !== undefined && 'kind' in found && found.kind === 'unreadable'
}

/** One entry for each name: types of one name are a union. An event without a name is a `message` among named ones. */
function sseEvents(finding: RouteFinding, context: AnswerContext): SseEvent[] {
  const found = eventsOf(finding, context)
  const isNamed = found.some(({ name }) => name !== null)
  const events = new Map<string | null, SseEvent>()
  for (const { name, payload, terminal = false } of found) {
    const type: Type = payload === undefined ? { kind: 'undefined' } : context.types.read(payload)
    const key = isNamed ? (name ?? 'message') : name
    const event: SseEvent = { name: key, payload: payloadOf(type, finding), type, terminal }
    const known = events.get(key)
    events.set(key, known === undefined ? event : joined(known, event))
  }
  return [...events.values()]
}

function joined(known: SseEvent, further: SseEvent): SseEvent {
  if (known.payload === 'none') return further
  if (further.payload === 'none') return known
  return {
    ...known,
    payload: known.payload === further.payload ? known.payload : 'json',
    type: unionOf([known.type, further.type]),
    terminal: known.terminal && further.terminal,
  }
}

function payloadOf(type: Type, { stringsAre = 'text' }: RouteFinding): SseEvent['payload'] {
  if (type.kind === 'undefined') return 'none'
  return stringsAre === 'text' && isText(type) ? 'text' : 'json'
}

function isText(type: Type): boolean {
  if (type.kind === 'union') return type.members.every(isText)
  return type.kind === 'string' || (type.kind === 'literal' && typeof type.value === 'string')
}

function itemOf(finding: RouteFinding, context: AnswerContext): Type {
  const types = eventsOf(finding, context).flatMap(({ payload }) =>
    payload === undefined ? [] : [context.types.read(payload)],
  )
  return unionOf(types)
}

function socketAnswer(
  socket: FoundSocket | Unreadable | undefined,
  { types, places, place, title }: AnswerContext,
): Answer {
  if (isUnreadable(socket)) throw unreadableError(withHint(socket), places)
  const { send, receive, reply, protocol } = socket ?? {}
  if (send === undefined && receive === undefined && reply === undefined) {
    places.failAt(place, {
      code: 'route-event-missing',
      message: `nothing says of what type the messages of ${title} are`,
      hint: 'add @event {T} for what the server sends, @send {T} for what the client sends, @reply {T} for its one answer',
    })
  }
  return {
    kind: 'websocket',
    ...(send && { send: types.read(send) }),
    ...(receive && { receive: types.read(receive) }),
    ...(reply && { reply: types.read(reply) }),
    ...(protocol && { protocol }),
  }
}
