/** A WebSocket as a function of the output: its direction, named from the caller's side, and what its frames hold. */
import type { SocketAnswer, SocketProtocol, Type, TypeTable } from '../ir.js'
import type { Imports } from './imports.js'
import type { EntryView, ShapeView } from './view.js'

export interface SocketContext {
  readonly imports: Imports
  readonly types: TypeTable
  /** The text of a type in its place, with what has to be declared for it. */
  readonly nameOf: (role: 'Message' | 'Item' | 'Result', type: Type) => Named
}

interface Named {
  readonly text: string
  readonly shapes: readonly ShapeView[]
}

export interface SocketCall {
  readonly shapes: readonly ShapeView[]
  readonly options: string
  readonly returns: string
  readonly open: string
  readonly plan: readonly EntryView[]
}

/** What of the runtime is called with what, and the handle that its caller sees. */
export function viewSocket(answer: SocketAnswer, context: SocketContext): SocketCall {
  const { imports } = context
  const { protocol = 'plain' } = answer
  const shapes: ShapeView[] = []
  const plan: EntryView[] = []
  const part = (key: 'send' | 'receive' | 'reply', type: Type | undefined): string | undefined => {
    if (type === undefined) return undefined
    const payload = payloadOf(type, { protocol, types: context.types })
    plan.push({ key, value: imports.value(key === 'send' ? ENCODERS[payload] : DECODERS[payload]) })
    if (payload === 'binary') return key === 'send' ? imports.type('SocketBytes') : 'Uint8Array'
    const named = context.nameOf(ROLES[key], type)
    shapes.push(...named.shapes)
    return named.text
  }
  const send = part('send', answer.send)
  const receive = part('receive', answer.receive)
  const reply = part('reply', answer.reply)
  const options = imports.type('SocketOptions')
  if (protocol === 'encore') plan.unshift({ key: 'handshake', value: imports.value('encoreHandshake') })
  const inner = send === undefined ? (receive ?? 'never') : `${receive ?? 'never'}, ${send}`
  const { handle, types } = directionOf({ send, receive, reply })
  return {
    shapes,
    plan,
    options: `${options}<${inner}>`,
    returns: `${imports.type(handle)}<${types}>`,
    open: `${imports.value(`open${handle}`)}<${types}>`,
  }
}

/** The handle, named from the caller's side, and the types of its messages. */
function directionOf({ send, receive, reply }: Readonly<Record<'send' | 'receive' | 'reply', string | undefined>>): {
  readonly handle: 'StreamIn' | 'StreamOut' | 'StreamInOut'
  readonly types: string
} {
  if (receive === undefined) {
    const replied = reply === undefined ? '' : `, ${reply}`
    return { handle: 'StreamOut', types: `${send ?? 'never'}${replied}` }
  }
  if (send === undefined) return { handle: 'StreamIn', types: receive }
  return { handle: 'StreamInOut', types: `${send}, ${receive}` }
}

const ROLES = { send: 'Message', receive: 'Item', reply: 'Result' } as const

const ENCODERS = { json: 'encodeJson', text: 'encodeAsIs', binary: 'encodeAsIs' } as const
const DECODERS = { json: 'decodeJson', text: 'decodeText', binary: 'decodeBytes' } as const

/** Text and bytes go as they are, unless the protocol is JSON throughout. */
function payloadOf(
  type: Type,
  { protocol, types }: { readonly protocol: SocketProtocol; readonly types: TypeTable },
): 'json' | 'text' | 'binary' {
  if (protocol === 'encore') return 'json'
  const seen = new Set<string>()
  let target = type
  while (target.kind === 'ref' && !seen.has(target.id)) {
    seen.add(target.id)
    target = types.get(target.id).type
  }
  if (target.kind === 'binary') return 'binary'
  const members = target.kind === 'union' ? target.members : [target]
  return members.every(isText) ? 'text' : 'json'
}

function isText(type: Type): boolean {
  return type.kind === 'string' || (type.kind === 'literal' && typeof type.value === 'string')
}
