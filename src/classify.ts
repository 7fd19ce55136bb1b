/** `Operation` to `Verdict`: which kinds of reply there are, and what each becomes. Pure; the table is in `classify/rules.ts`. */

import { isText } from './classify/kinds.js'
import { unionOf } from './classify/resolve.js'
import { type Judgement, judge } from './classify/rules.js'
import { findChoice, findFormat, isRecordKind, selectionFor } from './classify/selector.js'
import { findSentinel } from './classify/sentinel.js'
import { statedJudgements } from './classify/stated.js'
import { lossWarning, operationWarnings } from './classify/warnings.js'
import type { Problem } from './diagnostics.js'
import type {
  Answer,
  Api,
  Content,
  Endpoint,
  ErrorReply,
  Kind,
  Operation,
  Reply,
  Selector,
  TypeTable,
  Verdict,
} from './ir.js'
import { isJson, parseMediaType } from './media-type.js'

/** Judges every operation, in the order of the document. */
export function classify(api: Api): Verdict[] {
  return api.operations.map((operation) => classifyOperation(operation, api.types))
}

function classifyOperation(operation: Operation, table: TypeTable): Verdict {
  const replies = successes(operation.replies)
  const { judgements, warnings } = judgeReplies({ operation, replies }, table)
  const choice = findChoice(operation, table)
  const { override } = operation
  const stated =
    override === undefined ? judgements : statedJudgements(override, { judgements, hasChoice: choice !== undefined })
  const merged = withoutEmpty(merge(stated))
  const kinds = merged.map(({ kind }) => kind)
  const chosen = kinds.some(isRecordKind) ? (choice ?? findFormat(operation, kinds, table)) : undefined
  const sentinel = kinds.includes('sse')
    ? (override?.sentinel ?? findSentinel(operation, { replies, table }))
    : undefined
  const endpoints = merged.flatMap(({ kind, answer, accept, because }): Endpoint[] => {
    if (answer === undefined || operation.override?.skip === true) return []
    const selected = chosen === undefined ? {} : selectionFor(chosen, kind)
    return [
      { operation: handshake(operation, answer), answer: withSentinel(answer, sentinel), accept, because, ...selected },
    ]
  })
  const selector = chosen === undefined ? acceptSelector(merged) : plainSelector(chosen)
  return {
    operation,
    kinds,
    endpoints,
    because: merged.map(({ because }) => because),
    ...(selector === undefined ? {} : { selector }),
    // A WebSocket shows no body of a refusal.
    errors: kinds.includes('websocket') ? [] : errorReplies(operation.replies),
    warnings: [...warnings, ...operationWarnings({ operation, kinds, choice })],
  }
}

/** The handshake of a WebSocket is a GET without a body (RFC 6455 section 4.1). */
function handshake(operation: Operation, { kind }: Answer): Operation {
  if (kind !== 'websocket' || operation.body === undefined) return operation
  const { body: _, ...rest } = operation
  return rest
}

/** 2xx and 2XX; `default` where there are none and no other status says that `default` is an error. */
function successes(replies: readonly Reply[]): readonly Reply[] {
  const stated = replies.filter(({ status }) => /^2(\d\d|XX)$/.test(status))
  return stated.length > 0 ? stated : replies.filter(({ status }) => status === 'default')
}

function judgeReplies(
  { operation, replies }: { operation: Operation; replies: readonly Reply[] },
  table: TypeTable,
): { judgements: Judgement[]; warnings: Problem[] } {
  const judgements: Judgement[] = []
  const warnings: Problem[] = []
  for (const reply of replies.map((one) => (hasNoBody(operation, one) ? withoutBody(one) : one))) {
    const judged = reply.contents.flatMap((content) => {
      const judgement = judge({ operation, reply, content, table })
      if (judgement === undefined && parseMediaType(content.mediaType) === undefined)
        warnings.push(notAMediaType(content))
      for (const loss of judgement?.losses ?? [])
        warnings.push(lossWarning({ loss, mediaType: content.mediaType, place: content.place }))
      return judgement ?? []
    })
    for (const judgement of judged.length > 0 ? judged : [nothing(reply)]) judgements.push(judgement)
  }
  return { judgements, warnings }
}

