/** Annotations to the routes that they stand at, and both to one finding. */

import type { Annotation, AnnotationFault, TypeRole } from './annotation.js'
import type { TypeText } from './comment.js'
import { ts } from './compiler.js'
import type { DialectTools, FoundEvent, FoundSocket, RouteFile, RouteFinding, TypeSource } from './dialect.js'
import { yieldedBy } from './generator.js'
import { hostOf } from './host-node.js'
import type { Places } from './places.js'
import type { Alias } from './source-text.js'

/** A finding and who says so. */
export interface Route {
  readonly finding: RouteFinding
  /** `Hono`, `@stream`: stands in `because`. */
  readonly by: string
  /** The author states the whole path: nothing of the code stands before it. */
  readonly isPathStated: boolean
  /** The author states it, by an annotation or by `StreamRoute`: it completes what a framework says, and wins. */
  readonly isExplicit: boolean
}

/** Who says so, of a route with an annotation. */
export const ANNOTATION = '@stream'

export interface AnnotatedFile extends RouteFile {
  readonly annotations: readonly (Annotation | AnnotationFault)[]
  readonly aliases: readonly Alias[]
}

export interface Attaching {
  readonly tools: DialectTools
  readonly places: Places
}

/** The routes of one file: what the dialects found, completed by the annotations, and those that stand alone. */
export function attach(
  { file, found }: { readonly file: AnnotatedFile; readonly found: readonly Route[] },
  context: Attaching,
): readonly Route[] {
  let routes: readonly Route[] = found
  const comments = new Set(file.annotations.map(({ start }) => start))
  for (const annotation of file.annotations) {
    const host = hostOf(file.source, { ...annotation, comments })
    if (host === undefined) continue
    if ('message' in annotation) failAt({ file, offset: annotation.offset, words: annotation }, context)
    const node = host === 'alone' ? undefined : host.node
    const known = node === undefined ? [] : findRoutes({ node, annotation, routes, file }, context)
    // A path that the author states is the whole path, wherever the router is mounted besides.
    const kept = annotation.path === undefined ? known : known.slice(0, 1)
    const merged = new Map(kept.map((route) => [route, merge({ annotation, node, known: route, file }, context)]))
    if (known.length === 0) routes = [...routes, merge({ annotation, node, known: undefined, file }, context)]
    else routes = routes.flatMap((route) => (known.includes(route) ? (merged.get(route) ?? []) : route))
  }
  return routes
}

/** True for one registration: at several paths, as those of a router that is mounted twice, or by several methods. */
function isSameRoute(left: Route, right: Route): boolean {
  return left.finding.nodes[0] === right.finding.nodes[0] && left.by === right.by
}

interface Failure {
  readonly file: AnnotatedFile
  readonly offset: number
  readonly words: { readonly message: string; readonly hint: string }
}

function failAt({ file, offset, words: { message, hint } }: Failure, { places }: Attaching): never {
  return places.failAt(places.at(file.source, offset), { code: 'annotation', message, hint })
}

interface Search {
  readonly node: ts.Node
  readonly annotation: Annotation
  readonly routes: readonly Route[]
  readonly file: AnnotatedFile
}

/**
 * The routes that an annotation is about, in the order of the file: those of which the node is one, else the only one
 * inside of it, else the nearest around it. A handler may answer several of them.
 */
function findRoutes({ node, annotation, routes, file }: Search, context: Attaching): readonly Route[] {
  const { method, path } = annotation
  const fitting = routes.filter(
    // A route that has its annotation takes no second one.
    ({ finding, by }) =>
      by !== ANNOTATION &&
      (method === undefined || finding.method === undefined || finding.method.toUpperCase() === method),
  )
  const [same, ...further] = fitting.filter(({ finding }) => finding.nodes.includes(node))
  // A path is that of one route alone; and what two frameworks read at one place is one route.
  if (same !== undefined)
    return path === undefined
      ? [same, ...further.filter(({ by }) => by === same.by)]
      : fitting.filter((route) => isSameRoute(route, same))
  const inside = fitting.filter(({ finding }) => finding.nodes.some((one) => encloses(node, one)))
  const [first, ...others] = inside
  if (first !== undefined && others.some((route) => !isSameRoute(route, first))) {
    const hint = 'put it directly before the one that it is about, or state the METHOD'
    failAt(
      { file, offset: annotation.offset, words: { message: 'there are several routes behind this', hint } },
      context,
    )
  }
  return first === undefined ? routesAround(node, fitting) : inside
}

/** Every mount of the nearest route that a node is a part of. */
function routesAround(node: ts.Node, routes: readonly Route[]): readonly Route[] {
  const around = routes.flatMap((route) =>
    route.finding.nodes.filter((one) => encloses(one, node)).map((one) => ({ route, width: one.end - one.pos })),
  )
  const nearest = around.sort((left, right) => left.width - right.width)[0]
  return nearest === undefined ? [] : routes.filter((route) => isSameRoute(route, nearest.route))
}

function encloses(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end && outer.getSourceFile() === inner.getSourceFile()
}

interface Merge {
  readonly annotation: Annotation
  readonly node: ts.Node | undefined
  readonly known: Route | undefined
  readonly file: AnnotatedFile
}

