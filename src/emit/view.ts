/**
 * What the templates place: text that is code already, and lists and flags to loop and branch by. Every string in a
 * view was made by `encode.ts`, `print-type.ts`, `names.ts` or stands in our own source.
 */
import type { ImportView } from './imports.js'

export interface FieldView {
  /** A doc comment with its line end, or `''`. */
  readonly docs: string
  readonly key: string
  /** `?` or `''`. */
  readonly mark: string
  readonly type: string
}

/** An exported interface, or an alias where `fields` do not say it all. */
export interface ShapeView {
  readonly docs: string
  readonly name: string
  readonly isInterface: boolean
  readonly fields: readonly FieldView[]
  /** Of an alias: what stands behind the fields, such as ` & (A | B)`, or the whole type where there are no fields. */
  readonly type: string
}

export interface EntryView {
  readonly key: string
  readonly value: string
}

export interface FunctionView {
  readonly shapes: readonly ShapeView[]
  readonly docs: string
  readonly name: string
  /** Everything between the parentheses. */
  readonly parameters: string
  readonly returns: string
  /** The function of the runtime with its type arguments. */
  readonly open: string
  readonly request: readonly EntryView[]
  readonly plan: readonly EntryView[]
}

export interface EndpointsView {
  readonly imports: readonly ImportView[]
  readonly functions: readonly FunctionView[]
}

export interface TypesView {
  readonly declarations: readonly { readonly text: string }[]
}

export interface ServerView {
  readonly docs: string
  readonly name: string
  readonly variables: readonly FieldView[]
  /** ` = {}`, or `''` where no default can be given. */
  readonly preset: string
  /** A TypeScript expression of the URL. */
  readonly url: string
}

export interface ClientView {
  readonly imports: readonly ImportView[]
  readonly docs: string
  readonly schemes: readonly FieldView[]
  readonly servers: readonly ServerView[]
  /** The default base URL as an expression; `''` where the document names no server. */
  readonly baseUrl: string
}

export interface IndexView {
  readonly exports: readonly { readonly statement: string }[]
}

export interface RuntimeView {
  readonly source: string
}

/** A file of the output before its text is made. */
export type PlannedFile = { readonly path: string } & (
  | { readonly template: 'endpoints'; readonly view: EndpointsView }
  | { readonly template: 'types'; readonly view: TypesView }
  | { readonly template: 'client'; readonly view: ClientView }
  | { readonly template: 'index'; readonly view: IndexView }
  | { readonly template: 'runtime'; readonly view: RuntimeView }
)
