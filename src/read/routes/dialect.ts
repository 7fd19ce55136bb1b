/**
 * What a framework's reader yields, and what it may ask. A dialect reads what the framework itself says of a route; an
 * annotation at the same route wins field by field, and what neither says is an error of the core's.
 */
import type { Place } from '../../diagnostics.js'
import type { Credential, Docs, ErrorReply, SocketProtocol, StreamKind } from '../../ir.js'
import type { ts } from './compiler.js'

export interface Dialect {
  /** As users know the framework: it stands in `because` and in messages. */
  readonly name: string
  /** A file without a match is not read by this dialect, and not parsed if no other wants it. Keep it cheap and narrow. */
  readonly mentions: RegExp
  /**
   * Further files of the project that `DialectTools.context` should hold, by a match in their text: the file that
   * constructs a plugin, mounts a router, declares a service. They are parsed, and no routes are read from them.
   */
  readonly context?: RegExp
  /**
   * Every route that the file declares, in the order of the file.
   * @throws InputError by `tools.fail`, for what cannot be read and no annotation could repair.
   */
  read(file: RouteFile, tools: DialectTools): readonly RouteFinding[]
}

export interface RouteFile {
  /** Relative to the working folder, with `/`, as in `Place.file`. */
  readonly file: string
  /** Absolute, with `/`. */
  readonly path: string
  /** Parent pointers are set. Behind its original end it may hold aliases of ours: take statements by what they are. */
  readonly source: ts.SourceFile
}

/** A type and the node that states it, where problems with it are reported. */
export interface TypeSource {
  readonly type: ts.Type
  readonly node: ts.Node
  /** Types of properties somewhere in it, by their symbols, where something tells more than their own type. */
  readonly instead?: ReadonlyMap<ts.Symbol, ts.Type>
}

/** Something that is there but cannot be read: an error at `node`, unless an annotation says the same thing better. */
export interface Unreadable {
  readonly kind: 'unreadable'
  readonly node: ts.Node
  /** What is wrong, one sentence without a full stop: `the path is not a constant`. */
  readonly message: string
  /** The next step; default is to state it by an annotation. */
  readonly hint?: string
}

/** A path that may be only the end of the real one: a warning, unless an annotation states the whole path. */
export interface Unmounted {
  /** What should stand under a path of its own. */
  readonly node: ts.Node
  /** What is wrong, as the begin of a sentence: `its router is mounted nowhere`. */
  readonly because: string
}

export interface FoundEvent {
  /** The name of an SSE event; `null` for one without a name, and for the record of an NDJSON stream. */
  readonly name: string | null
  /** Absent: the event has no payload. */
  readonly payload?: TypeSource
  /** The stream ends once this event has been delivered. */
  readonly terminal?: boolean
}

/** One parameter of which the dialect itself knows where it goes. It wins over the same name in `params` and `query`. */
export interface FoundParameter {
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  /** As it is sent. */
  readonly name: string
  readonly type: TypeSource
  /** A parameter of the path is always required. */
  readonly optional: boolean
  readonly docs?: Docs
}

export interface FoundAuth {
  /** The name of the scheme, which becomes a key of `auth` in the client: `bearerAuth`, `cookieAuth`. */
  readonly name: string
  readonly credential: Credential
}

/** A WebSocket's messages; `reply` is the one message that the server sends when the client has sent all of its own. */
export interface FoundSocket {
  /** Client to server. */
  readonly send?: TypeSource
  /** Server to client. */
  readonly receive?: TypeSource
  readonly reply?: TypeSource
  /** How headers and messages travel; absent for a plain socket. */
  readonly protocol?: SocketProtocol
}

/**
 * One route. Every field but `nodes` may be absent: a route without `kind` is none unless an annotation at one of its
 * nodes gives the kind (paths from file names, plain `router.get(…)`), so report those too wherever an annotation may stand.
 */
