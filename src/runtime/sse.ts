import type { CallDefaults, Client, ReconnectOption } from './client.js'
import { own } from './own.js'
import { newSession, type StreamOptions } from './session.js'
import type { Resumption } from './sse-decoder.js'
import { type Message, newSseSource, type SsePlan } from './sse-source.js'
import { isPromise, openStream, type StreamHandle, toArray } from './stream.js'

/** One event. */
export interface SseMessage<Name extends string = string, Data = unknown> {
  readonly event: Name
  readonly data: Data
  /** The last event ID string: that of this event or of the last one that had one; `''` without. */
  readonly id: string
}

/** The messages of a stream: a union told apart by `event`. `Events` maps names to data. */
export type SseMessages<Events> = {
  [Name in keyof Events & string]: SseMessage<Name, Events[Name]>
}[keyof Events & string]

/** The options of an event stream. `onMessage` and `on` start it at once; `on` is called first. */
export interface SseOptions<Events, Errors = unknown>
  extends StreamOptions<Errors>,
    Pick<CallDefaults, 'maxItemLength' | ReconnectOption> {
  /** Called for each event; a promise is awaited before more is read. */
  onMessage?: ((message: SseMessages<Events>) => unknown) | undefined
  /** Handlers by event name, with the data first; a promise is awaited before more is read. */
  on?: SseHandlers<Events> | undefined
  /** Called for events whose names the document does not declare; their data is text. */
  onUnknownEvent?: ((message: SseMessage<string, string>) => unknown) | undefined
  /** What happens to data that is not JSON: an error that ends the stream, or nothing. */
  onInvalid?: 'throw' | 'skip' | undefined
  /** Where to resume from; sent as `Last-Event-ID`. */
  lastEventId?: string | undefined
}

/** A handler for each event name. */
export type SseHandlers<Events> = {
  readonly [Name in keyof Events & string]?:
    | ((data: Events[Name], message: SseMessage<Name, Events[Name]>) => unknown)
    | undefined
}

/** An event stream. */
export interface SseStream<Events> extends StreamHandle<SseMessages<Events>> {
  /** Reads all messages until the stream ends. */
  toArray(): Promise<SseMessages<Events>[]>
  /** Where another stream can resume: the last event ID string of what was read, `''` without. */
  lastEventId(): string
}

/** Opens an event stream (HTML section 9.2) over `fetch`. Never throws; errors come by the handle. */
export function openSse<Events, Errors = unknown>(
  client: Client,
  options: SseOptions<Events, Errors> | undefined,
  plan: SsePlan,
): SseStream<Events> {
  const session = newSession(client, options)
  // Names and data have the types that the document declares; what follows treats all alike.
  const all = (options ?? {}) as SseOptions<Record<string, unknown>>
  const { onMessage, on } = all
  const deliver = (message: Message): unknown => {
    const handle = on && own(on, message.event)
    if (!handle) return onMessage?.(message)
    const first = handle(message.data, message)
    const second = (): unknown => session.ended || onMessage?.(message)
    return isPromise(first) ? first.then(second) : second()
  }
  const resumption: Resumption = { id: all.lastEventId ?? '' }
  const source = newSseSource(session, plan, { ...all, resumption })
  const handle = openStream(session, source, on || onMessage ? deliver : undefined)
  // See above: the messages have the declared types.
  return Object.assign(handle, {
    toArray: () => toArray(handle),
    lastEventId: () => resumption.id,
  }) as unknown as SseStream<Events>
}
