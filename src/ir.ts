/**
 * The intermediate representation: what every reader yields and every emitter takes. Types only, plain data only
 * (`TypeTable` excepted, which reads declarations when they are asked for).
 */
import type { Place, Problem } from './diagnostics.js'

/** A JSON value (RFC 8259). */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

// ---- Types ----------------------------------------------------------------------------------------------------

/** The identity of a declaration: the file and the JSON pointer of its schema, joined by `#`. Never shown to users. */
export type TypeId = string

export interface Docs {
  /** Markdown as the author wrote it, not yet safe to place in a comment. */
  readonly text?: string
  readonly deprecated?: boolean
  /** Further facts worth a line of their own: `@default 20`, `@format date-time`, `@example …`. Not yet encoded. */
  readonly tags?: readonly DocTag[]
}

export interface DocTag {
  readonly name: 'default' | 'format' | 'example' | 'minimum' | 'maximum' | 'pattern' | 'see'
  readonly text: string
}

export interface Field {
  readonly name: string
  readonly type: Type
  readonly optional: boolean
  /** A field that only answers carry (`readOnly`) or only requests carry (`writeOnly`). */
  readonly access?: 'readOnly' | 'writeOnly'
  readonly docs?: Docs
}

/** A TypeScript type in TypeScript's own terms. */
export type Type =
  | { readonly kind: 'unknown' | 'never' | 'string' | 'number' | 'boolean' | 'null' | 'undefined' }
  /** A string whose text is another document: JSON Schema `contentMediaType` and `contentSchema`. Printed as `string`. */
  | { readonly kind: 'embedded'; readonly mediaType: string; readonly type: Type; readonly value?: string }
  /** Raw octets: `format: binary`, `type: file`, `contentMediaType` without `contentEncoding`. Printed as `Blob`. */
  | { readonly kind: 'binary' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'array'; readonly items: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[]; readonly required: number; readonly rest?: Type }
  | ObjectType
  | UnionType
  | { readonly kind: 'intersection'; readonly members: readonly Type[] }
  | { readonly kind: 'ref'; readonly id: TypeId }

export interface ObjectType {
  readonly kind: 'object'
  readonly fields: readonly Field[]
  /** The type of the members that have no field: `additionalProperties`, `patternProperties`. */
  readonly rest?: Type
  readonly title?: string
  /** `x-ms-sse-terminal-event`: the stream ends once this event has been delivered. */
  readonly terminal?: boolean
}

export interface UnionType {
  readonly kind: 'union'
  readonly members: readonly Type[]
  /** The field that tells the members apart, and its value for each member that a mapping names. */
  readonly discriminator?: Discriminator
}

export interface Discriminator {
  readonly field: string
  readonly values: readonly { readonly type: TypeId; readonly value: string }[]
}

/** A named schema. */
export interface Declaration {
  readonly id: TypeId
  /** The name that the author gave it; `names.ts` makes an identifier of it. */
  readonly name: string
  readonly type: Type
  readonly docs?: Docs
  readonly title?: string
  readonly place: Place
}

/** Every declaration that a `ref` may name. Read when first asked for, so that what is not used costs nothing. */
export interface TypeTable {
  /** @throws InputError where the schema is broken or a reference in it leads nowhere. */
  get(id: TypeId): Declaration
}

// ---- Operations as read ---------------------------------------------------------------------------------------

export interface Api {
  readonly title: string
  readonly version: string
  readonly docs?: Docs
  readonly servers: readonly Server[]
  readonly securitySchemes: readonly SecurityScheme[]
  readonly operations: readonly Operation[]
  readonly types: TypeTable
}

export interface Server {
  /** As written, with `{variable}` in it. */
  readonly url: string
  /** `name` of OpenAPI 3.2. */
  readonly name?: string
  readonly docs?: Docs
  readonly variables: readonly ServerVariable[]
}

export interface ServerVariable {
  readonly name: string
  readonly default: string
  readonly values?: readonly string[]
  readonly docs?: Docs
}

/** A way to authenticate, under the name that `security` of an operation uses. */
export interface SecurityScheme {
  readonly name: string
  readonly docs?: Docs
  readonly credential: Credential
}

export type Credential =
  /** RFC 6750; OAuth 2 and OpenID Connect end here too: the user brings the token. */
  | { readonly kind: 'bearer' }
  /** RFC 7617. */
  | { readonly kind: 'basic' }
  | { readonly kind: 'apiKey'; readonly in: 'header' | 'query' | 'cookie'; readonly name: string }
  /** Any other `http` scheme: the value is sent behind the scheme's name in `Authorization`. */
  | { readonly kind: 'http'; readonly scheme: string }
  /** `mutualTLS`, and what no client code can do: nothing is sent. */
  | { readonly kind: 'none' }

export interface Operation {
  readonly operationId?: string
  /** The method in the capitalisation that is sent. */
  readonly method: string
  /** The path as the document's key has it. */
  readonly path: string
  /** The same as text and parameters in turn, without its query and its fragment. */
  readonly segments: readonly PathSegment[]
  /** Text behind a `?` in the path key (`beta=true`): always sent. */
  readonly fixedQuery?: string
  readonly tags: readonly string[]
  readonly docs: Docs
  readonly parameters: readonly Parameter[]
  readonly body?: Body
  readonly replies: readonly Reply[]
  /** Alternatives of schemes used together, by name; an empty alternative means that no credential is needed. */
  readonly security: readonly (readonly string[])[]
  /** Servers of the operation or its path item, where they replace the document's. */
  readonly servers?: readonly Server[]
  /** `x-*` members as written. */
  readonly extensions: Extensions
  /** What the user states of this operation, in the config file or by `x-streamwright`. */
  readonly override?: Override
  readonly place: Place
}

