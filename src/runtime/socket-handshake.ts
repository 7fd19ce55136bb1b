import { StreamError } from './errors.js'
import type { Settings } from './exchange.js'
import { buildRequest, type Credential, type RequestPlan } from './request.js'
import type { PlatformSocket, SocketConstructor } from './socket-platform.js'

/** What a handshake carries besides its URL. */
export interface Handshake {
  readonly protocols: string[]
  /** Sent as they are, which only the package `ws` can; browsers cannot. */
  readonly headers: Record<string, string>
}

/** Finds a place for headers, whose names are in lower case. Browsers let a script set none. */
export type HandshakeFormat = (headers: Record<string, string>) => Handshake

/** Headers as they are. */
export function plainHandshake(headers: Record<string, string>): Handshake {
  return { protocols: [], headers }
}

/** A connection that can be started. */
export interface PreparedSocket {
  readonly url: string
  readonly connect: () => PlatformSocket
}

/**
 * Puts a handshake together; credentials are looked up anew. Rejects with a `StreamError` of kind `network` where a
 * value is missing, the platform has no WebSocket, or it cannot send what must be sent.
 */
export async function prepareSocket(
  plan: RequestPlan,
  { settings, format }: { readonly settings: Settings; readonly format: HandshakeFormat },
): Promise<PreparedSocket> {
  const headers: [name: string, value: string | undefined][] = []
  const { url: target } = await buildRequest(
    {
      method: 'GET',
      path: plan.path,
      query: plan.query,
      baseUrl: plan.baseUrl,
      security: plan.security?.map((credentials) => credentials.map((one) => collecting(one, headers))),
    },
    [],
    { ...settings, headers: {} },
  )
  const all = [
    ...(plan.headers ?? []),
    ['cookie', plan.cookies?.filter(Boolean).join('; ') || undefined] as const,
    ...headers,
    ...Object.entries(settings.headers ?? {}),
  ]
  const named: Record<string, string> = {}
  for (const [name, value] of all) {
    // Not by assignment, which `__proto__` would take for something else.
    if (value !== undefined) Object.defineProperty(named, name.toLowerCase(), { value, enumerable: true })
  }
  const { protocols, headers: real } = format(named)
  const url = absolute(target)
  const Socket = constructorOf(settings, Object.keys(real))
  return { url, connect: () => (Object.keys(real).length ? new Socket(url, protocols, { headers: real }) : new Socket(url, protocols)) }
}
