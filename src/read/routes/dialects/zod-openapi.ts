/** @hono/zod-openapi: routes made by `createRoute`, where an app takes them by `openapi`. All types are those of schemas. */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, FoundEvent, RouteFinding, TypeSource, Unreadable } from '../dialect.js'
import { kindOfMediaType } from './answer.js'
import { honoPrefixes } from './hono.js'
import { pathUnder } from './mounts.js'
import { inputOfSchema, typeOfSchema } from './schema-type.js'
import { callsOf, docsOfCall } from './syntax.js'
import { errorTypesOf } from './zod-openapi-errors.js'

export const zodOpenapi: Dialect = {
  name: '@hono/zod-openapi',
  mentions: /\.\s*openapi\s*\(/,
  context: /\.\s*(?:route|basePath)\s*\(/,
  read: ({ source }, tools) => callsOf(source, ['openapi']).flatMap((call) => readCall(call, tools)),
}

function readCall(call: ts.CallExpression, tools: DialectTools): RouteFinding[] {
  const [definition, handler] = call.arguments
  if (definition === undefined) return []
  const route = definitionOf(definition, tools)
  const path = route && tools.property(route, 'path')
  if (route === undefined || path === undefined) return []
  const finding = readRoute(route, { call, handler, tools })
  const own = tools.text(path, 'path')
  return honoPrefixes(call, tools).map((outer) => ({ ...finding, ...pathUnder(outer, own) }))
}

/** The object in `createRoute({ … })`, where the route is made here or stands in a constant. */
function definitionOf(expression: ts.Expression, tools: DialectTools): ts.Expression | undefined {
  const node = tools.unwrap(expression)
  if (ts.isCallExpression(node)) return node.arguments[0]
  const declaration = tools.declarationOf(node)
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined
  return declaration.initializer && definitionOf(declaration.initializer, tools)
}

interface Context {
  readonly call: ts.CallExpression
  readonly handler: ts.Expression | undefined
  readonly tools: DialectTools
}

function readRoute(route: ts.Expression, { call, handler, tools }: Context): RouteFinding {
  const text = (name: string): string | undefined => {
    const node = tools.property(route, name)
    const constant = node && tools.constant(node)
    return constant?.kind === 'constant' && typeof constant.value === 'string' ? constant.value : undefined
  }
  const words = [text('summary'), text('description')].filter((one) => one !== undefined).join('\n\n')
  const docs = words === '' ? docsOfCall(call, tools) : { text: words }
  const responses = tools.property(route, 'responses')
  const errorTypes = responses === undefined ? [] : errorTypesOf(responses, tools)
  const [method, name, auth] = [text('method'), text('operationId'), authOf(route, tools)]
  return {
    nodes: [route, ...(handler === undefined ? [] : [handler]), call],
    ...(method === undefined ? {} : { method }),
    ...readResponses(route, tools),
    ...readRequest(route, tools),
    ...(errorTypes.length === 0 ? {} : { errorTypes }),
    ...(name === undefined ? {} : { name }),
    ...(auth === undefined ? {} : { auth }),
    ...(docs === undefined ? {} : { docs }),
  }
}

/** `security: [{ bearer: [] }]`, by the names of its alternatives; what a name stands for is registered elsewhere. */
function authOf(route: ts.Expression, tools: DialectTools): RouteFinding['auth'] {
  const security = tools.property(route, 'security')
  const list = security && tools.unwrap(security)
  if (list === undefined || !ts.isArrayLiteralExpression(list)) return undefined
  return list.elements.flatMap((element) => {
    const alternative = tools.unwrap(element)
    if (!ts.isObjectLiteralExpression(alternative)) return []
    return alternative.properties.flatMap(({ name }) =>
      name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))
        ? [{ name: name.text, credential: { kind: 'bearer' } as const }]
        : [],
    )
  })
}

type Inputs = Pick<RouteFinding, 'params' | 'query' | 'headers' | 'cookies' | 'body'>

