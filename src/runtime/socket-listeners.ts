import type { SocketListeners } from './socket-options.js'
import { eventTypes } from './socket-platform.js'
import type { SocketSession } from './socket-session.js'
import { report } from './stream.js'

/** Makes `on` and `off`; exceptions of listeners go where those of the platform's own go. */
export function newListeners(session: SocketSession): SocketListeners {
  const listeners = new Map<string, Set<unknown>>(eventTypes.map((type) => [type, new Set()]))
  session.emit = (event) => {
    const all = [...(listeners.get(event.type) ?? [])]
    for (const listener of all) {
      try {
        // Under a type stand the listeners to its events.
        const call = listener as typeof session.emit
        call(event)
      } catch (error) {
        report(error)
      }
    }
    return all.length > 0
  }
  return {
    on: (type, listener) => listeners.get(type)?.add(listener),
    off: (type, listener) => listeners.get(type)?.delete(listener),
  }
}
