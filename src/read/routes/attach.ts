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
): Route[] {
  const routes = [...found]
  const comments = new Set(file.annotations.map(({ start }) => start))
  for (const annotation of file.annotations) {
    const host = hostOf(file.source, { ...annotation, comments })
    if (host === undefined) continue
    if ('message' in annotation) failAt({ file, offset: annotation.offset, words: annotation }, context)
    const node = host === 'alone' ? undefined : host.node
    const index = node === undefined ? -1 : findRoute({ node, annotation, routes, file }, context)
    const known = routes[index]
    if (known === undefined) routes.push(merge({ annotation, node, known, file }, context))
    else {
      const mounted = routes.filter((route) => isSameRoute(route, known))
      const merged = mounted.map((route) => merge({ annotation, node, known: route, file }, context))
      // A path that the author states is the whole path, wherever the router is mounted besides.
      routes.splice(index, mounted.length, ...merged.slice(0, annotation.path === undefined ? undefined : 1))
    }
  }
  return routes
}

/** True for one route at several paths: of a router that is mounted twice. They follow one another. */
function isSameRoute(left: Route, right: Route): boolean {
  const isSamePlace = left.finding.nodes[0] === right.finding.nodes[0]
  return isSamePlace && left.by === right.by && left.finding.method === right.finding.method
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

/** The route of which the node is one, else the only one inside of it, else the nearest around it; -1 for none. */
function findRoute({ node, annotation, routes, file }: Search, context: Attaching): number {
  const { method } = annotation
  const fitting = [...routes.entries()].filter(
    // A route that has its annotation takes no second one.
    ([, { finding, by }]) =>
      by !== ANNOTATION &&
      (method === undefined || finding.method === undefined || finding.method.toUpperCase() === method),
  )
  const same = fitting.find(([, { finding }]) => finding.nodes.includes(node))
  if (same !== undefined) return same[0]
  const inside = fitting.filter(([, { finding }]) => finding.nodes.some((one) => encloses(node, one)))
  const [first, ...others] = inside
  if (first !== undefined && others.some(([, route]) => !isSameRoute(route, first[1]))) {
    const hint = 'put it directly before the one that it is about, or state the METHOD'
    failAt(
      { file, offset: annotation.offset, words: { message: 'there are several routes behind this', hint } },
      context,
    )
  }
  if (first !== undefined) return first[0]
  const around = fitting.flatMap(([index, { finding }]) =>
    finding.nodes.filter((one) => encloses(one, node)).map((one) => ({ index, width: one.end - one.pos })),
  )
  return around.sort((left, right) => left.width - right.width)[0]?.index ?? -1
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
  const typeOf = (written: TypeText): TypeSource => aliasType({ written, file }, context)
  const nodes: RouteFinding['nodes'] = known?.finding.nodes ?? [node ?? file.source]
  const events = eventsOf({ annotation, known, nodes: node === undefined ? [] : [node, ...nodes] }, { typeOf, context })
  const types = (['params', 'query', 'headers', 'body'] as const satisfies readonly TypeRole[]).flatMap((role) => {
    const written = annotation.types[role]
    return written === undefined ? [] : [[role, typeOf(written)] as const]
  })
  const { method, path, kind, auth, contentType, done, name, docs, deprecated } = annotation
  const finding: RouteFinding = {
    ...known?.finding,
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
