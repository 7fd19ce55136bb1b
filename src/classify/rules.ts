/** The rule table: what one media type of one successful reply makes of the reply. The first rule that applies wins. */
import type { Answer, Content, Extensions, Kind, Operation, Reply, Type, TypeTable } from '../ir.js'
import { type MediaType, parseMediaType } from '../media-type.js'
import {
  isEventStream,
  isJsonSequence,
  isJsonValue,
  isMultipart,
  isNdjson,
  isOctets,
  isText,
  isWildcard,
} from './kinds.js'
import { mentions, objectOf, resolve } from './resolve.js'
import { type Loss, readSse } from './sse.js'

export interface Case {
  readonly operation: Operation
  readonly reply: Reply
  readonly content: Content
  readonly mediaType: MediaType
  readonly table: TypeTable
}

/** What a rule says. `answer` is absent for a kind that no code is written for. */
export interface Judgement {
  readonly kind: Kind
  readonly answer?: Answer
  /** Media types to ask for. */
  readonly accept: readonly string[]
  readonly because: string
  readonly losses: readonly RuleLoss[]
}

export type RuleLoss =
  | Loss
  | 'item-schema-under-json'
  | 'octets-under-json'
  | 'octets-without-schema'
  | 'multipart'
  | 'no-schema'

interface Rule {
  readonly applies: (one: Case) => boolean
  readonly judge: (one: Case) => Omit<Judgement, 'accept' | 'because'> & { readonly accept?: readonly string[] }
  /** Words behind the media type, where the media type alone does not say it. */
  readonly reason?: string
}

const UNKNOWN: Type = { kind: 'unknown' }

/** Numbers are those of the table in the design documents; rule 0, the user's own word, is applied before any of these. */
const RULES: readonly Rule[] = [
  {
    applies: (one) => isFernStream(one.operation.extensions) && isJsonValue(one.mediaType),
    judge: records,
    reason: 'x-fern-streaming',
  }, // 1
  { applies: ({ mediaType }) => isEventStream(mediaType), judge: eventStream }, // 2
  { applies: ({ mediaType }) => isNdjson(mediaType), judge: records }, // 3
  { applies: ({ mediaType }) => isJsonSequence(mediaType), judge: sequence }, // 4
  {
    applies: ({ mediaType, content }) => isJsonValue(mediaType) && content.itemType !== undefined,
    judge: itemSchema,
    reason: 'itemSchema',
  }, // 5
  { applies: isGrpcGateway, judge: grpcGateway, reason: 'the stream result of grpc-gateway' }, // 6
  { applies: (one) => isJsonValue(one.mediaType) && !hasOctets(one), judge: oneValue }, // 7
  { applies: ({ mediaType }) => isMultipart(mediaType), judge: () => ({ kind: 'multipart', losses: ['multipart'] }) }, // 8
  { applies: hasOctets, judge: octets, reason: 'a schema of raw octets' }, // 9
  { applies: ({ mediaType }) => isOctets(mediaType), judge: octets }, // 10
  { applies: isJsonAsText, judge: oneValue, reason: 'a schema of a JSON value' }, // 12
  {
    applies: ({ mediaType }) => isText(mediaType),
    judge: () => ({ kind: 'text', answer: { kind: 'text' }, losses: [] }),
  }, // 11
  { applies: ({ mediaType }) => isWildcard(mediaType), judge: oneValue }, // 13
  {
    applies: isVendorJson,
    judge: (one) => ({ ...oneValue(one), accept: [one.content.mediaType] }),
    reason: 'a schema of a JSON value',
  },
  { applies: () => true, judge: octets },
]

/**
 * Judges one media type; `undefined` where the text is no media type (rule 16), or a 2.0 reply has no schema (rule 14)
 * and its media type is neither one of octets nor the operation's own word for a stream.
 */
export function judge(one: Omit<Case, 'mediaType'>): Judgement | undefined {
  const mediaType = parseMediaType(one.content.mediaType)
  if (mediaType === undefined) return undefined
  if (one.content.bare && !isOctets(mediaType) && (one.content.inherited || !isStream(mediaType))) return undefined
  const found = { ...one, mediaType }
  const rule = RULES.find(({ applies }) => applies(found))
  if (rule === undefined) return undefined
  const { accept = [one.content.mediaType], ...rest } = rule.judge(found)
  const because = `media type ${one.content.mediaType} of reply ${one.reply.status}${rule.reason === undefined ? '' : `, with ${rule.reason}`}`
  return { accept, because, ...rest }
}

function isStream(mediaType: MediaType): boolean {
  return isEventStream(mediaType) || isNdjson(mediaType) || isJsonSequence(mediaType)
}

function isFernStream(extensions: Extensions): boolean {
  return extensions['x-fern-streaming'] === true
}

