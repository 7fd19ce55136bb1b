import {
  type Client,
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

/** A socket of any messages, in both directions unless the plan says otherwise; it waits shortly before it reconnects. */
export function openAny(
  client: Client,
  options: SocketOptions<unknown, unknown> = {},
  plan: Partial<SocketPlan> = { send: 'json', receive: 'json' },
): AnySocket {
  const request: SocketPlan['request'] = () => ({ method: 'GET', path: '/socket' })
  const open = plan.receive ? openStreamInOut<unknown, unknown> : openStreamOut<unknown, unknown>
  // Which of its members it has follows from the plan.
  return open(client, { minDelay: 1, maxDelay: 4, ...options }, { request, ...plan }) as AnySocket
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

/** Reads a socket by callback to its end. */
export async function outcomeOf(client: Client, options: SocketOptions<unknown, unknown> = {}): Promise<SocketOutcome> {
  const outcome: SocketOutcome = { messages: [], failed: [], reported: [], statuses: [], completed: 0 }
  const socket = openAny(client, {
    onMessage: (message) => outcome.messages.push(message),
    onError: (error) => outcome.reported.push(error),
    onStatusChange: (status) => outcome.statuses.push(status),
    onComplete: () => outcome.completed++,
    ...options,
  })
  await socket.done.catch((error: unknown) => outcome.failed.push(error))
  return outcome
}
