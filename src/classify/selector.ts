/** The part of a request that chooses between a stream and one value: `stream: true`, `mode: "stream"`, `Accept`. */
import { variants } from '../flatten.js'
import type { Docs, Exclusion, Field, Json, Kind, Operation, Selection, Selector, Type, TypeTable } from '../ir.js'
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
const KIND_VALUES: Readonly<Partial<Record<Kind, RegExp>>> = {
  sse: /^(sse|event-stream|server-sent-events)$/i,
  ndjson: /^(ndjson|jsonl)$/i,
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
    const choice = parameter === undefined ? undefined : choiceOf(parameter.type, table)
    if (parameter !== undefined && choice !== undefined) {
      return {
        in: 'query',
        name,
        required: parameter.required,
        docs: parameter.docs,
        ...choice,
        ...withDefault(parameter.default),
      }
    }
  }
  return undefined
}

/** The function of the kind `kind`: what it sends, and what its caller must not. */
export function selectionFor(choice: Choice, kind: Kind): { selection?: Selection; excluded?: Exclusion } {
  const chosen = { in: choice.in, name: choice.name }
  if (isRecordKind(kind)) return { selection: { ...chosen, value: valueFor(kind, choice) } }
  const others = choice.values.filter((value) => !isStreamValue(value) && value !== choice.value)
  const [other] = others
  if (other !== undefined && others.length === 1) return { selection: { ...chosen, value: other } }
  return { excluded: { ...chosen, values: others, required: choice.required } }
}

/** `sse` of `sse | ndjson | none` for events: where the values name kinds, each kind has its own. */
function valueFor(kind: Kind, { value, values }: Choice): Json {
  const own = KIND_VALUES[kind]
  return values.find((one) => typeof one === 'string' && own?.test(one)) ?? value
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
    const choice = choiceOf(field.type, table)
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

function choiceOf(type: Type, table: TypeTable): { value: Json; values: readonly Json[] } | undefined {
  const values = valuesOf(type, table)
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
