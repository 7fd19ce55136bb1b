import type { Client, SseMessage, SseOptions, StreamStatus } from '../../src/runtime/index.js'
import type { SsePlan } from '../../src/runtime/sse-source.js'
import { type AnyEvents, openAny } from './answers.js'

/** The two ways to read a stream. */
export const styles = ['callbacks', 'iteration'] as const
export type Style = (typeof styles)[number]

/** Everything that a user can see of a stream. */
export interface Outcome {
  readonly data: unknown[]
  readonly messages: SseMessage[]
  /** What the reading rejected with, in an array of its own. */
  readonly thrown: unknown[]
  readonly reported: unknown[]
  readonly statuses: StreamStatus[]
  completed: number
}

/** Reads an event stream to its end, in one of the two styles. */
export async function outcomeOf(
  client: Client,
  { style, options = {}, plan }: { style: Style; options?: SseOptions<AnyEvents>; plan?: Partial<SsePlan> },
): Promise<Outcome> {
  const outcome: Outcome = { data: [], messages: [], thrown: [], reported: [], statuses: [], completed: 0 }
  const take = (message: SseMessage): void => {
    outcome.messages.push(message)
    outcome.data.push(message.data)
  }
  const all: SseOptions<AnyEvents> = {
    minDelay: 1,
    maxDelay: 4,
    ...options,
    onError: (error) => {
      outcome.reported.push(error)
    },
    onStatusChange: (status) => {
      outcome.statuses.push(status)
    },
    onComplete: () => {
      outcome.completed++
    },
  }
  try {
    if (style === 'callbacks') await openAny(client, { onMessage: take, ...all }, plan).done
    else for await (const message of openAny(client, all, plan)) take(message)
  } catch (error) {
    outcome.thrown.push(error)
  }
  return outcome
}
