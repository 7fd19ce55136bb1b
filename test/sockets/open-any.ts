import {
  type Client,
  type DecodeMessage,
  decodeBytes,
  decodeJson,
  decodeText,
  type EncodeMessage,
  encodeAsIs,
  encodeJson,
  openStreamInOut,
  openStreamOut,
  type SocketOptions,
  type SocketPlan,
  type StreamInOut,
  type StreamOut,
  type StreamStatus,
} from '../../src/runtime/index.js'

/** A socket of either direction. */
export interface AnySocket extends StreamInOut<unknown, unknown>, StreamOut<unknown, unknown> {}

type Payload = 'json' | 'text' | 'binary'

const encoders: Readonly<Record<Payload, EncodeMessage>> = { json: encodeJson, text: encodeAsIs, binary: encodeAsIs }
const decoders: Readonly<Record<Payload, DecodeMessage>> = { json: decodeJson, text: decodeText, binary: decodeBytes }

/** A plan in words. */
export interface AnyPlan extends Partial<Pick<SocketPlan, 'request' | 'handshake'>> {
  readonly send?: Payload
  readonly receive?: Payload
  readonly reply?: Payload
}

/** A socket of any messages, in both directions unless the plan says otherwise; it waits shortly before it reconnects. */
export function openAny(
  client: Client,
  options: SocketOptions<unknown, unknown> = {},
  { send = 'json', receive, reply, ...plan }: AnyPlan = { receive: 'json' },
): AnySocket {
  const whole = {
    request: () => ({ method: 'GET', path: '/socket' }),
    ...plan,
    send: encoders[send],
    ...(reply && { reply: decoders[reply] }),
  }
  const settings = { minDelay: 1, maxDelay: 4, ...options }
  const socket = receive
    ? openStreamInOut<unknown, unknown>(client, settings, { ...whole, receive: decoders[receive] })
    : openStreamOut<unknown, unknown>(client, settings, whole)
  // Which of its members it has follows from the plan.
  return socket as AnySocket
}

/** All that a user can see of a socket. */
export interface SocketOutcome {
  readonly messages: unknown[]
  /** What `done` rejected with, in an array of its own. */
  readonly failed: unknown[]
  readonly reported: unknown[]
  readonly statuses: StreamStatus[]
  completed: number
}

/** Both styles. */
export type Style = 'callbacks' | 'iteration'

/** Reads a socket by callback to its end. */
export function outcomeOf(client: Client, options?: SocketOptions<unknown, unknown>): Promise<SocketOutcome> {
  return readToEnd('callbacks', { client, ...(options && { options }) })
}

/** Reads sockets to their end in one of the styles. */
export function outcomeBy(style: Style): typeof outcomeOf {
  return (client, options = {}) => readToEnd(style, { client, options })
}

async function readToEnd(
  style: Style,
  { client, options = {} }: { readonly client: Client; readonly options?: SocketOptions<unknown, unknown> },
): Promise<SocketOutcome> {
  const outcome: SocketOutcome = { messages: [], failed: [], reported: [], statuses: [], completed: 0 }
  const take = (message: unknown): unknown => outcome.messages.push(message)
  const socket = openAny(client, {
    ...(style === 'callbacks' && { onMessage: take }),
    onError: (error) => outcome.reported.push(error),
    onStatusChange: (status) => outcome.statuses.push(status),
    onComplete: () => outcome.completed++,
    ...options,
  })
  const reading = (async () => {
    if (style === 'iteration') for await (const message of socket) take(message)
    else await socket.done
  })()
  await reading.catch((error: unknown) => outcome.failed.push(error))
  await socket.done.catch((error: unknown) => {
    if (error !== outcome.failed[0]) outcome.failed.push(error)
  })
  return outcome
}
