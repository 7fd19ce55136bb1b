/** The request of one function as code: each value goes through the serializer of the runtime that its style names. */
import { assertNever } from '../diagnostics.js'
import type { BodyContent, Credential, Endpoint, FieldEncoding, Parameter, SecurityScheme, Selection } from '../ir.js'
import { json, key, str, typeKey } from './encode.js'
import type { Imports } from './imports.js'
import { call, cookiePart, headerPart, pathPart, queryPart, queryStringPart, styleOptions } from './serializers.js'
import type { EntryView } from './view.js'

export interface RequestContext {
  readonly imports: Imports
  /** The key of each parameter in the flat object, in the order of `Operation.parameters`. */
  readonly keys: readonly string[]
  /** The key of the body. */
  readonly bodyKey: string
  readonly schemes: readonly SecurityScheme[]
  /** The operation's own server, where it has one. */
  readonly baseUrl?: string
}

/** The members of the object that describes the request, in the order of a request. */
export function viewRequest(endpoint: Endpoint, context: RequestContext): EntryView[] {
  const { operation, answer } = endpoint
  const { imports } = context
  const entries: EntryView[] = [
    // RFC 6455 section 4.1: a handshake is a GET.
    { key: 'method', value: str(answer.kind === 'websocket' ? 'GET' : operation.method) },
    { key: 'path', value: targetExpression(endpoint, context) },
  ]
  const headers = headerParts(endpoint, context)
  if (headers.length > 0) entries.push({ key: 'headers', value: list('[', headers) })
  const body = bodyExpression(endpoint, context)
  if (body !== undefined) entries.push({ key: 'body', value: body })
  const alternatives = securityParts(endpoint, context)
  if (alternatives.length > 0)
    entries.push({ key: 'security', value: `${imports.value('authorize')}(${list('[', alternatives)})` })
  if (context.baseUrl !== undefined) entries.push({ key: 'baseUrl', value: str(context.baseUrl) })
  return entries
}

/** The code of each parameter in one place, but for the one that the function sets itself. */
function placed(
  { operation, selection }: Endpoint,
  { location, keys }: { readonly location: Parameter['in']; readonly keys: readonly string[] },
  write: (parameter: Parameter, access: string) => string,
): string[] {
  return operation.parameters.flatMap((parameter, index) => {
    if (parameter.in !== location || isSelected(parameter, selection)) return []
    return [write(parameter, accessTo(keys[index] ?? parameter.name))]
  })
}

/** True for the parameter that the function sets itself. */
export function isSelected({ in: location, name }: Parameter, selection: Selection | undefined): boolean {
  return selection !== undefined && selection.in === location && selection.name === name
}

/** A list, an object, or the arguments of a call: on one line if it is short. */
function list(open: '[' | '{' | `${string}(`, parts: readonly string[]): string {
  const close = open === '[' ? ']' : open === '{' ? '}' : ')'
  const space = open === '{' ? ' ' : ''
  const line = `${open}${space}${parts.join(', ')}${space}${close}`
  return line.length < 90 ? line : `${open}\n${parts.map((part) => `        ${part},\n`).join('')}      ${close}`
}

function accessTo(name: string): string {
  const safe = typeKey(name)
  return safe === name ? `params.${name}` : `params[${str(name)}]`
}

/** The path with its query. */
function targetExpression(endpoint: Endpoint, context: RequestContext): string {
  const { imports, keys } = context
  const path = pathExpression(endpoint, context)
  const query = [
    ...selectedQuery(endpoint.selection, imports),
    ...placed(endpoint, { location: 'query', keys }, (parameter, access) => queryPart(parameter, { access, imports })),
    ...placed(endpoint, { location: 'querystring', keys }, ({ serialization }, access) =>
      queryStringPart({ serialization, access }, imports),
    ),
  ]
  if (query.length === 0) return path
  return list(`${imports.value('withQuery')}(`, [path.replaceAll('\n', '\n  '), ...query])
}

function headerParts(endpoint: Endpoint, { imports, keys }: RequestContext): string[] {
  const cookies = placed(endpoint, { location: 'cookie', keys }, (parameter, access) =>
    cookiePart(parameter, { access, imports }),
  )
  return [
    ...selectedHeader(endpoint.selection),
    ...placed(endpoint, { location: 'header', keys }, (parameter, access) =>
      headerPart(parameter, { access, imports }),
    ),
    ...(cookies.length > 0 ? [`['cookie', ${call(imports.value('cookieHeader'), cookies)}]`] : []),
  ]
}

