/** What a handler of Hono streams. Its type says no more than that the answer is one: the calls in its body tell the rest. */
import { ts } from '../compiler.js'
import type { DialectTools, FoundEvent, RouteFinding, Unreadable } from '../dialect.js'
import { withLiterals } from '../literals.js'
import { kindOfMediaType, readAnswer } from './answer.js'
import { eventNamesOf, eventsByMember, joinEvents, payloadOf, stringified } from './message.js'
import { callsOf, type FunctionNode, functionOf, handedOn } from './syntax.js'

type Answer = Pick<RouteFinding, 'kind' | 'events' | 'done' | 'contentType' | 'errorEvent' | 'stringsAre'>

export function readHonoAnswer(handler: FunctionNode, tools: DialectTools): Answer {
  const [sse] = callsOf(handler, ['streamSSE'])
  if (sse !== undefined) return readSse(sse, tools)
  if (callsOf(handler, ['streamText']).length > 0) return { kind: 'text' }
  const [stream] = callsOf(handler, ['stream']).filter(({ arguments: given }) => given.length >= 2)
  return stream === undefined ? readAnswer(handler, tools) : readStream({ handler, stream }, tools)
}

function readSse(sse: ts.CallExpression, tools: DialectTools): Answer {
  const calls = callsOf(sse, ['writeSSE'])
  const messages = calls.map((call) => readMessage(call, tools))
  const unreadable = messages.find((message) => 'kind' in message)
  // Hono hands errors on only where the call has a third argument that takes them.
  const answer: Answer = {
    kind: 'sse',
    stringsAre: 'json',
    ...(sse.arguments.length > 2 ? { errorEvent: 'error' } : {}),
  }
  if (unreadable !== undefined && 'kind' in unreadable) return { ...answer, events: unreadable }
  const send = sse.arguments[1] && functionOf(sse.arguments[1], tools)
  const away = send && handedOn(send)
  if (away !== undefined) {
    const message = 'the stream is handed to another function, so that not all that is sent stands here'
    return { ...answer, events: unknown(away, { message, tools }) }
  }
  const found = messages.filter((message) => 'events' in message)
  const events = withLiterals(joinEvents(found.flatMap((message) => message.events)), tools)
  const done = found.find((message) => message.done !== undefined)?.done
  const isText = found.some((message) => message.isText)
  const whole: Answer = {
    ...answer,
    ...(isText ? { stringsAre: 'text' } : {}),
    ...(done === undefined ? {} : { done }),
  }
  if (events.length > 0) return { ...whole, events }
  const hint = 'write above the route: @stream sse, and @event {T}'
  const message = 'nothing in this handler calls `writeSSE`, so that the events are not known'
  return { ...whole, events: tools.unreadable(sse, { message, hint }) }
}

interface Message {
  readonly events: readonly FoundEvent[]
  /** The text that ends the stream. */
  readonly done?: string
  /** The data is a text as it is. */
  readonly isText: boolean
}

function readMessage(call: ts.CallExpression, tools: DialectTools): Message | Unreadable {
  const [argument] = call.arguments
  const literal = argument && tools.unwrap(argument)
  if (literal === undefined || !ts.isObjectLiteralExpression(literal)) {
    return unknown(call, { message: 'the message is not written as an object here', tools })
  }
  const byMember = eventsByMember({ literal, key: 'event' }, tools)
  if (byMember !== undefined) return { events: byMember, isText: false }
  const data = literal.properties.find(
    ({ name }) => name !== undefined && ts.isIdentifier(name) && name.text === 'data',
  )
  if (data === undefined) return unknown(literal, { message: 'the message has no property `data`', tools })
  const value = tools.property(literal, 'data')
  const constant = value && tools.constant(value)
  if (constant?.kind === 'constant' && constant.value === '[DONE]') return { events: [], done: '[DONE]', isText: false }
  const names = eventNamesOf({ literal, key: 'event' }, tools)
  if (names.length === 0) return unknown(literal, { message: 'the name of this event is not a constant', tools })
  const payload = payloadOf(data, tools)
  const isText = payload !== undefined && value !== undefined && stringified(value, tools) === undefined
  return { events: names.map((name) => ({ name, ...(payload === undefined ? {} : { payload }) })), isText }
}

function unknown(
  node: ts.Node,
  { message, tools }: { readonly message: string; readonly tools: DialectTools },
): Unreadable {
  return tools.unreadable(node, { message, hint: 'write above the route: @stream sse, and @event name {T}' })
}

interface Streamed {
  readonly handler: FunctionNode
  readonly stream: ts.CallExpression
}

/** `stream(c, …)` says nothing of its media type: the handler sets it, or an annotation states the kind. */
function readStream({ handler, stream }: Streamed, tools: DialectTools): Answer {
  const mediaType = contentTypeOf(handler, tools)
  if (mediaType === undefined) {
    const message = '`stream` has no media type of its own, and this handler sets none'
    const hint = "write c.header('Content-Type', …) before it, or @stream with the kind above the route"
    return { kind: tools.unreadable(stream, { message, hint }) }
  }
  const kind = kindOfMediaType(mediaType)
  if (kind === undefined) {
    return /^text\//i.test(mediaType)
      ? { kind: 'text', contentType: mediaType }
      : { kind: 'binary', contentType: mediaType }
  }
  if (kind === 'sse') return readAnswer(handler, tools)
  const payloads = callsOf(stream, ['write', 'writeln']).flatMap(({ arguments: [text] }) => {
    const json = text && jsonOf(text, tools)
    return json === undefined ? [] : [{ type: tools.checker.getTypeAtLocation(json), node: json }]
  })
  const events = withLiterals(joinEvents(payloads.map((payload) => ({ name: null, payload }))), tools)
  if (events.length === 0) return readAnswer(handler, tools)
  return { kind, events, stringsAre: 'json', contentType: mediaType }
}

/** `c.header('Content-Type', '…')`. */
function contentTypeOf(handler: FunctionNode, tools: DialectTools): string | undefined {
  for (const {
    arguments: [name, value],
  } of callsOf(handler, ['header'])) {
    const [header, text] = [name, value].map((node) => node && tools.constant(node))
    if (header?.kind !== 'constant' || String(header.value).toLowerCase() !== 'content-type') continue
    if (text?.kind === 'constant' && typeof text.value === 'string') return text.value
  }
  return undefined
}

/** `x` of `JSON.stringify(x)`, of it with a line end behind, and of `${JSON.stringify(x)}\n`. */
function jsonOf(text: ts.Expression, tools: DialectTools): ts.Expression | undefined {
  const node = tools.unwrap(text)
  if (ts.isTemplateExpression(node)) return node.templateSpans[0] && jsonOf(node.templateSpans[0].expression, tools)
  if (ts.isBinaryExpression(node)) return jsonOf(node.left, tools)
  return stringified(node, tools)
}