/** Rule 6, by the title that protoc-gen-openapiv2 gives, or its words in the description. */
function isGrpcGateway({ content, reply, mediaType, table }: Case): boolean {
  const mayBeJson = isJsonValue(mediaType) || (content.inherited && isText(mediaType))
  if (!mayBeJson || content.type === undefined) return false
  const { declaration } = resolve(content.type, table)
  const object = objectOf(content.type, table)
  if (object === undefined || !object.fields.some(({ name }) => name === 'result')) return false
  const title = object.title ?? declaration?.title ?? ''
  return title.startsWith('Stream result of ') || mentions(reply.docs, '(streaming responses)')
}

function hasOctets({ content, table }: Case): boolean {
  return content.type !== undefined && resolve(content.type, table).type.kind === 'binary'
}

/** Rule 12: the document's own text/plain beside JSON, or the text/plain that ASP.NET declares for every JSON value. */
function isJsonAsText({ content, mediaType, table }: Case): boolean {
  if (!mediaType.essence.startsWith('text/')) return false
  const { kind } = resolve(content.type ?? UNKNOWN, table).type
  const isValue = kind === 'number' || kind === 'boolean' || isStructured(content, table)
  return isValue && (content.inherited || mediaType.essence === 'text/plain')
}

/** A vendor's own type that does not say `+json`, such as `application/vnd.github.object`. */
function isVendorJson({ content, mediaType, table }: Case): boolean {
  return mediaType.essence.startsWith('application/vnd.') && isStructured(content, table)
}

function isStructured({ type }: Content, table: TypeTable): boolean {
  if (type === undefined) return false
  const { kind } = resolve(type, table).type
  return kind === 'object' || kind === 'array' || kind === 'tuple' || kind === 'intersection' || kind === 'union'
}

function eventStream({ content, table }: Case): ReturnType<Rule['judge']> {
  const { events, sentinel, losses } = readSse(content, table)
  return { kind: 'sse', answer: { kind: 'sse', events, ...(sentinel === undefined ? {} : { sentinel }) }, losses }
}

/**
 * One record of a sequence: `itemSchema`, else the items of an array, else the schema. Octets are what the whole body
 * is, and say nothing of a record.
 */
function recordType({ content, table }: Case): Type {
  if (content.itemType !== undefined) return content.itemType
  if (content.type === undefined) return UNKNOWN
  const { type } = resolve(content.type, table)
  if (type.kind === 'binary') return UNKNOWN
  return type.kind === 'array' ? type.items : content.type
}

function records(one: Case): ReturnType<Rule['judge']> {
  const item = recordType(one)
  return { kind: 'ndjson', answer: { kind: 'ndjson', item }, losses: untyped(item, one.table) }
}

function sequence(one: Case): ReturnType<Rule['judge']> {
  const item = recordType(one)
  return { kind: 'json-seq', answer: { kind: 'json-seq', item }, losses: untyped(item, one.table) }
}

function itemSchema(one: Case): ReturnType<Rule['judge']> {
  return { kind: 'ndjson', answer: { kind: 'ndjson', item: recordType(one) }, losses: ['item-schema-under-json'] }
}

function grpcGateway({ content, mediaType, table }: Case): ReturnType<Rule['judge']> {
  const item = objectOf(content.type, table)?.fields.find(({ name }) => name === 'result')?.type ?? UNKNOWN
  return {
    kind: 'ndjson',
    answer: { kind: 'ndjson', item, unwrap: 'result', remoteErrorField: 'error' },
    losses: [],
    accept: jsonOf({ content, mediaType }),
  }
}

function oneValue({ content, mediaType }: Case): ReturnType<Rule['judge']> {
  const losses: readonly RuleLoss[] = content.type === undefined ? ['no-schema'] : []
  const answer: Answer = { kind: 'json', type: content.type ?? UNKNOWN, orNothing: false }
  return { kind: 'json', answer, losses, accept: jsonOf({ content, mediaType }) }
}

/** What is asked for where JSON is meant: a text type that stands for JSON is not. */
function jsonOf({ content, mediaType }: Pick<Case, 'content' | 'mediaType'>): readonly string[] {
  return [isJsonValue(mediaType) ? content.mediaType : 'application/json']
}

function octets({ content, mediaType }: Case): ReturnType<Rule['judge']> {
  const losses: RuleLoss[] = []
  if (isJsonValue(mediaType)) losses.push('octets-under-json')
  if (content.bare) losses.push('octets-without-schema')
  return { kind: 'binary', answer: { kind: 'binary' }, losses, accept: [content.mediaType] }
}

function untyped(item: Type, table: TypeTable): readonly RuleLoss[] {
  return resolve(item, table).type.kind === 'unknown' ? ['untyped'] : []
}
