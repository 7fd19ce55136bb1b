/** Types, declarations and their documentation. */
import type { Place } from '../diagnostics.js'

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
  /** Raw octets: `format: binary`, `type: file`, `contentMediaType` without `contentEncoding`. Printed as `Blob` in a form, else as `string`. */
  | { readonly kind: 'binary' }
  /** A point in time, as ISO 8601 on the wire: a request may hold a `Date`, an answer holds a string. */
  | { readonly kind: 'date' }
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
