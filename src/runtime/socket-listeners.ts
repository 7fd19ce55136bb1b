import type { SocketListeners } from './socket-options.js'
import type { SocketEvent } from './socket-platform.js'
import { report } from './stream.js'

/** Listeners by type of event. */
export interface ListenerSet extends SocketListeners {
  readonly has: (type: string) => boolean
  /** Calls them; their exceptions go where those of the platform's own listeners go. */
  readonly emit: (event: SocketEvent) => void
}

export function newListeners(): ListenerSet {
  const byType = new Map<string, Set<unknown>>()
  const of = (type: string): Set<unknown> => byType.get(type) ?? new Set()
  return {
    on: (type, handler) => {
      byType.set(type, of(type).add(handler))
    },
    off: (type, handler) => {
      of(type).delete(handler)
    },
    has: (type) => of(type).size > 0,
    emit: (event) => {
      for (const handler of [...of(event.type)]) {
        try {
          // Under a type stand the handlers of its events.
          const call = handler as (event: SocketEvent) => void
          call(event)
        } catch (error) {
          report(error)
        }
      }
    },
  }
}