/** RFC 9110 sections 9.3.2, 15.3.5 and 15.3.6, whatever the document declares. */
function hasNoBody({ method }: Operation, { status }: Reply): boolean {
  return method === 'HEAD' || status === '204' || status === '205'
}

function withoutBody(reply: Reply): Reply {
  return { ...reply, contents: [] }
}

function nothing({ status }: Reply): Judgement {
  return { kind: 'void', answer: { kind: 'void' }, accept: [], because: `no content of reply ${status}`, losses: [] }
}

function notAMediaType({ mediaType, place }: Reply['contents'][number]): Problem {
  return {
    severity: 'warning',
    code: 'not-a-media-type',
    message: `${JSON.stringify(mediaType)} is no media type and is left out`,
    place,
    hint: 'write it as type/subtype',
  }
}

/** One judgement for each kind, sorted by kind. */
function merge(judgements: readonly Judgement[]): Judgement[] {
  const merged = new Map<Kind, Judgement>()
  for (const one of judgements) {
    const known = merged.get(one.kind)
    merged.set(one.kind, known === undefined ? one : combine(known, one))
  }
  return [...merged.values()].sort((left, right) => (left.kind < right.kind ? -1 : 1))
}

function combine(known: Judgement, further: Judgement): Judgement {
  const accept = [...new Set([...known.accept, ...further.accept])]
  return {
    ...known,
    accept,
    ...(known.answer === undefined ? {} : { answer: combineAnswers(known.answer, further.answer) }),
  }
}

function combineAnswers(known: Answer, further: Answer | undefined): Answer {
  if (known.kind === 'json' && further?.kind === 'json') return { ...known, type: unionOf([known.type, further.type]) }
  if ((known.kind === 'ndjson' || known.kind === 'json-seq') && further?.kind === known.kind) {
    return { ...known, item: unionOf([known.item, further.item]) }
  }
  return known
}

/** An answer without a body beside one with a body is no function of its own: the result may be undefined. */
function withoutEmpty(merged: readonly Judgement[]): Judgement[] {
  if (merged.length < 2 || !merged.some(({ kind }) => kind === 'void')) return [...merged]
  return merged.map((one): Judgement => {
    if (one.answer?.kind === 'json') return { ...one, answer: { ...one.answer, orNothing: true } }
    const { answer, ...rest } = one
    return one.kind === 'void' || answer === undefined ? rest : one
  })
}

function withSentinel(answer: Answer, sentinel: string | undefined): Answer {
  if (answer.kind !== 'sse' || sentinel === undefined || answer.sentinel !== undefined) return answer
  return { ...answer, sentinel }
}

function plainSelector({ in: location, name, value, default: preset }: Selector): Selector {
  return { in: location, name, value, ...(preset === undefined ? {} : { default: preset }) }
}

/** Where nothing else chooses among several kinds, one of them by records, `Accept` does. */
function acceptSelector(merged: readonly Judgement[]): Selector | undefined {
  const stream = merged.find(({ kind }) => isRecordKind(kind))
  const [mediaType] = stream?.accept ?? []
  if (mediaType === undefined || merged.length < 2) return undefined
  return { in: 'header', name: 'Accept', value: mediaType }
}

/** The bodies of replies that are no success, as JSON says them, or as text where there is no JSON. */
function errorReplies(replies: readonly Reply[]): ErrorReply[] {
  const good = successes(replies)
  return replies.flatMap((reply) => {
    if (good.includes(reply)) return []
    const types = reply.contents.flatMap(({ mediaType, type }) => {
      const essence = parseMediaType(mediaType)?.essence ?? ''
      return type !== undefined && (isJson(essence) || essence === '*/*') ? [type] : []
    })
    if (types.length > 0) return [{ status: reply.status, type: unionOf(types) }]
    return reply.contents.some(isErrorText) ? [{ status: reply.status, type: { kind: 'string' } }] : []
  })
}

function isErrorText({ mediaType, bare }: Content): boolean {
  const parsed = parseMediaType(mediaType)
  return parsed !== undefined && !bare && isText(parsed)
}