export interface RouteFinding {
  /**
   * The first one is the place of the route in messages. An annotation at any of them, at the statement around one, or
   * inside of one, belongs to the route: the constant and the handler of Flink, the property `GET` of TanStack.
   */
  readonly nodes: readonly [ts.Node, ...ts.Node[]]
  /** Where the route is stated, if it is not the first node: an annotation. Dialects leave it out. */
  readonly at?: { readonly source: ts.SourceFile; readonly offset: number }
  /** In any case; default GET. */
  readonly method?: string
  /** As the framework writes it, with its prefixes: `{id}`, `:id`, `$id`, `[id]`, `*rest` are all understood. */
  readonly path?: string | Unreadable
  readonly unmounted?: Unmounted
  readonly kind?: StreamKind | Unreadable
  /** For `sse`: all events; for `ndjson` and `json-seq`: one with the name `null`. Not for other kinds. */
  readonly events?: readonly FoundEvent[] | Unreadable
  /** How payloads of type `string` travel: as JSON (`"a"`) or as they are; default `text`. */
  readonly stringsAre?: 'json' | 'text'
  /** Of one that cannot be read, the protocol may be known all the same. */
  readonly socket?: FoundSocket | (Unreadable & Pick<FoundSocket, 'protocol'>)
  /** Objects whose properties are the parameters of the path, of the query, the headers and the cookies. */
  readonly params?: TypeSource
  readonly query?: TypeSource
  readonly headers?: TypeSource
  readonly cookies?: TypeSource
  readonly parameters?: readonly FoundParameter[]
  /** The body. */
  readonly body?: TypeSource
  /** How the body travels; default `json`. */
  readonly bodyIs?: 'json' | 'urlencoded'
  /** Alternatives, of which one may need several schemes at once; `[]` means that none is needed. */
  readonly auth?: readonly (FoundAuth | readonly FoundAuth[])[]
  /** The media type of the answer, where it is not the usual one of its kind. */
  readonly contentType?: string
  /** `data` that ends an event stream and is not delivered. */
  readonly done?: string
  /** In-band errors: the SSE event of this name, the field of an NDJSON record. */
  readonly errorEvent?: string
  readonly errorField?: string
  /** Typed bodies of answers that are no success, which the framework fixes. */
  readonly errors?: readonly ErrorReply[]
  /** The same where the author states them: `404`, `4XX` or `default`, with the type of what is sent as JSON. */
  readonly errorTypes?: readonly { readonly status: string; readonly type: TypeSource }[]
  /** The function's name; default is made from method and path. */
  readonly name?: string
  /** The group (and so the file of the output): a service, a controller. */
  readonly group?: string
  readonly docs?: Docs
  /** The route is not reachable from outside (`expose: false`): it is listed, and nothing is generated. */
  readonly hidden?: boolean
}

/** The value of an expression that is read and never run. */
export type Constant =
  | { readonly kind: 'constant'; readonly value: ConstantValue }
  | { readonly kind: 'unknown'; readonly node: ts.Node }

export type ConstantValue = string | number | boolean | null | undefined | readonly ConstantValue[]

/** Where an identifier comes from, by the text of the import alone, so that it works without the package. */
export interface ImportSource {
  readonly module: string
  /** The exported name; `default`, or `*` for a namespace. */
  readonly name: string
}

export interface DialectTools {
  readonly checker: ts.TypeChecker
  /** What matched `context` of the dialect, and the route files themselves, sorted by path. */
  readonly context: readonly ts.SourceFile[]
  /** The type that a type node states. Prefer written nodes to inferred types: they survive a missing package. */
  typeOf(node: ts.TypeNode): TypeSource
  /**
   * The value of an expression, through constants (also imported ones, by tsconfig paths too), template strings,
   * `+`, enum members, arrays, and `as`, `satisfies` and parentheses.
   */
  constant(node: ts.Expression): Constant
  /** `constant` for a text; `Unreadable` for anything else. `what` names it in the message: `path`. */
  text(node: ts.Expression, what: string): string | Unreadable
  /** The value of a property of an object literal (through constants, `as` and `satisfies`); `undefined` where it is not there. */
  property(node: ts.Expression, name: string): ts.Expression | undefined
  /** The expression without parentheses, `as`, `satisfies`, `!`. */
  unwrap(node: ts.Expression): ts.Expression
  /** The declaration that an identifier or a member access leads to, through imports and aliases. */
  declarationOf(node: ts.Node): ts.Declaration | undefined
  importedFrom(node: ts.Identifier): ImportSource | undefined
  /** The comment before a node, with the tags of the annotation left out. */
  docsOf(node: ts.Node): Docs | undefined
  placeOf(node: ts.Node): Place
  unreadable(node: ts.Node, words: { readonly message: string; readonly hint?: string }): Unreadable
  /** @throws InputError at the node. */
  fail(node: ts.Node, words: ProblemWords): never
  warn(node: ts.Node, words: ProblemWords): void
}

export interface ProblemWords {
  readonly code: string
  readonly message: string
  readonly hint: string
}
