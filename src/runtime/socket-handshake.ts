import { StreamError } from './errors.js'
import { targetOf } from './request.js'
import type { PlatformSocket, SocketConstructor } from './socket-platform.js'
import type { SocketSession } from './socket-session.js'

/**
 * Puts a handshake together, credentials looked up anew, and returns what starts the connection. Rejects with a
 * `StreamError` of kind `network` where a value is missing, or the platform cannot do what is asked for.
 */
export async function prepareSocket({ plan, settings }: SocketSession): Promise<() => PlatformSocket> {
  // Headers do not go through `Headers`: a subprotocol carries any character.
  const { url, fields } = await targetOf(plan.request(), settings)
  const entries = fields.filter(([, value]) => value)
  const named = Object.fromEntries(entries.map(([name, value = '']) => [name.toLowerCase(), value]))
  const { protocols, headers } = plan.handshake?.(named) ?? { protocols: [], headers: named }

  // Not every library that this is compiled with has these, and not every platform.
  const { location, WebSocket } = globalThis as { location?: { href: string }; WebSocket?: SocketConstructor }
  const Constructor = settings.WebSocket ?? WebSocket
  if (!Constructor) throw impossible('no WebSocket here: pass one, such as that of ws')
  const [header] = Object.keys(headers)
  if (header && !settings.WebSocket) throw impossible(`header ${header} by this WebSocket`)
  return () => {
    let target: string
    try {
      target = new URL(url, location?.href).href.replace(/^http/, 'ws')
    } catch {
      // The exception shows the URL, and with it what its query has.
      throw impossible('baseUrl is not absolute')
    }
    try {
      return new Constructor(target, protocols, { headers })
    } catch (cause) {
      throw impossible('what this WebSocket refuses', cause)
    }
  }
}

function impossible(message: string, cause?: unknown): StreamError {
  return new StreamError(`cannot be sent: ${message}`, { kind: 'network', cause })
}
