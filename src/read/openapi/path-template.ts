/** The keys of a Paths Object (OpenAPI 3.2 section 4.8.2) as text and parameters in turn. */
import { InputError } from '../../diagnostics.js'
import type { Operation, Parameter, PathSegment } from '../../ir.js'
import type { Node } from './node.js'
import type { Reading } from './shape.js'

export interface Template {
  readonly segments: readonly PathSegment[]
  readonly parameters: readonly Parameter[]
  readonly fixedQuery?: string
}

/**
 * Takes a path key apart: text and `{name}` in turn, the query that always is sent, the fragment that never is.
 * A name without a parameter becomes a parameter that takes a string; a path parameter that the path does not name is dropped.
 */
export function readTemplate(
  { path, declared }: { path: string; declared: readonly Parameter[] },
  { reading, node }: { reading: Reading; node: Node },
): Template {
  const place = reading.documents.place(node.at)
  const { template, query } = splitPath(path)
  const parameters: Parameter[] = []
  const segments: PathSegment[] = []
  for (const part of (template.startsWith('/') ? template : `/${template}`).split(/(\{[^{}]*\})/)) {
    if (part === '') continue
    if (/[{}]/.test(part.slice(1, -1)) || /^[^{]*\}|\{[^}]*$/.test(part) || part === '{}') refuseTemplate(path, place)
    if (!part.startsWith('{')) {
      segments.push({ kind: 'text', text: part })
      continue
    }
    // `{?a,b}` (RFC 6570) tells of the query, whose parameters are declared as such.
    if (/^\{[?&#]/.test(part)) continue
    const { declaration, name, spans } = pathParameter(part.slice(1, -1), declared)
    const known = parameters.findIndex((parameter) => parameter.name === name)
    if (known !== -1) reportRepeated({ name, place }, reading)
    else {
      const parameter = declaration ?? undeclared({ name, place }, reading)
      parameters.push(spans ? spanning(parameter) : parameter)
    }
    segments.push({ kind: 'parameter', index: known === -1 ? parameters.length - 1 : known })
  }
  const names = new Set(parameters.map(({ name }) => name))
  const rest = declared.filter((one) => one.in !== 'path' || !names.has(one.name))
  for (const one of rest) if (one.in === 'path') reportNotInPath(one, reading)
  const fixed = query
    .split('&')
    .filter((pair) => pair !== '' && !pair.includes('{'))
    .join('&')
  return {
    segments,
    parameters: [...parameters, ...rest.filter((one) => one.in !== 'path')],
    ...(fixed === '' ? {} : { fixedQuery: fixed }),
  }
}

/** Cuts the fragment off, and the query behind the template. A mark inside of braces is part of an expression. */
function splitPath(path: string): { readonly template: string; readonly query: string } {
  const marks = [...path.matchAll(/\{[^{}]*\}|[?#]/g)]
  const end = marks.find(([mark]) => mark === '#')?.index ?? path.length
  const start = marks.find(({ 0: mark, index }) => mark === '?' && index < end)?.index ?? end
  return { template: path.slice(0, start), query: path.slice(start + 1, end) }
}

interface PathParameter {
  readonly name: string
  readonly declaration: Parameter | undefined
  /** The value may be several segments of the path. */
  readonly spans: boolean
}

/**
 * The parameter that an expression in braces names. Beside plain names there are `{+name}` and `{name*}` (RFC 6570),
 * `{name+}` (API Gateway), `{name=projects/*}` (google.api.http), `{name:[0-9]+}` (JAX-RS), `{name:path}` (Starlette),
 * `{**name}` and `{name?}` (ASP.NET), all declared as `name`.
 */
function pathParameter(expression: string, declared: readonly Parameter[]): PathParameter {
  const find = (name: string): Parameter | undefined => declared.find((one) => one.in === 'path' && one.name === name)
  const exact = find(expression)
  const [, lead = '', name, rest = ''] = /^(\+|\*{0,2})([^=:*+?]+)([*+?]|=.*|:.*|)$/s.exec(expression) ?? []
  if (exact !== undefined || name === undefined) return { name: expression, declaration: exact, spans: false }
  const spans = lead !== '' || /^[*+]$|^=.*(\/|\*\*)|^:(path|\.[*+])$/s.test(rest)
  return { name, declaration: find(name), spans }
}

/** Slashes in the value stay. */
function spanning(parameter: Parameter): Parameter {
  const { serialization } = parameter
  if (serialization.kind !== 'style') return parameter
  return { ...parameter, serialization: { ...serialization, segments: true } }
}

function reportRepeated({ name, place }: { name: string; place: Operation['place'] }, { report }: Reading): void {
  report({
    severity: 'warning',
    code: 'path-parameter-repeated',
    message: `the path names {${name}} twice; both take the same value`,
    place,
    hint: 'give the second one another name',
  })
}

function refuseTemplate(path: string, place: Operation['place']): never {
  throw new InputError({
    code: 'path-template',
    message: `the braces of the path ${JSON.stringify(path)} do not match, or hold no name`,
    place,
    hint: 'write each path parameter as {name}',
  })
}

function undeclared({ name, place }: { name: string; place: Operation['place'] }, reading: Reading): Parameter {
  reading.report({
    severity: 'warning',
    code: 'path-parameter-undeclared',
    message: `the path names {${name}}, and no parameter declares it; it takes a string`,
    place,
    hint: `declare the parameter "${name}" with "in: path"`,
  })
  const serialization = { kind: 'style', style: 'simple', explode: false, allowReserved: false } as const
  return { name, in: 'path', required: true, serialization, type: { kind: 'string' }, docs: {}, place }
}

function reportNotInPath({ name, place }: Parameter, reading: Reading): void {
  reading.report({
    severity: 'warning',
    code: 'path-parameter-unused',
    message: `the path parameter "${name}" does not occur in the path and is left out`,
    place,
    hint: `write {${name}} into the path, or remove the parameter`,
  })
}
