/** What a route takes: the parameters of its path, its query, its headers, its body. */

import type { Place } from '../../diagnostics.js'
import type { Body, Field, ObjectType, Parameter, Serialization, Type, TypeTable } from '../../ir.js'
import type { FoundParameter, RouteFinding, TypeSource } from './dialect.js'
import type { PathParameter, RoutePath } from './path.js'
import type { Places } from './places.js'
import { withoutUndefined } from './type/object.js'
import type { TypeReader } from './type/reader.js'

export interface InputContext {
  readonly places: Places
  readonly types: TypeReader
  readonly table: TypeTable
  readonly place: Place
}

const BODY_TYPES = { json: 'application/json', urlencoded: 'application/x-www-form-urlencoded' } as const
const STRING: Type = { kind: 'string' }

export interface RouteInputs {
  readonly finding: RouteFinding
  readonly path: RoutePath
  /** Parameters that the route has at another of its paths. */
  readonly omitted: readonly string[]
}

/** Those of the path first, in its order. @throws InputError for a parameter of the path that the path has not. */
export function parametersOf({ finding, path, omitted }: RouteInputs, context: InputContext): Parameter[] {
  const own = (finding.parameters ?? []).map((found) => fromFound(found, context))
  const ofPath = pathParameters({ finding, path, omitted, own }, context)
  const query = fromObject(finding.query, 'query', context)
  const headers = fromObject(finding.headers, 'header', context)
  const cookies = fromObject(finding.cookies, 'cookie', context)
  const rest = [...own.filter((one) => one.in !== 'path'), ...query, ...headers, ...cookies]
  return distinct([...ofPath, ...rest])
}

/** The body, as one content. */
export function bodyOf(
  { body, bodyIs = 'json' }: Pick<RouteFinding, 'body' | 'bodyIs'>,
  { types }: InputContext,
): Body | undefined {
  if (body === undefined) return undefined
  const whole = types.read(body)
  const type = withoutUndefined(whole)
  return {
    required: type === whole,
    contents: [{ mediaType: BODY_TYPES[bodyIs], format: bodyIs, type, encoding: [] }],
    docs: {},
  }
}

function distinct(parameters: readonly Parameter[]): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const parameter of parameters) {
    const key = `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`
    if (!found.has(key)) found.set(key, parameter)
  }
  return [...found.values()]
}

function fromFound({ in: location, name, type, optional, docs }: FoundParameter, context: InputContext): Parameter {
  const read = context.types.read(type)
  return {
    name,
    in: location,
    required: location === 'path' || !optional,
    serialization: serializationOf(location, read),
    type: read,
    docs: docs ?? {},
    place: context.places.of(type.node),
  }
}

interface PathInputs extends RouteInputs {
  readonly own: readonly Parameter[]
}

function pathParameters({ finding, path, omitted, own }: PathInputs, context: InputContext): Parameter[] {
  const { params } = finding
  const fields = params === undefined ? [] : objectOf(params, 'params', context).fields
  const isKnown = ({ name }: Field): boolean =>
    omitted.includes(name) || path.parameters.some((one) => one.name === name)
  const stray = fields.find((field) => !isKnown(field))
  if (stray !== undefined && params !== undefined) {
    context.places.fail(params.node, {
      code: 'route-params',
      message: `the path ${path.path} has no parameter called ${JSON.stringify(stray.name)}`,
      hint: 'correct the name in the path or in the type of the parameters',
    })
  }
  return path.parameters.map((one) => {
    const found = own.find((parameter) => parameter.in === 'path' && parameter.name === one.name)
    const field = fields.find(({ name }) => name === one.name)
    return { ...(found ?? fromField(field ?? plainField(one), 'path', context)), ...asPath(one) }
  })
}

function plainField({ name }: PathParameter): Field {
  return { name, type: STRING, optional: false }
}

function asPath({ takesRest }: PathParameter): Pick<Parameter, 'required' | 'serialization'> {
  // Slashes of a parameter that takes several segments are slashes of the path.
  return {
    required: true,
    serialization: { kind: 'style', style: 'simple', explode: false, allowReserved: false, segments: takesRest },
  }
}

function fromField(field: Field, location: FoundParameter['in'], { place }: InputContext): Parameter {
  return {
    name: field.name,
    in: location,
    required: location === 'path' || !field.optional,
    serialization: serializationOf(location, field.type),
    type: field.type,
    docs: field.docs ?? {},
    place,
  }
}

function serializationOf(location: FoundParameter['in'], type: Type): Serialization {
  const base = { kind: 'style', allowReserved: false } as const
  switch (location) {
    case 'query': {
      const isObject = type.kind === 'object' || type.kind === 'ref'
      return { ...base, style: isObject ? 'deepObject' : 'form', explode: true }
    }
    case 'cookie':
      return { ...base, style: 'form', explode: true }
    default:
      return { ...base, style: 'simple', explode: false }
  }
}

function fromObject(
  source: TypeSource | undefined,
  location: 'query' | 'header' | 'cookie',
  context: InputContext,
): Parameter[] {
  if (source === undefined) return []
  const { fields, rest } = objectOf(source, location, context)
  const place = context.places.of(source.node)
  const parameters = fields.map((field) => fromField(resolved(field, context), location, { ...context, place }))
  if (rest === undefined || location !== 'query') return parameters
  const serialization: Serialization = { kind: 'content', mediaType: 'application/x-www-form-urlencoded' }
  const type: Type = { kind: 'object', fields: [], rest }
  return [...parameters, { name: 'query', in: 'querystring', required: false, serialization, type, docs: {}, place }]
}

/** A named union of texts goes as a text, and not as an object. */
function resolved(field: Field, { table }: InputContext): Field {
  const target = field.type.kind === 'ref' ? table.get(field.type.id).type : field.type
  return target.kind === 'object' || field.type.kind !== 'ref' ? field : { ...field, type: target }
}

/** @throws InputError for a type that is no object. */
function objectOf(source: TypeSource, what: string, { types, table, places }: InputContext): ObjectType {
  const type = types.read(source)
  const target = type.kind === 'ref' ? table.get(type.id).type : type
  if (target.kind === 'object') return target
  return places.fail(source.node, {
    code: 'route-params',
    message: `the type of the ${what} is no object, so that its parameters have no names`,
    hint: 'state an object type with one property for each parameter, and no union',
  })
}
