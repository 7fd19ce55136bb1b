/** A route to the operation that it is. */
import { InputError } from '../../diagnostics.js'
import type { Body, ErrorReply, Operation, Override, Reply, SecurityScheme } from '../../ir.js'
import { pascalCase } from '../../names.js'
import { answerOf } from './answer.js'
import { ANNOTATION, type Route } from './attach.js'
import type { RouteFinding, Unreadable } from './dialect.js'
import { bodyOf, type InputContext, parametersOf } from './inputs.js'
import { type RoutePath, readPath } from './path.js'
import { MAX_OPTIONAL, pathVariants } from './path-variants.js'
import { type Places, unreadableError } from './places.js'

export interface OperationContext extends Omit<InputContext, 'place'> {
  /** Collects the schemes, and returns the name that a scheme has in this run. */
  readonly scheme: (scheme: SecurityScheme) => string
  /** What stands before a path that is read from code. */
  readonly prefix: string
}

/** What is left once the path is known. */
export interface LocatedRoute extends Route {
  readonly method: string
  readonly path: RoutePath
  /** The parameters of the route that this path of it leaves out. */
  readonly omitted: readonly string[]
}

/**
 * One for each path that the route is reached at: with and without what is optional in it.
 * @throws InputError where the path is missing or no constant.
 */
export function locateRoute(route: Route, { places, prefix }: OperationContext): LocatedRoute[] {
  const { method = 'GET', path } = route.finding
  if (typeof path === 'string') {
    const whole = route.isPathStated ? path : under(prefix, path)
    return variantsOf(route, { method: method.toUpperCase(), path: whole, places })
  }
  if (path !== undefined) throw unreadableError(path, places)
  return places.failAt(placeOf(route, { places }), {
    code: 'route-path-missing',
    message: 'nothing says at which path this route is',
    hint: route.by === ANNOTATION ? 'write it behind the kind: @stream sse GET /path' : "state it: path: '/path'",
  })
}

function under(prefix: string, path: string): string {
  const [head, tail] = [prefix.replace(/\/+$/, ''), path.replace(/^\/+/, '')]
  return head !== '' && tail === '' ? head : `${head}/${tail}`
}

interface Located {
  readonly method: string
  readonly path: string
  readonly places: Places
}

function variantsOf(route: Route, { method, path, places }: Located): LocatedRoute[] {
  const variants = pathVariants(path)
  if (variants === undefined) {
    return places.failAt(placeOf(route, { places }), {
      code: 'route-path-optional',
      message: `the path ${path} has more than ${MAX_OPTIONAL} parts that may be left out`,
      hint: 'state the paths that are in use, each by @stream with its path',
    })
  }
  const paths = variants.map(readPath)
  const all = paths[0]?.parameters ?? []
  const found = new Map<string, LocatedRoute>()
  for (const one of paths) {
    const omitted = all.filter(({ name }) => !one.parameters.some((kept) => kept.name === name)).map(({ name }) => name)
    const located: LocatedRoute = { ...route, method, path: one, omitted }
    // Of `/:year?/:month?` only the year can stand alone.
    if (!found.has(routeKey(located))) found.set(routeKey(located), located)
  }
  return [...found.values()]
}

/** Where a route is stated. */
function placeOf(
  { finding }: Pick<Route, 'finding'>,
  { places }: Pick<OperationContext, 'places'>,
): Operation['place'] {
  const { at, nodes } = finding
  return at === undefined ? places.of(nodes[0]) : places.at(at.source, at.offset)
}

/**
 * Builds the operation; its override holds the whole answer.
 * @returns `undefined` for a route of which nobody says that it streams.
 * @throws InputError for a type of which nothing is known.
 */
export function operationOf(route: LocatedRoute, context: OperationContext): Operation | undefined {
  const { finding, by, method, path, omitted } = route
  const { kind } = finding
  if (kind === undefined) return undefined
  if (typeof kind !== 'string') throw kindError(kind, context)
  const place = placeOf(route, context)
  const title = `${method} ${path.path}`
  const inputs: InputContext = { ...context, place }
  const stated = answerOf({ finding, kind, by }, { ...context, place, title })
  const body = sentBody(route, inputs)
  return {
    method,
    path: path.path,
    segments: path.segments,
    tags: finding.group === undefined ? [] : [finding.group],
    docs: finding.docs ?? {},
    parameters: parametersOf({ finding, path, omitted }, inputs),
    ...(body === undefined ? {} : { body }),
    replies: repliesOf(finding, inputs),
    security: securityOf(finding, context),
    extensions: {},
    override: overrideOf(route, { stated, place }),
    place,
  }
}

/** The body; none for a method by which no client sends one: `fetch` refuses to. */
function sentBody({ finding, method, path, isExplicit }: LocatedRoute, context: InputContext): Body | undefined {
  const body = bodyOf(finding, context)
  if (finding.body === undefined || finding.kind === 'websocket' || !/^(?:GET|HEAD)$/.test(method)) return body
  const message = `a request by ${method} carries no body, and ${method} ${path.path} states one`
  if (isExplicit && finding.method === undefined) {
    const hint = 'state the method behind the kind: @stream KIND POST /path'
    context.places.fail(finding.body.node, { code: 'route-body', message, hint })
  }
  const hint = 'take it out of the query, or answer POST; the client leaves it out'
  context.places.warn(finding.body.node, { code: 'route-body', message, hint })
  return undefined
}

function kindError(found: Unreadable, { places }: OperationContext): InputError {
  const hint = 'state the kind by an annotation above the route: @stream sse'
  return unreadableError({ hint, ...found }, places)
}

function overrideOf(
  { finding: { name, hidden }, omitted }: LocatedRoute,
  { stated, place }: Required<Pick<Override, 'stated' | 'place'>>,
): Override {
  // The name is that of the whole path.
  const own = name !== undefined && omitted.length > 0 ? `${name}Without${pascalCase(omitted.join(' '), '')}` : name
  return { stated, place, ...(own === undefined ? {} : { name: own }), ...(hidden === true ? { skip: true } : {}) }
}

/** Only errors: the answer itself is stated. */
function repliesOf({ errors = [], errorTypes = [] }: RouteFinding, { types, place }: InputContext): Reply[] {
  const stated = errorTypes.map(({ status, type }): ErrorReply => ({ status, type: types.read(type) }))
  return [...errors, ...stated].map(({ status, type }) => ({
    status,
    contents: [{ mediaType: 'application/json', type, inherited: false, bare: false, extensions: {}, place }],
    docs: {},
    extensions: {},
    place,
  }))
}

function securityOf({ auth = [] }: RouteFinding, { scheme }: OperationContext): string[][] {
  return auth.map((one) => [one].flat().map((each) => scheme(each)))
}

/** Two routes that are the same to the server: names of parameters do not count. */
export function routeKey({ method, path }: LocatedRoute): string {
  const text = path.segments.map((segment) => (segment.kind === 'text' ? segment.text : '{}')).join('')
  return `${method} ${text}`
}

/** @throws InputError that names both places. */
export function duplicateError(
  { first, second }: { readonly first: LocatedRoute; readonly second: LocatedRoute },
  { places }: OperationContext,
): InputError {
  const { file, line, column } = placeOf(first, { places })
  return new InputError({
    code: 'route-duplicate',
    message: `${second.method} ${second.path.path} is declared twice: here, and at ${file}:${line}:${column}`,
    place: placeOf(second, { places }),
    hint: 'remove one of them, or correct its path',
  })
}
