/** What `streamwright/runtime` exports: everything that generated code calls and everything that its users name. */
export {
  apiKeyCookie,
  apiKeyHeader,
  apiKeyQuery,
  authorize,
  basic,
  bearer,
  type Credential,
  httpScheme,
} from './auth.js'
export { type BinaryOptions, type BinaryPlan, type BinaryStream, openBinary, type Progress } from './binary.js'
export { type BinaryContent, binary, type FormEncoding, json, multipart, text, urlencoded } from './body.js'
export {
  type BasicCredentials,
  type CallDefaults,
  type Client,
  type ClientOptions,
  configureClient,
  type Fetch,
  type HeaderValues,
  newClient,
  type Reconnect,
  type RequestOptions,
  type Secret,
  type UserAndPassword,
} from './client.js'
export {
  isStreamError,
  StreamError,
  type StreamErrorDetails,
  type StreamErrorKind,
  type StreamFailure,
} from './errors.js'
export { requestJson, requestVoid } from './json-request.js'
export { openJsonSequence } from './json-sequence.js'
export { openNdjson } from './ndjson.js'
export { type PageOptions, type WatchedStream, watchPage } from './page.js'
export {
  type CookieStyle,
  cookie,
  cookieHeader,
  deepObject,
  type Explode,
  form,
  headerValue,
  jsonParameter,
  jsonPath,
  label,
  matrix,
  pathOf,
  pipeDelimited,
  type QueryStyle,
  queryString,
  simple,
  spaceDelimited,
} from './parameters.js'
export type { RecordOptions, RecordPlan, RecordStream } from './records.js'
export { type Authorize, type RequestBody, type RequestParts, type RequestPlan, withQuery } from './request.js'
export type { OpenInfo, ReconnectInfo, StreamOptions, StreamStatus } from './session.js'
export { openStreamIn, openStreamInOut, openStreamOut } from './socket.js'
export type { CloseInfo, SocketFailure } from './socket-close.js'
export { type EncoreError, type EncoreErrorCode, encoreErrorOf, encoreHandshake } from './socket-encore.js'
export {
  type DecodeMessage,
  decodeBytes,
  decodeJson,
  decodeText,
  type EncodeMessage,
  encodeAsIs,
  encodeJson,
  type SocketBytes,
  type SocketFrame,
} from './socket-messages.js'
export type {
  Heartbeat,
  SocketEvents,
  SocketHandle,
  SocketListeners,
  SocketOpenInfo,
  SocketOptions,
  SocketPlan,
  SocketReconnectInfo,
  SocketSender,
  StreamIn,
  StreamInOut,
  StreamOut,
} from './socket-options.js'
export type {
  Handshake,
  HandshakeFormat,
  PlatformSocket,
  SocketConstructor,
  SocketEvent,
  SocketEventType,
} from './socket-platform.js'
export { openSse, type SseHandlers, type SseMessage, type SseMessages, type SseOptions, type SseStream } from './sse.js'
export type { SsePlan } from './sse-source.js'
export type { StreamHandle } from './stream.js'
export { openText, type TextOptions, type TextStream } from './text.js'
export type { Without } from './without.js'
