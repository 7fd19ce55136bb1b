/** Which media types mean which kind of reply. */
import { isJson, type MediaType } from '../media-type.js'

/** NDJSON under the names it has in the wild. None but `json-seq` is registered. */
const NDJSON: ReadonlySet<string> = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/nd-json',
  'application/jsonl',
  'application/x-jsonl',
  'application/json-lines',
  'application/jsonlines',
  'application/x-jsonlines',
  'application/stream+json',
  'application/x-json-stream',
  'application/json;stream=watch',
  'application/json;boundary=nl',
])

/** Office documents: some have `xml` in their names, and all are ZIP archives or older binary formats. */
const OFFICE = /^application\/(vnd\.(openxmlformats|oasis|ms-|apple)|msword|rtf)/

const OCTETS =
  /^((image(?!\/svg)|audio|video|font|model)\/|application\/((x-)?(pdf|zip|octet-stream|tar|gzip|gtar|bzip2|xz|7z-compressed|rar-compressed|msgpack|protobuf|wasm)|vnd\.(docker\..*stream|docker\.image.*|google\.protobuf|kubernetes\.protobuf|msgpack)|cbor|cbor-seq|zstd|java-archive|x-protobuf|epub\+zip|[^/]+\+(zip|gzip|cbor))$)/

const TEXT =
  /^(text\/|image\/svg|application\/((x-)?(csv|yaml|toml|javascript|sh|pem-file|chess-pgn)|xml|sdp|graphql|[^/]+\+(xml|yaml))$)/

export function isNdjson({ essence, parameters }: MediaType): boolean {
  return NDJSON.has(essence) || parameters.some((parameter) => NDJSON.has(`${essence};${parameter}`))
}

/** RFC 7464, and the suffix of RFC 8091. */
export function isJsonSequence({ essence }: MediaType): boolean {
  return essence === 'application/json-seq' || essence.endsWith('+json-seq')
}

export function isEventStream({ essence }: MediaType): boolean {
  return essence === 'text/event-stream'
}

export function isMultipart({ essence }: MediaType): boolean {
  return essence.startsWith('multipart/')
}

export function isWildcard({ essence }: MediaType): boolean {
  return essence === '*/*' || essence === 'application/*'
}

export function isOctets({ essence }: MediaType): boolean {
  return OCTETS.test(essence) || OFFICE.test(essence)
}

export function isText({ essence }: MediaType): boolean {
  return TEXT.test(essence)
}

export function isJsonValue(mediaType: MediaType): boolean {
  return isJson(mediaType.essence)
}