export type Extensions = { readonly [name: string]: Json }

export type PathSegment =
  | { readonly kind: 'text'; readonly text: string }
  /** `index` counts in `Operation.parameters`. */
  | { readonly kind: 'parameter'; readonly index: number }

export type ParameterStyle =
  | 'matrix'
  | 'label'
  | 'simple'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'cookie'

/** How a parameter's value becomes text: by a style (OpenAPI 3.2, "Style Values") or by a media type (`content`). */
export type Serialization =
  | {
      readonly kind: 'style'
      readonly style: ParameterStyle
      readonly explode: boolean
      readonly allowReserved: boolean
    }
  | { readonly kind: 'content'; readonly mediaType: string }

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring'
  readonly required: boolean
  readonly serialization: Serialization
  readonly type: Type
  /** The default of the schema, where it states one; it matters where the parameter selects the kind of the reply. */
  readonly default?: Json
  readonly docs: Docs
  readonly place: Place
}

export interface Body {
  readonly required: boolean
  /** In the order of the document; never empty. */
  readonly contents: readonly BodyContent[]
  readonly docs: Docs
}

export type BodyFormat = 'json' | 'multipart' | 'urlencoded' | 'text' | 'binary'

export interface BodyContent {
  readonly mediaType: string
  readonly format: BodyFormat
  readonly type: Type
  /** Multipart and urlencoded: how single fields are written, where the document says so. */
  readonly encoding: readonly FieldEncoding[]
}

export interface FieldEncoding {
  readonly name: string
  readonly contentType?: string
  readonly style?: ParameterStyle
  readonly explode?: boolean
}

export interface Reply {
  /** `200`, `2XX` or `default`. */
  readonly status: string
  readonly contents: readonly Content[]
  readonly docs: Docs
  readonly extensions: Extensions
  readonly place: Place
}

export interface Content {
  /** As written. */
  readonly mediaType: string
  /** `schema`; absent where there is none. */
  readonly type?: Type
  /** `itemSchema` (OpenAPI 3.2; honoured in every version). */
  readonly itemType?: Type
  /** The media type comes from the whole Swagger 2.0 document and not from this operation. */
  readonly inherited: boolean
  /** The reply of a Swagger 2.0 document has no schema: the media type only says what a body would be. */
  readonly bare: boolean
  readonly extensions: Extensions
  readonly place: Place
}

/** What the user states of an operation: every member wins over what the document says. */
export interface Override {
  readonly kind?: Kind
  /** The type of one item. */
  readonly data?: Type
  readonly events?: readonly { readonly name: string; readonly type: Type }[]
  readonly sentinel?: string
  /** The function's name. */
  readonly name?: string
  readonly select?: Selection
  /** Nothing is generated for the operation. */
  readonly skip?: boolean
  readonly place: Place
}

// ---- Endpoints as judged --------------------------------------------------------------------------------------

export type StreamKind = 'sse' | 'ndjson' | 'json-seq' | 'text' | 'binary' | 'websocket'
/** What a reply is: a stream, one value, nothing, or `multipart`, which is not supported. */
export type Kind = StreamKind | 'json' | 'void' | 'multipart'

/** The part of a request that chooses among the kinds of reply. */
export interface Selector {
  readonly in: 'body' | 'query' | 'header'
  readonly name: string
  /** The value that asks for the stream. */
  readonly value: Json
  readonly default?: Json
}

/** What one function sends for the selector. */
export interface Selection {
  readonly in: 'body' | 'query' | 'header'
  readonly name: string
  readonly value: Json
}

/** What the caller of one function may still choose of a selector that has more than two values. */
export interface Exclusion {
  readonly in: 'body' | 'query' | 'header'
  readonly name: string
  /** The values that remain. */
  readonly values: readonly Json[]
  readonly required: boolean
}

export interface SseEvent {
  /** The name of the event; `null` where the document declares no names. */
  readonly name: string | null
  readonly payload: 'json' | 'text' | 'none'
  readonly type: Type
  /** The stream ends once this event has been delivered. */
  readonly terminal: boolean
}

export type Answer =
  | {
      readonly kind: 'sse'
      readonly events: readonly SseEvent[]
      /** `data` that ends the stream and is not delivered. */
      readonly sentinel?: string
    }
  | {
      readonly kind: 'ndjson' | 'json-seq'
      readonly item: Type
      /** grpc-gateway: the item stands under this key, an error under `error`. */
      readonly unwrap?: 'result'
    }
  | { readonly kind: 'text' | 'binary' | 'void' }
  /** `orNothing`: the same operation also declares an answer without a body. */
  | { readonly kind: 'json'; readonly type: Type; readonly orNothing: boolean }

/** One kind of reply of one operation, which becomes one function. */
export interface Endpoint {
  readonly operation: Operation
  readonly answer: Answer
  /** Media types to ask for, and to accept. */
  readonly accept: readonly string[]
  /** What this function sends so that the server answers in this kind. */
  readonly selection?: Selection
  /** What the caller of this function must not send, where the selector has values besides. */
  readonly excluded?: Exclusion
  /** Why the operation is of this kind, for people. */
  readonly because: string
}

/** An error reply that the document declares with a type. */
export interface ErrorReply {
  /** `404`, `4XX` or `default`. */
  readonly status: string
  readonly type: Type
}

/** What classification says of one operation. */
export interface Verdict {
  readonly operation: Operation
  /** Sorted. */
  readonly kinds: readonly Kind[]
  /** One for each kind that code can be written for, in the order of `kinds`. */
  readonly endpoints: readonly Endpoint[]
  /** Parallel to `kinds`. */
  readonly because: readonly string[]
  readonly selector?: Selector
  readonly errors: readonly ErrorReply[]
  readonly warnings: readonly Problem[]
}
