import { StreamError } from './errors.js'
import type { Settings } from './exchange.js'
import { buildRequest, type Credential, type RequestParts, type RequestPlan } from './request.js'
import type { PlatformSocket, SocketConstructor } from './socket-platform.js'

/** What a handshake carries besides its URL. */
export interface Handshake {
  readonly protocols: string[]
  /** Sent as they are, which the package `ws` can and browsers cannot. */
  readonly headers: Record<string, string>
}

/** Finds a place for headers, whose names are in lower case. */
export type HandshakeFormat = (headers: Record<string, string>) => Handshake

/** The fields of a request that carry what `own` collects. */
type Own = Pick<RequestParts, 'headers' | 'cookies'>

/**
 * Puts a handshake together, credentials looked up anew, and returns what starts the connection. Rejects with a
 * `StreamError` of kind `network` where a value is missing, or the platform cannot do what is asked for.
 */
export async function prepareSocket(
  plan: RequestPlan,
  { settings, format }: { readonly settings: Settings; readonly format: HandshakeFormat | undefined },
): Promise<() => PlatformSocket> {
  const own: Own = { headers: [...(plan.headers ?? [])], cookies: [...(plan.cookies ?? [])] }
  const security = (plan.security ?? []).map((credentials) => credentials.map((one) => redirected(one, own)))
  // Headers do not go through `Headers`: a subprotocol carries any character.
  const { url } = await buildRequest({ ...plan, headers: [], cookies: [], security }, [], { ...settings, headers: {} })
  const values = [
    ...own.headers,
    ['cookie', own.cookies.filter(Boolean).join('; ') || undefined] as const,
    ...Object.entries(settings.headers ?? {}),
  ].filter((entry): entry is [string, string] => entry[1] !== undefined)
  const named = Object.fromEntries(values.map(([name, value]) => [name.toLowerCase(), value]))
  const { protocols, headers } = format?.(named) ?? { protocols: [], headers: named }
  return starter(url, { protocols, headers, injected: settings.WebSocket })
}

/** A credential whose header or cookie goes to `own`. */
function redirected(credential: Credential, own: Own): Credential {
  return async (auth) => {
    const place = await credential(auth)
    return place && (({ query }) => place({ ...own, query }))
  }
}

function starter(
  target: string,
  { protocols, headers, injected }: Handshake & { readonly injected: SocketConstructor | undefined },
): () => PlatformSocket {
  // Not every library that this is compiled with has these, and not every platform.
  const { location, WebSocket } = globalThis as { location?: { href: string }; WebSocket?: SocketConstructor }
  const Constructor = injected ?? WebSocket
  if (!Constructor)
    throw impossible('this platform has no WebSocket: pass one to the client, such as that of the package ws')
  const [header] = Object.keys(headers)
  if (header && !injected)
    throw impossible(`cannot be sent: header ${header}, which this platform's WebSocket does not take`)
  return () => {
    try {
      const url = new URL(target, location?.href).href.replace(/^http/, 'ws')
      return header ? new Constructor(url, protocols, { headers }) : new Constructor(url, protocols)
    } catch (cause) {
      throw impossible('baseUrl is not absolute, or the platform refuses it', cause)
    }
  }
}

function impossible(message: string, cause?: unknown): StreamError {
  return new StreamError(message, { kind: 'network', cause })
}
