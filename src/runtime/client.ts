import type { StreamFailure } from './errors.js'
import type { SocketConstructor } from './socket-platform.js'

/** A secret, or a function that is called at every attempt, reconnects included. */
export type Secret = string | (() => string | undefined | Promise<string | undefined>)

/** What Basic authentication takes, or a function that is called at every attempt. */
export type BasicCredentials =
  | UserAndPassword
  | (() => UserAndPassword | undefined | Promise<UserAndPassword | undefined>)

/** The user name has no colon (RFC 7617 section 2). */
export interface UserAndPassword {
  readonly username: string
  readonly password: string
}

/** The part of `fetch` that is used; the global one fits, and so does any function that answers with a `Response`. */
export type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>

/** Headers by name. */
export type HeaderValues = Readonly<Record<string, string>>

/** When a dropped event stream is asked for again. See `SseOptions.reconnect`. */
export type Reconnect = 'auto' | 'always' | 'on-drop' | false

/** What a client sets for all calls and a call for itself. Times are in milliseconds. */
export interface CallDefaults {
  /** Stands before every path: `https://api.example.com/v1`, or `/api` in a browser. */
  baseUrl?: string | undefined
  /** Takes the place of the global `fetch`, which is looked up at each call. */
  fetch?: Fetch | undefined
  /** Further headers; they win over those of the operation. */
  headers?: HeaderValues | undefined
  credentials?: 'omit' | 'same-origin' | 'include' | undefined
  /** `'error'` where a header carries a secret: `fetch` drops only `Authorization` when it goes to another origin. */
  redirect?: 'follow' | 'error' | undefined
  /** The longest wait for the head of the answer. Without it there is no limit. */
  connectTimeout?: number | undefined
  /** The longest wait for the next byte, comments of an event stream included. Without it there is no limit. */
  idleTimeout?: number | undefined
  /** The longest event, record or line of text, in UTF-16 code units; 16,777,216 unless set. */
  maxItemLength?: number | undefined
  /** `'auto'` for event streams over GET, else `false`. Event streams only. */
  reconnect?: Reconnect | undefined
  /**
   * Attempts in a row that neither bring an event nor hold for twice `maxDelay`; 5 before the first answer and no limit
   * after it unless set.
   */
  maxAttempts?: number | undefined
  /** The delay before the first reconnect until the server sends `retry:`; 1000 unless set. */
  minDelay?: number | undefined
  /** The longest delay before a reconnect; 30000 unless set. */
  maxDelay?: number | undefined
}

/** What a client holds. `auth` has a value for each security scheme of the document. */
export interface ClientOptions<Auth extends object = object> extends CallDefaults {
  auth?: Auth | undefined
  /** Takes the place of the global `WebSocket`, which Node has from version 22 on; that of the package `ws` fits. */
  WebSocket?: SocketConstructor | undefined
}

/** Holds the options of its calls. Make one per request on a server, so that no two users share it. */
export interface Client<Auth extends object = object> {
  options: ClientOptions<Auth>
  /** The document's server: used where neither the options nor the operation name one. */
  readonly server?: string | undefined
}

/** What every call takes. `Errors` maps declared error statuses to the types of their bodies. */
export interface RequestOptions<Errors = unknown> extends Omit<CallDefaults, 'maxItemLength' | ReconnectOption> {
  /** The client to use in place of the default one. */
  client?: Client | undefined
  /** Aborting it makes iteration, collectors and `done` reject with its reason. Not an error for `onError`. */
  signal?: AbortSignal | undefined
  /** Called once with what ended the call; never for `close()` or an aborted signal. */
  onError?: ((error: StreamFailure<Errors>) => void) | undefined
}

/** The options that only event streams take. */
export type ReconnectOption = 'reconnect' | 'maxAttempts' | 'minDelay' | 'maxDelay'

/** Makes a client of its own; `server` is the base URL that the document names. */
export function newClient<Auth extends object>(options: ClientOptions<Auth>, server?: string): Client<Auth> {
  return { options, server }
}

/** Sets options of a client over those it has; `auth` and `headers` are merged name by name. */
export function configureClient<Auth extends object>(client: Client<Auth>, options: ClientOptions<Auth>): void {
  const { options: before } = client
  // The new object has a value for each scheme that either of the two has one for.
  client.options = { ...mergeOptions(before, options), auth: { ...before.auth, ...options.auth } as Auth }
}

/** `over` on top of `base`; what is `undefined` in `over` changes nothing. */
export function mergeOptions<Base extends ClientOptions, Over extends ClientOptions>(
  base: Base,
  over: Over,
): Base & Over {
  const merged: Base & Over = { ...base, ...over, headers: { ...base.headers, ...over.headers } }
  // A field of `base` has the same type in both.
  for (const key in base) merged[key] ??= base[key] as (typeof merged)[typeof key]
  return merged
}