function pathExpression({ operation }: Endpoint, { keys, imports }: RequestContext): string {
  const query = operation.fixedQuery === undefined ? '' : `?${encodePathText(operation.fixedQuery)}`
  const texts = operation.segments.flatMap((segment) => (segment.kind === 'text' ? [segment.text] : []))
  if (texts.length === operation.segments.length) return str(texts.map(encodePathText).join('') + query)
  const parts = operation.segments.map((segment) => {
    if (segment.kind === 'text') return str(encodePathText(segment.text))
    const parameter = operation.parameters[segment.index]
    return parameter === undefined
      ? "''"
      : pathPart(parameter, { access: accessTo(keys[segment.index] ?? parameter.name), imports })
  })
  return list(`${imports.value('pathOf')}(`, query === '' ? parts : [...parts, str(query)])
}

/** Percent-encodes what RFC 3986 does not allow in a path or a query; triples that are there stay. */
function encodePathText(text: string): string {
  return text.replaceAll(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]/gu, (character) => {
    const octets = new TextEncoder().encode(character)
    return [...octets].map((octet) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('')
  })
}

function selectedQuery(selection: Selection | undefined, imports: Imports): string[] {
  return selection?.in === 'query' ? [call(imports.value('form'), [str(selection.name), json(selection.value)])] : []
}

function selectedHeader(selection: Selection | undefined): string[] {
  return selection?.in === 'header' ? [`[${str(selection.name)}, ${str(String(selection.value))}]`] : []
}

function bodyExpression({ operation, selection }: Endpoint, { imports, bodyKey }: RequestContext): string | undefined {
  const contents = operation.body?.contents ?? []
  const access = accessTo(bodyKey)
  const value = selection?.in === 'body' ? `{ ...${access}, ${key(selection.name)}: ${json(selection.value)} }` : access
  const [first, ...others] = contents
  if (first === undefined) return undefined
  const plain = bodyCall(first, { value, imports })
  if (others.length === 0) return plain
  // The first media type is the one without a contentType; each other one is asked for by its own.
  const choices = others.map((content) => {
    return `params.contentType === ${str(content.mediaType)}\n        ? ${bodyCall(content, { value, imports })}\n        : `
  })
  return `${choices.join('')}${plain}`
}

function bodyCall(
  { format, mediaType, encoding }: BodyContent,
  { value, imports }: { value: string; imports: Imports },
): string {
  switch (format) {
    case 'json':
      return call(imports.value('json'), [value, ...(mediaType === 'application/json' ? [] : [str(mediaType)])])
    case 'text':
      return call(imports.value(format), [value, str(mediaType)])
    case 'binary':
      // Of a wildcard the Blob says which it is.
      return call(imports.value(format), [value, ...(mediaType.includes('*') ? [] : [str(mediaType)])])
    case 'multipart':
    case 'urlencoded':
      return call(imports.value(format), [value, ...encodingOption(encoding, imports)])
    default:
      return assertNever(format)
  }
}

function encodingOption(encoding: readonly FieldEncoding[], imports: Imports): string[] {
  const members = encoding.flatMap(({ name, contentType, style }) => {
    if (style !== undefined) {
      const written = call(imports.value(style.style), [str(name), 'value', ...styleOptions(style)])
      return [`${key(name)}: { style: (value) => ${written} }`]
    }
    return contentType === undefined ? [] : [`${key(name)}: { contentType: ${str(contentType)} }`]
  })
  return members.length === 0 ? [] : [list('{', members)]
}

function securityParts({ operation }: Endpoint, { imports, schemes }: RequestContext): string[] {
  const alternatives = operation.security.map((names) => {
    const calls = names.flatMap((name) => {
      const scheme = schemes.find((one) => one.name === name)
      return scheme === undefined ? [] : credentialCall(scheme, imports)
    })
    return `[${calls.join(', ')}]`
  })
  return alternatives.every((one) => one === '[]') ? [] : alternatives
}

function credentialCall({ name, credential }: { name: string; credential: Credential }, imports: Imports): string[] {
  switch (credential.kind) {
    case 'bearer':
    case 'basic':
      return [call(imports.value(credential.kind), [str(name)])]
    case 'http':
      return [call(imports.value('httpScheme'), [str(name), str(credential.scheme)])]
    case 'apiKey': {
      const names = { header: 'apiKeyHeader', query: 'apiKeyQuery', cookie: 'apiKeyCookie' } as const
      return [call(imports.value(names[credential.in]), [str(name), str(credential.name)])]
    }
    case 'none':
      return []
    default:
      return assertNever(credential)
  }
}
