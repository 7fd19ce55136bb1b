/**
 * What `data` and `event` of a `text/event-stream` are. Before OpenAPI 3.2 documents put the payload into `schema`,
 * some the whole event; 3.2 says that a schema describes the parsed event. The shape decides (rule 2).
 */
import { type Variant, variants } from '../flatten.js'
import type { Content, SseEvent, Type, TypeTable } from '../ir.js'
import { isJson, parseMediaType } from '../media-type.js'
import { membersOf, resolve, unionOf } from './resolve.js'

export interface SseReading {
  readonly events: readonly SseEvent[]
  readonly sentinel?: string
  readonly losses: readonly Loss[]
}

/** Something the document says that the types cannot carry. */
export type Loss = 'untyped' | 'contradictory-content'

const STRING: Type = { kind: 'string' }
const EVENT_FIELDS: ReadonlySet<string> = new Set(['data', 'event', 'id', 'retry', 'comment'])

/** Reads the events of one media type. Pure; a document that says nothing gives one event with a text payload. */
export function readSse(content: Content, table: TypeTable): SseReading {
  const type = content.itemType ?? itemOf(content.type, table)
  if (type === undefined) return { events: [event(null, 'text', STRING)], losses: ['untyped'] }
  const found = variants(type, table)
  const shape = content.extensions['x-ogen-sse-event-shape']
  const isEnvelope =
    shape === undefined ? looksLikeEnvelope(found, content.itemType !== undefined, table) : shape !== 'data-only'
  return isEnvelope && found !== undefined ? readEnvelope(found, table) : readPayload(type, table)
}

/** `schema` of a sequence may describe the whole as an array (OpenAPI 3.2 section 4.14.4). */
function itemOf(type: Type | undefined, table: TypeTable): Type | undefined {
  if (type === undefined) return undefined
  const { type: target } = resolve(type, table)
  return target.kind === 'array' ? target.items : type
}

function looksLikeEnvelope(found: readonly Variant[] | undefined, isItemSchema: boolean, table: TypeTable): boolean {
  if (found === undefined || found.length === 0) return false
  const onlyEventFields = found.every(({ fields }) => [...fields.keys()].every((name) => EVENT_FIELDS.has(name)))
  const hasData = found.some(({ fields }) => fields.has('data'))
  const tells = found.every(({ fields }) => fields.has('data') || fields.has('event'))
  if (!onlyEventFields || !hasData || !tells) return false
  return (
    isItemSchema || found.some(({ fields }) => fields.has('event') || !isPlainString(fields.get('data')?.type, table))
  )
}

function isPlainString(type: Type | undefined, table: TypeTable): boolean {
  return type !== undefined && resolve(type, table).type.kind === 'string'
}

function event(name: string | null, payload: SseEvent['payload'], type: Type, terminal = false): SseEvent {
  return { name, payload, type, terminal }
}

function readPayload(type: Type, table: TypeTable): SseReading {
  const sentinels: string[] = []
  const kept = membersOf(type, table).filter((member) => {
    const { type: target } = resolve(member, table)
    if (target.kind !== 'literal' || typeof target.value !== 'string' || !isSentinel(target.value)) return true
    sentinels.push(target.value)
    return false
  })
  const [sentinel] = sentinels
  const item = sentinel === undefined ? type : unionOf(kept)
  const { type: target } = resolve(item, table)
  const ended = sentinel === undefined ? {} : { sentinel }
  if (target.kind === 'string' || target.kind === 'binary')
    return { events: [event(null, 'text', STRING)], losses: [], ...ended }
  if (target.kind === 'embedded') return { ...readEmbedded(null, target), ...ended }
  return { events: [event(null, 'json', item)], losses: target.kind === 'unknown' ? ['untyped'] : [], ...ended }
}

/** `[DONE]`, `[done]`: what no JSON payload can be. */
function isSentinel(value: string): boolean {
  return /^\[\w+\]$/.test(value)
}

function readEmbedded(name: string | null, type: Extract<Type, { kind: 'embedded' }>, terminal = false): SseReading {
  const essence = parseMediaType(type.mediaType)?.essence ?? ''
  if (isJson(essence)) return { events: [event(name, 'json', type.type, terminal)], losses: [] }
  const contradicts = !essence.startsWith('text/')
  return { events: [event(name, 'text', STRING, terminal)], losses: contradicts ? ['contradictory-content'] : [] }
}

function readEnvelope(found: readonly Variant[], table: TypeTable): SseReading {
  const readings = found.map((variant) => readVariant(variant, table))
  const sentinel = readings.map((reading) => reading.sentinel).find((value) => value !== undefined)
  return {
    events: mergeEvents(readings.flatMap(({ events }) => events)),
    losses: [...new Set(readings.flatMap(({ losses }) => losses))],
    ...(sentinel === undefined ? {} : { sentinel }),
  }
}

function readVariant(variant: Variant, table: TypeTable): SseReading {
  const names = eventNames(variant, table)
  const data = variant.fields.get('data')?.type
  const target = data === undefined ? undefined : resolve(data, table).type
  const fixed = fixedText(target)
  if (fixed !== undefined && (variant.terminal || isSentinel(fixed))) return { events: [], sentinel: fixed, losses: [] }
  const readings = names.map((name) => readData({ name, data, target, terminal: variant.terminal }))
  return { events: readings.flatMap(({ events }) => events), losses: readings.flatMap(({ losses }) => losses) }
}

function readData({
  name,
  data,
  target,
  terminal,
}: {
  name: string | null
  data: Type | undefined
  target: Type | undefined
  terminal: boolean
}): SseReading {
  if (data === undefined || target === undefined)
    return { events: [event(name, 'none', { kind: 'undefined' }, terminal)], losses: [] }
  if (target.kind === 'embedded') return readEmbedded(name, target, terminal)
  if (target.kind === 'string' || target.kind === 'binary')
    return { events: [event(name, 'text', STRING, terminal)], losses: [] }
  if (target.kind === 'literal' && typeof target.value === 'string')
    return { events: [event(name, 'text', data, terminal)], losses: [] }
  return { events: [event(name, 'json', data, terminal)], losses: [] }
}

function fixedText(target: Type | undefined): string | undefined {
  if (target?.kind === 'literal') return typeof target.value === 'string' ? target.value : undefined
  return target?.kind === 'embedded' ? target.value : undefined
}

/** The names that `event` of one variant allows; `null` where it allows any or is not there. */
function eventNames({ fields }: Variant, table: TypeTable): readonly (string | null)[] {
  const field = fields.get('event')
  if (field === undefined) return [null]
  const names = membersOf(field.type, table).map((member) => {
    const { type } = resolve(member, table)
    return type.kind === 'literal' && typeof type.value === 'string' ? type.value : null
  })
  return names.includes(null) ? [null] : names
}

/** One entry for each name. Where some are named, an event without a name is what the standard calls `message`. */
function mergeEvents(events: readonly SseEvent[]): SseEvent[] {
  const isNamed = events.some(({ name }) => name !== null)
  const merged = new Map<string | null, SseEvent>()
  for (const one of events) {
    const name = isNamed ? (one.name ?? 'message') : null
    const known = merged.get(name)
    merged.set(name, known === undefined ? { ...one, name } : combine(known, one))
  }
  return [...merged.values()]
}

function combine(known: SseEvent, further: SseEvent): SseEvent {
  const payload = known.payload === further.payload ? known.payload : 'json'
  const terminal = known.terminal && further.terminal
  return { name: known.name, payload, type: unionOf([known.type, further.type]), terminal }
}
