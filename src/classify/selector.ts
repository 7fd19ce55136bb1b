/** The part of a request that chooses between a stream and one value: `stream: true`, `mode: "stream"`, `Accept`. */
import { variants } from '../flatten.js'
import type {
  Docs,
  Exclusion,
  Field,
  Json,
  Kind,
  Operation,
  Parameter,
  Selection,
  Selector,
  Type,
  TypeTable,
} from '../ir.js'
import { membersOf, resolve } from './resolve.js'

/** A selector with all values that its type allows. */
export interface Choice extends Selector {
  readonly values: readonly Json[]
  readonly required: boolean
  readonly docs: Docs
}

const RECORD_KINDS: readonly Kind[] = ['sse', 'ndjson', 'json-seq']
const BODY_NAMES = ['stream', 'stream_format', 'response_mode', 'mode', 'streaming'] as const
const QUERY_NAMES = ['stream', 'watch', 'stream_format', 'response_mode', 'mode', 'streaming'] as const
/** Other names under which a value that names a kind, such as `ndjson`, chooses it. */
const FORMAT_NAME = /^(alt|accept|output|encoding)$|format|stream|response/i
const KIND_VALUES: Readonly<Partial<Record<Kind, RegExp>>> = {
  sse: /^(sse|(text\/)?event-stream|server-sent-events)$/i,
  ndjson: /^((application\/)?(x-)?(ndjson|jsonl))$/i,
  'json-seq': /^((application\/)?json-seq)$/i,
  json: /^((application\/)?json)$/i,
}
const STREAM_VALUE = /^(stream|streaming|streamed|sse|ndjson|jsonl|event-stream|server-sent-events)$/i

/** True for the kinds that come record by record, between which and one value a flag chooses. */
export function isRecordKind(kind: Kind): boolean {
  return RECORD_KINDS.includes(kind)
}

/**
 * Looks for the flag in the body, then in the query. A name alone is not enough: the type must be a boolean, or
 * have a value that says stream; a `stream` that takes any text is the name of a stream.
 */
export function findChoice(operation: Operation, table: TypeTable): Choice | undefined {
  const stated = operation.override?.select
  if (stated !== undefined)
    return { ...stated, values: [stated.value, ...opposite(stated.value)], required: true, docs: {} }
  const fields = bodyFields(operation, table)
  for (const name of [...namedByExtension(operation), ...BODY_NAMES]) {
    const choice = choiceInBody({ fields, name }, table)
    if (choice !== undefined) return choice
  }
  for (const name of QUERY_NAMES) {
    const parameter = operation.parameters.find((one) => one.in === 'query' && one.name === name)
    const choice = parameter === undefined ? undefined : choiceAmong(valuesInQuery(parameter.type, table))
    if (parameter !== undefined && choice !== undefined) return choiceInQuery(parameter, choice)
  }
  return undefined
}

/**
 * Looks for a format among whose values one of the kinds has its own, in the query, then in the body: `?format=jsonl`,
 * `alt=sse`. It says nothing of a reply that is not declared, and so counts only where one of these kinds is.
 */
export function findFormat(operation: Operation, kinds: readonly Kind[], table: TypeTable): Choice | undefined {
  const own = kinds.filter(isRecordKind).flatMap((kind) => KIND_VALUES[kind] ?? [])
  const choose = (values: readonly Json[]): Chosen | undefined => {
    const value = values.find((one) => typeof one === 'string' && own.some((pattern) => pattern.test(one)))
    return value === undefined ? undefined : { value, values: [...new Set(values)] }
  }
  for (const parameter of operation.parameters) {
    if (parameter.in !== 'query' || !FORMAT_NAME.test(parameter.name)) continue
    const choice = choose(valuesOf(parameter.type, table))
    if (choice !== undefined) return choiceInQuery(parameter, choice)
  }
  for (const { name, type, optional, docs = {} } of bodyFields(operation, table)) {
    const choice = FORMAT_NAME.test(name) ? choose(valuesOf(type, table)) : undefined
    if (choice !== undefined)
      return { in: 'body', name, required: !optional, docs, ...choice, ...withDefault(statedDefault(docs)) }
  }
  return undefined
}

interface Chosen {
  readonly value: Json
  readonly values: readonly Json[]
}

function choiceInQuery({ name, required, docs, default: preset }: Parameter, chosen: Chosen): Choice {
  return { in: 'query', name, required, docs, ...chosen, ...withDefault(preset) }
}

