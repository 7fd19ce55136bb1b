import { targetOf, unsendable } from './request.js'
import type { PlatformSocket, SocketConstructor } from './socket-platform.js'
import type { SocketSession } from './socket-session.js'

/**
 * Puts a handshake together, credentials looked up anew, and returns what starts the connection. Rejects with a
 * `StreamError` of kind `network` where a value is missing, or the platform cannot do what is asked for.
 */
export async function prepareSocket({ plan, settings }: SocketSession): Promise<() => PlatformSocket> {
  // Headers do not go through `Headers`: a subprotocol carries any character.
  const { url, fields } = await targetOf(plan.request(), settings)
  const entries = fields.filter(([, value]) => value !== undefined)
  const named: Record<string, string> = Object.fromEntries(
    entries.map(([name, value = '']) => [name.toLowerCase(), value]),
  )
  const { protocols, headers } = plan.handshake?.(named) ?? { protocols: [], headers: named }

  // Not every library that this is compiled with has these, and not every platform.
  const { location, WebSocket: platform } = globalThis as { location?: { href: string }; WebSocket?: SocketConstructor }
  const { WebSocket = platform } = settings
  if (!WebSocket) throw unsendable('no WebSocket here, pass one such as that of ws')
  const [header] = Object.keys(headers)
  // That of the platform would lose it.
  if (header && WebSocket === platform) throw unsendable(`header ${header} by this WebSocket`)
  return () => {
    let what = 'baseUrl is not absolute'
    try {
      const target = new URL(url, location?.href).href.replace(/^http/, 'ws')
      what = 'what this WebSocket refuses'
      return new WebSocket(target, protocols, { headers })
    } catch {
      // The exception shows the URL, and with it what its query has.
      throw unsendable(what)
    }
  }
}