function readRequest(route: ts.Expression, tools: DialectTools): Inputs {
  const request = tools.property(route, 'request')
  if (request === undefined) return {}
  const of = (...path: readonly string[]): TypeSource | undefined => {
    const node = path.reduce<ts.Expression | undefined>((found, name) => found && tools.property(found, name), request)
    return node && inputOfSchema(node, tools)
  }
  const found = {
    params: of('params'),
    query: of('query'),
    headers: of('headers'),
    cookies: of('cookies'),
    body: of('body', 'content', 'application/json', 'schema'),
  }
  return Object.fromEntries(Object.entries(found).filter(([, type]) => type !== undefined))
}

type Answer = Pick<RouteFinding, 'kind' | 'events' | 'contentType' | 'stringsAre'>

/** The first media type of a success that streams. */
function readResponses(route: ts.Expression, tools: DialectTools): Answer {
  const responses = tools.property(route, 'responses')
  for (const status of ['200', '201', '206', 'default']) {
    const response = responses && tools.property(responses, status)
    const content = response && tools.property(response, 'content')
    const literal = content && tools.unwrap(content)
    if (literal === undefined || !ts.isObjectLiteralExpression(literal)) continue
    for (const { name } of literal.properties) {
      const mediaType = name !== undefined && ts.isStringLiteral(name) ? name.text : undefined
      const schema = mediaType === undefined ? undefined : tools.property(literal, mediaType)
      const answer = mediaType && schema ? readContent({ mediaType, content: schema }, tools) : undefined
      if (answer !== undefined) return answer
    }
  }
  return {}
}

function readContent(
  { mediaType, content }: { readonly mediaType: string; readonly content: ts.Expression },
  tools: DialectTools,
): Answer | undefined {
  const kind = kindOfMediaType(mediaType)
  if (kind === undefined) {
    if (/^text\/(?!html\b)/i.test(mediaType)) return { kind: 'text', contentType: mediaType }
    return /^application\/(?:octet-stream|zip|pdf)\b|^(?:image|audio|video)\//i.test(mediaType)
      ? { kind: 'binary', contentType: mediaType }
      : undefined
  }
  const schema = tools.property(content, 'schema')
  const item = schema && typeOfSchema(schema, { side: 'output', tools })
  const contentType = kind === 'sse' ? {} : { contentType: mediaType }
  if (item === undefined) return { kind, events: noSchema(schema ?? content, tools), ...contentType }
  if (kind !== 'sse') return { kind, events: [{ name: null, payload: item }], stringsAre: 'json', ...contentType }
  const frames = framesOf(item, tools)
  return { kind, events: frames ?? [{ name: null, payload: item }], stringsAre: 'text' }
}

function noSchema(node: ts.Node, tools: DialectTools): Unreadable {
  return tools.unreadable(node, {
    message: 'the schema of this stream gives no type: zod or @hono/zod-openapi is not installed, or it is no schema',
    hint: 'install the packages of the project, or write @stream and @event {T} above the route',
  })
}

/**
 * A schema with `data` and one of the other fields of an event is the event and not its payload; authors write both.
 * One event for each member of the union, by the literal in its `event`.
 */
function framesOf({ type, node }: TypeSource, { checker }: DialectTools): FoundEvent[] | undefined {
  const members = type.isUnion() ? type.types : [type]
  const events = members.map((member): FoundEvent | undefined => {
    const [data, event, id, retry] = ['data', 'event', 'id', 'retry'].map((name) => {
      const property = checker.getPropertyOfType(member, name)
      return property && checker.getTypeOfSymbolAtLocation(property, node)
    })
    if (data === undefined || (event ?? id ?? retry) === undefined) return undefined
    return { name: event?.isStringLiteral() === true ? event.value : null, payload: { type: data, node } }
  })
  return events.every((event) => event !== undefined) ? events : undefined
}