/** The function of the kind `kind`: what it sends, and what its caller must not. */
export function selectionFor(choice: Choice, kind: Kind): { selection?: Selection; excluded?: Exclusion } {
  const chosen = { in: choice.in, name: choice.name }
  if (isRecordKind(kind)) return { selection: { ...chosen, value: ownValue(kind, choice) ?? choice.value } }
  const own = ownValue(kind, choice)
  if (own !== undefined) return { selection: { ...chosen, value: own } }
  const named = Object.values(KIND_VALUES)
  const isOthers = (value: Json): boolean => typeof value === 'string' && named.some((pattern) => pattern.test(value))
  const others = choice.values.filter((value) => !isStreamValue(value) && value !== choice.value && !isOthers(value))
  const [other] = others
  if (other !== undefined && others.length === 1) return { selection: { ...chosen, value: other } }
  return { excluded: { ...chosen, values: others, required: choice.required } }
}

/** `sse` of `sse | ndjson | none` for events: where the values name kinds, each kind has its own. */
function ownValue(kind: Kind, { values }: Choice): Json | undefined {
  const own = KIND_VALUES[kind]
  return values.find((one) => typeof one === 'string' && own?.test(one))
}

function isStreamValue(value: Json): boolean {
  return value === true || (typeof value === 'string' && STREAM_VALUE.test(value))
}

function opposite(value: Json): Json[] {
  return typeof value === 'boolean' ? [!value] : []
}

/** `x-speakeasy-stream-request-field: stream`, and Fern's `stream-condition: $request.stream`. */
function namedByExtension({ replies, extensions }: Operation): string[] {
  const fern = extensions['x-fern-streaming']
  const condition =
    typeof fern === 'object' && fern !== null && 'stream-condition' in fern ? fern['stream-condition'] : undefined
  const all = replies.flatMap(({ contents }) => contents.map((content) => content.extensions))
  const names = [extensions, ...all].map((found) => found['x-speakeasy-stream-request-field'])
  return [...names, typeof condition === 'string' ? condition.replace(/^\$request\./, '') : undefined].filter(
    (name) => typeof name === 'string',
  )
}

/** Every field that a body may have, of all its media types and of all that it can be. */
export function bodyFields({ body }: Operation, table: TypeTable): Field[] {
  return (body?.contents ?? []).flatMap(({ type }) =>
    (variants(type, table) ?? []).flatMap(({ fields }) => [...fields.values()]),
  )
}

function choiceInBody(
  { fields, name }: { fields: readonly Field[]; name: string },
  table: TypeTable,
): Choice | undefined {
  const own = fields.filter((field) => field.name === name)
  for (const field of own) {
    const choice = choiceAmong(valuesOf(field.type, table))
    if (choice === undefined) continue
    const docs = field.docs ?? {}
    // Alternatives of a body may have a value each: `{ stream: true } | { stream: false }`.
    const values = [...new Set([...choice.values, ...own.flatMap(({ type }) => valuesOf(type, table))])]
    const { value } = choice
    const required = own.every(({ optional }) => !optional)
    return { in: 'body', name, required, docs, value, values, ...withDefault(statedDefault(docs)) }
  }
  return undefined
}

function choiceAmong(values: readonly Json[]): Chosen | undefined {
  const value = values.find(isStreamValue)
  return value === undefined ? undefined : { value, values: [...new Set(values)] }
}

function valuesOf(type: Type, table: TypeTable): Json[] {
  return membersOf(type, table).flatMap((member): Json[] => {
    const { type: target } = resolve(member, table)
    if (target.kind === 'boolean') return [true, false]
    return target.kind === 'literal' ? [target.value] : []
  })
}

/** In a query `true` and the text `"true"` are the same. */
function valuesInQuery(type: Type, table: TypeTable): Json[] {
  return valuesOf(type, table).map((value) => (value === 'true' ? true : value === 'false' ? false : value))
}

function statedDefault(docs: Docs | undefined): Json | undefined {
  const text = docs?.tags?.find((tag) => tag.name === 'default')?.text
  return text === undefined ? undefined : text.replaceAll(/^["'`]|["'`]$/g, '')
}

/** TGI writes `"false"` for false. */
function withDefault(value: Json | undefined): { default?: Json } {
  if (value === undefined || value === null) return {}
  if (value === 'true' || value === 'false') return { default: value === 'true' }
  return { default: value }
}
