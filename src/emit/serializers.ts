/** One parameter as code: the call of the serializer of the runtime that its style or its media type names. */
import type { Parameter, Serialization } from '../ir.js'
import { isForm, isJson, parseMediaType } from '../media-type.js'
import { str } from './encode.js'
import type { Imports } from './imports.js'

/** A way to write values that the document names by its style. */
export type Style = Extract<Serialization, { kind: 'style' }>
type ByMediaType = Extract<Serialization, { kind: 'content' }>

/** Where a value is found, and what the file imports. */
export interface Place {
  readonly access: string
  readonly imports: Imports
}

/** A call as text. */
export function call(name: string, args: readonly string[]): string {
  return `${name}(${args.join(', ')})`
}

/** Options of a serializer, without those that are its defaults. Headers and cookies do not know `allowReserved`. */
export function styleOptions({ style, explode, allowReserved, segments = false }: Style): string[] {
  const isExplodable = style !== 'deepObject'
  const isExplodedByDefault = style === 'form' || style === 'cookie'
  const members = [
    ...(isExplodable && explode !== isExplodedByDefault ? [`explode: ${explode}`] : []),
    ...(style === 'cookie' ? ["style: 'cookie'"] : []),
    ...(segments ? ['segments: true'] : []),
    ...(allowReserved && !segments ? ['allowReserved: true'] : []),
  ]
  return members.length === 0 ? [] : [`{ ${members.join(', ')} }`]
}

/** The text of a parameter within a path. */
export function pathPart({ name, serialization }: Parameter, { access, imports }: Place): string {
  if (serialization.kind === 'content') {
    if (isJsonContent(serialization)) return call(imports.value('jsonPath'), [access])
    return call(imports.value('simple'), [contentText(serialization, { access, imports })])
  }
  const options = styleOptions(serialization)
  if (serialization.style === 'matrix') return call(imports.value('matrix'), [str(name), access, ...options])
  return call(imports.value(serialization.style === 'label' ? 'label' : 'simple'), [access, ...options])
}

/** A parameter of the query: `name=value`, several joined by `&`, or `''`. */
export function queryPart({ name, serialization }: Parameter, { access, imports }: Place): string {
  if (serialization.kind === 'content') {
    if (isJsonContent(serialization)) return call(imports.value('jsonParameter'), [str(name), access])
    return call(imports.value('form'), [str(name), contentText(serialization, { access, imports })])
  }
  return call(imports.value(serialization.style), [str(name), access, ...styleOptions(serialization)])
}

/** `content` of JSON, or of whatever the server takes. */
function isJsonContent({ mediaType }: ByMediaType): boolean {
  const essence = parseMediaType(mediaType)?.essence ?? ''
  return isJson(essence) || essence === '*/*'
}

/** A value of another media type: a form, or the text that the caller gives. */
function contentText({ mediaType }: ByMediaType, { access, imports }: Place): string {
  if (!isForm(parseMediaType(mediaType)?.essence)) return access
  return `${call(imports.value('queryString'), [access])} || undefined`
}

/** A parameter that is the whole query. */
export function queryStringPart(
  { serialization, access }: { serialization: Serialization; access: string },
  imports: Imports,
): string {
  const isWholeJson = serialization.kind === 'content' && isJsonContent(serialization)
  return call(imports.value(isWholeJson ? 'jsonPath' : 'queryString'), [access])
}

/** The name and the value of a header. */
export function headerPart({ name, serialization }: Parameter, { access, imports }: Place): string {
  if (serialization.kind === 'content') {
    if (!isJsonContent(serialization)) {
      return `[${str(name)}, ${call(imports.value('headerValue'), [contentText(serialization, { access, imports })])}]`
    }
    return `[${str(name)}, ${access} === undefined ? undefined : ${call(imports.value('headerValue'), [`JSON.stringify(${access})`])}]`
  }
  const options = styleOptions({ ...serialization, allowReserved: false })
  return `[${str(name)}, ${call(imports.value('headerValue'), [access, ...options])}]`
}

/** A cookie: `name=value`, several joined by `; `, or `''`. */
export function cookiePart({ name, serialization }: Parameter, { access, imports }: Place): string {
  if (serialization.kind === 'content') {
    const json = `${access} === undefined ? undefined : JSON.stringify(${access})`
    const text = isJsonContent(serialization) ? json : contentText(serialization, { access, imports })
    return call(imports.value('cookie'), [str(name), text])
  }
  const options = styleOptions({ ...serialization, allowReserved: false })
  return call(imports.value('cookie'), [str(name), access, ...options])
}
