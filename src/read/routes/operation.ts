/** A route to the operation that it is. */
import { InputError } from '../../diagnostics.js'
import type { Operation, Override, Reply, SecurityScheme } from '../../ir.js'
import { answerOf } from './answer.js'
import type { Route } from './attach.js'
import type { RouteFinding, Unreadable } from './dialect.js'
import { bodyOf, type InputContext, parametersOf } from './inputs.js'
import { type RoutePath, readPath } from './path.js'
import { unreadableError } from './places.js'

export interface OperationContext extends Omit<InputContext, 'place'> {
  /** Collects the schemes, and returns the name that a scheme has in this run. */
  readonly scheme: (scheme: SecurityScheme) => string
}

/** What is left once the path is known. */
export interface LocatedRoute extends Route {
  readonly method: string
  readonly path: RoutePath
}

/** @throws InputError where the path is missing or no constant. */
export function locateRoute(route: Route, { places }: OperationContext): LocatedRoute {
  const { method = 'GET', path } = route.finding
  if (typeof path === 'string') return { ...route, method: method.toUpperCase(), path: readPath(path) }
  if (path !== undefined) throw unreadableError(path, places)
  return places.failAt(placeOf(route, { places }), {
    code: 'route-path-missing',
    message: 'nothing says at which path this route is',
    hint: 'write it behind the kind: @stream sse GET /path',
  })
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
  const { finding, by, method, path } = route
  const { kind } = finding
  if (kind === undefined) return undefined
  if (typeof kind !== 'string') throw kindError(kind, context)
  const place = placeOf(route, context)
  const title = `${method} ${path.path}`
  const inputs: InputContext = { ...context, place }
  const stated = answerOf({ finding, kind, by }, { ...context, place, title })
  const body = bodyOf(finding, inputs)
  return {
    method,
    path: path.path,
    segments: path.segments,
    tags: finding.group === undefined ? [] : [finding.group],
    docs: finding.docs ?? {},
    parameters: parametersOf({ finding, path }, inputs),
    ...(body === undefined ? {} : { body }),
    replies: repliesOf(finding, place),
    security: securityOf(finding, context),
    extensions: {},
    override: overrideOf(finding, { stated, place }),
    place,
  }
}

function kindError(found: Unreadable, { places }: OperationContext): InputError {
  const hint = 'state the kind by an annotation above the route: @stream sse'
  return unreadableError({ hint, ...found }, places)
}

function overrideOf(
  { name, hidden }: RouteFinding,
  { stated, place }: Required<Pick<Override, 'stated' | 'place'>>,
): Override {
  return { stated, place, ...(name === undefined ? {} : { name }), ...(hidden === true ? { skip: true } : {}) }
}

/** Only errors: the answer itself is stated. */
function repliesOf({ errors = [] }: RouteFinding, place: Operation['place']): Reply[] {
  return errors.map(({ status, type }) => ({
    status,
    contents: [{ mediaType: 'application/json', type, inherited: false, bare: false, extensions: {}, place }],
    docs: {},
    extensions: {},
    place,
  }))
}

function securityOf({ auth = [] }: RouteFinding, { scheme }: OperationContext): string[][] {
  return auth.map((one) => [scheme(one)])
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
