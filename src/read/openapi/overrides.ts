/** What the user states of an operation: the config file's `operations`, and `x-streamwright` in the document. */
import { InputError } from '../../diagnostics.js'
import type { Json, Kind, Override, Selection, SocketProtocol, Type } from '../../ir.js'
import { nearest } from '../../nearest.js'
import { child, members, type Node } from './node.js'
import type { SchemaReader } from './schema.js'
import { asJson, objectAt, type Reading } from './shape.js'

/** One entry of `operations` in the config file, and the value of `x-streamwright`. */
export interface OverrideConfig {
  /** What the reply is, whatever the document says. */
  readonly kind?: Kind
  /** The type of one item: a reference into the document (`#/components/schemas/Event`) or a schema. */
  readonly data?: Json
  /** SSE: the type of each event by name, as for `data`; `null` for an event without a payload. */
  readonly events?: Readonly<Record<string, Json>>
  /** WebSocket: the type of what the client sends, as for `data`. */
  readonly send?: Json
  /** WebSocket: the type of what the server sends. */
  readonly receive?: Json
  /** WebSocket: the type of the one answer of a server that else only takes. */
  readonly reply?: Json
  /** WebSocket: `encore` for a server of Encore's; `plain` unless stated. */
  readonly protocol?: SocketProtocol
  /** `data` that ends the stream, such as `[DONE]`. */
  readonly sentinel?: string
  /** The name of the generated function (of the stream, where the operation has a JSON twin). */
  readonly name?: string
  /** What the request carries to ask for the stream. */
  readonly select?: Selection
  /** Write nothing for this operation. */
  readonly skip?: boolean
}

/** Finds the config file's entry of an operation. */
export type OverrideFinder = (operation: {
  readonly method: string
  readonly path: string
  readonly operationId: string | undefined
}) => OverrideConfig | undefined

const KINDS: readonly Kind[] = ['sse', 'ndjson', 'json-seq', 'text', 'binary', 'websocket', 'json', 'void']
const MEMBERS: readonly (keyof OverrideConfig)[] = [
  'kind',
  'data',
  'events',
  'send',
  'receive',
  'reply',
  'protocol',
  'sentinel',
  'name',
  'select',
  'skip',
]
const PROTOCOLS: readonly SocketProtocol[] = ['plain', 'encore']

type OverrideReading = Reading & { readonly schemas: SchemaReader }

/** The two sources as one; the config file wins member by member. @throws InputError for a kind that does not exist, a reference that leads nowhere. */
export function readOverride(
  { config, extension }: { config: OverrideConfig | undefined; extension: Node },
  reading: OverrideReading,
): Override | undefined {
  const stated = objectAt(extension, reading)
  if (config === undefined && stated === undefined) return undefined
  const node = stated ?? { value: {}, at: extension.at }
  refuseUnknown(node, reading)
  const from = (key: keyof OverrideConfig): Node => {
    const value = config?.[key]
    return value === undefined
      ? child(node, key)
      : { value, at: { file: reading.documents.entry.at.file, pointer: '' } }
  }
  const kind = from('kind')
  const data = from('data')
  const events = from('events')
  const send = from('send')
  const receive = from('receive')
  const reply = from('reply')
  const protocol = from('protocol')
  checkReply(reply, { others: { receive, data }, reading })
  const sentinel = from('sentinel')
  const name = from('name')
  const select = from('select')
  const skip = from('skip')
  return {
    ...(kind.value === undefined ? {} : { kind: knownKind(kind, reading) }),
    ...(data.value === undefined ? {} : { data: typeOf(data, reading) }),
    ...(events.value === undefined ? {} : { events: eventsOf(events, reading) }),
    ...(send.value === undefined ? {} : { send: typeOf(send, reading) }),
    ...(receive.value === undefined ? {} : { receive: typeOf(receive, reading) }),
    ...(reply.value === undefined ? {} : { reply: typeOf(reply, reading) }),
    ...(protocol.value === undefined ? {} : { protocol: knownProtocol(protocol, reading) }),
    ...(sentinel.value === undefined ? {} : { sentinel: text(sentinel, reading) }),
    ...(name.value === undefined ? {} : { name: text(name, reading) }),
    ...(select.value === undefined ? {} : { select: selectionOf(select, reading) }),
    ...(skip.value === undefined ? {} : { skip: flag(skip, reading) }),
    place: reading.documents.place(extension.at),
  }
}

function refuse(node: Node, message: string, reading: Reading): never {
  throw new InputError({
    code: 'override',
    message,
    place: reading.documents.place(node.at),
    hint: 'correct "x-streamwright" in the document, or the entry under "operations" in the config file',
  })
}

/** A misspelt member would be passed over, and the operation be read otherwise than the author means. */
function refuseUnknown(node: Node, reading: Reading): void {
  for (const { key, node: member } of members(node)) {
    if (MEMBERS.some((name) => name === key) || key.startsWith('x-')) continue
    const near = nearest(key, MEMBERS)
    const meant = near === undefined ? `the members are ${MEMBERS.join(', ')}` : `did you mean "${near}"?`
    refuse(member, `"x-streamwright" has no member ${JSON.stringify(key)}; ${meant}`, reading)
  }
}

function flag(node: Node, reading: Reading): boolean {
  return typeof node.value === 'boolean' ? node.value : refuse(node, 'true or false is expected here', reading)
}

function checkReply(
  reply: Node,
  { others, reading }: { readonly others: Readonly<Record<string, Node>>; readonly reading: Reading },
): void {
  for (const [other, { value }] of Object.entries(others)) {
    if (reply.value === undefined || value === undefined) continue
    refuse(reply, `"reply" and "${other}" exclude each other: a server answers once, or sends many messages`, reading)
  }
}

function text(node: Node, reading: Reading): string {
  return typeof node.value === 'string' ? node.value : refuse(node, 'a text is expected here', reading)
}

function knownKind(node: Node, reading: Reading): Kind {
  const kind = KINDS.find((candidate) => candidate === node.value)
  return kind ?? refuse(node, `there is no kind ${JSON.stringify(node.value)}; kinds are ${KINDS.join(', ')}`, reading)
}

function knownProtocol(node: Node, reading: Reading): SocketProtocol {
  const protocol = PROTOCOLS.find((candidate) => candidate === node.value)
  return protocol ?? refuse(node, `"protocol" is ${PROTOCOLS.join(' or ')}, not ${JSON.stringify(node.value)}`, reading)
}

function typeOf(node: Node, reading: OverrideReading): Type {
  return reading.schemas.read(typeof node.value === 'string' ? { value: { $ref: node.value }, at: node.at } : node)
}

function eventsOf(node: Node, reading: OverrideReading): { name: string; type: Type }[] {
  const events = objectAt(node, reading) ?? refuse(node, '"events" maps names to types', reading)
  return Object.keys(Object(events.value)).map((name) => {
    const event = child(events, name)
    return { name, type: event.value === null ? { kind: 'undefined' } : typeOf(event, reading) }
  })
}

function selectionOf(node: Node, reading: Reading): Selection {
  const location = child(node, 'in').value
  const name = child(node, 'name').value
  if ((location === 'body' || location === 'query' || location === 'header') && typeof name === 'string') {
    return { in: location, name, value: asJson(child(node, 'value').value ?? true) }
  }
  return refuse(node, '"select" is { in: "body" | "query" | "header", name, value }', reading)
}