function merge({ annotation, node, known, file }: Merge, context: Attaching): Route {
  refuseTypeNames({ annotation, file }, context)
  const typeOf = (written: TypeText): TypeSource => aliasType({ written, file }, context)
  const nodes: RouteFinding['nodes'] = known?.finding.nodes ?? [node ?? file.source]
  const events = eventsOf({ annotation, known, nodes: node === undefined ? [] : [node, ...nodes] }, { typeOf, context })
  const types = (['params', 'query', 'headers', 'body'] as const satisfies readonly TypeRole[]).flatMap((role) => {
    const written = annotation.types[role]
    return written === undefined ? [] : [[role, typeOf(written)] as const]
  })
  const { method, path, kind, auth, contentType, done, name, docs, deprecated } = annotation
  const finding: RouteFinding = {
    ...(known && withoutStated(known.finding, annotation)),
    nodes,
    at: { source: file.source, offset: annotation.offset },
    kind,
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
    ...(events === undefined ? {} : kind === 'websocket' ? {} : { events }),
    ...(kind === 'websocket' ? socketOf({ annotation, events, typeOf, known: known?.finding.socket }) : {}),
    ...Object.fromEntries(types),
    ...(annotation.types.body === undefined ? {} : { bodyIs: 'json' as const }),
    ...(auth === undefined ? {} : { auth }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(done === undefined ? {} : { done }),
    ...(name === undefined ? {} : { name }),
    ...(docs === undefined && !deprecated
      ? {}
      : { docs: { ...(docs && { text: docs }), ...(deprecated && { deprecated }) } }),
  }
  return {
    finding,
    by: ANNOTATION,
    isExplicit: true,
    isPathStated: path !== undefined || known === undefined || known.isPathStated,
  }
}

/** What a framework says, without what the author says of the same thing. */
function withoutStated(
  { contentType, parameters = [], ...finding }: RouteFinding,
  { kind, types }: Annotation,
): RouteFinding {
  const stated = { path: types.params, query: types.query, header: types.headers, cookie: undefined }
  const kept = parameters.filter((parameter) => stated[parameter.in] === undefined)
  const isSameKind = typeof finding.kind !== 'string' || finding.kind === kind
  return {
    ...finding,
    ...(kept.length === 0 ? {} : { parameters: kept }),
    ...(contentType === undefined || !isSameKind ? {} : { contentType }),
  }
}

/** `@event Progress` is an event without data, and not what somebody means who has a type of that name. */
function refuseTypeNames({ annotation, file }: Pick<Merge, 'annotation' | 'file'>, context: Attaching): void {
  for (const { name, type } of annotation.events ?? []) {
    if (name === null || type !== undefined || !hasType(file.source, name)) continue
    const message = `@event ${name} states an event without data, and ${name} is a type of this file`
    const hint = `write @event {${name}} for its type, or @event ${name} {void} for an event of that name without data`
    failAt({ file, offset: annotation.offset, words: { message, hint } }, context)
  }
}

function hasType({ statements }: ts.SourceFile, name: string): boolean {
  return statements.some((statement) => {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings
      return (
        bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.some((one) => one.name.text === name)
      )
    }
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
    return (
      (isType || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)) && statement.name?.text === name
    )
  })
}

interface Events {
  readonly annotation: Annotation
  readonly known: Route | undefined
  readonly nodes: readonly ts.Node[]
}

/** Those of the tags; else those of the framework; else what a generator at the route yields. */
function eventsOf(
  { annotation, known, nodes }: Events,
  { typeOf, context }: { typeOf: (written: TypeText) => TypeSource; context: Attaching },
): readonly FoundEvent[] | undefined {
  if (annotation.events !== undefined) {
    return annotation.events.map(({ name, type }) => ({ name, ...(type && { payload: typeOf(type) }) }))
  }
  if (known?.finding.events !== undefined && 'length' in known.finding.events) return undefined
  return yieldedBy(nodes, context.tools)
}

/** What the tags say, completed by what the framework says. */
function socketOf({
  annotation,
  events,
  typeOf,
  known,
}: {
  readonly annotation: Annotation
  readonly events: readonly FoundEvent[] | undefined
  readonly typeOf: (written: TypeText) => TypeSource
  readonly known: RouteFinding['socket']
}): Pick<RouteFinding, 'socket'> {
  const receive = events?.[0]?.payload
  const [send, reply] = [annotation.types.send, annotation.types.reply].map((written) => written && typeOf(written))
  if (receive === undefined && send === undefined && reply === undefined) return {}
  const stated: FoundSocket = { ...(send && { send }), ...(receive && { receive }), ...(reply && { reply }) }
  if (known === undefined || !('kind' in known)) return { socket: { ...known, ...stated } }
  return { socket: { ...(known.protocol && { protocol: known.protocol }), ...stated } }
}

/** The alias that was put at the end of the file for a type of a comment. */
function aliasType({ written, file }: { written: TypeText; file: AnnotatedFile }, { tools }: Attaching): TypeSource {
  const alias = file.aliases.find(({ offset }) => offset === written.offset)
  for (const statement of file.source.statements) {
    if (!ts.isTypeAliasDeclaration(statement) || statement.name.text !== alias?.name) continue
    const [member] = ts.isTypeLiteralNode(statement.type) ? statement.type.members : []
    if (member !== undefined && ts.isPropertySignature(member) && member.type) return tools.typeOf(member.type)
  }
  throw new Error(`no alias for ${written.text}`)
}
