/** Operations as read: no reader judges. */
import type { Place } from '../diagnostics.js'
import type { Answer, SocketProtocol } from './answer.js'
import type { Json } from './json.js'
import type { Kind, Selection } from './kind.js'
import type { Docs, Type, TypeTable } from './type.js'

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
      /** Path: the value may be several segments, between which slashes stay. */
      readonly segments?: boolean
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
  /** One media type; absent where the style decides, or the field says it itself. */
  readonly contentType?: string
  /** Present where the field is written otherwise than a form's fields are by default. */
  readonly style?: Extract<Serialization, { kind: 'style' }>
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
  /** Of a WebSocket: what the client sends, what the server sends, and the one answer of a server that only takes. */
  readonly send?: Type
  readonly receive?: Type
  readonly reply?: Type
  readonly protocol?: SocketProtocol
  readonly sentinel?: string
  /** The function's name. */
  readonly name?: string
  readonly select?: Selection
  /** Nothing is generated for the operation. */
  readonly skip?: boolean
  /** The whole answer, from an input that says itself what it sends: it replaces all that the replies say. */
  readonly stated?: StatedAnswer
  readonly place: Place
}

/** An answer that needs no judgement. */
export interface StatedAnswer {
  readonly answer: Answer
  /** Media types to ask for, and to accept. */
  readonly accept: readonly string[]
  /** Who says so, for people. */
  readonly because: string
}
