/** Routers of which no mount is found, told from apps, which have none. */
import { ts } from '../compiler.js'
import type { DialectTools, Unmounted } from '../dialect.js'
import { type Holder, routerOf } from './router.js'
import { isFunction, lastName, nodesIn, returnedBy } from './syntax.js'

/**
 * What is known of a router by how it is made. `router`: the framework has another name for apps. `app`: routers and apps
 * are made alike, so that one is taken for a router where it mounts nothing and others do.
 */
export type RoutersAre = 'router' | 'app'

interface Look {
  readonly tools: DialectTools
  readonly routersAre: RoutersAre
  /** What each mount of the project is called on; empty where nothing is mounted. */
  readonly hosts: ReadonlySet<ts.Node | undefined>
}

/** The router, where its routes must be reached by a mount that nothing shows; `undefined` for an app. */
export function unmountedRouter(router: Holder, { tools, routersAre, hosts }: Look): Unmounted | undefined {
  const isRouter =
    routersAre === 'router'
      ? isMadeAsRouter(router, tools)
      : hosts.size > 0 && !hosts.has(router) && !ts.isParameter(router)
  if (!isRouter || isServed(router, tools)) return undefined
  return { node: router, because: 'its router is mounted nowhere in the files of the project' }
}

function isMadeAsRouter(router: Holder, tools: DialectTools): boolean {
  if (ts.isParameter(router)) return isGivenRouter(router)
  if (isFunction(router)) return returnedBy(router).some((made) => isRouterCall(made, tools))
  const made = ts.isExportAssignment(router) ? router.expression : router.initializer
  return made !== undefined && isRouterCall(made, tools)
}

/** `Router()`, `new Router()`, `express.Router().use(…)`. */
function isRouterCall(made: ts.Expression, tools: DialectTools): boolean {
  const node = tools.unwrap(made)
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false
  if (/router$/i.test(lastName(node.expression) ?? '')) return true
  return ts.isPropertyAccessExpression(node.expression) && isRouterCall(node.expression.expression, tools)
}

/** The parameter of a plugin of Fastify, or of a function that adds to a router: by the types that are written. */
function isGivenRouter({ type, name, parent }: ts.ParameterDeclaration): boolean {
  if (type !== undefined) return /\b(?:FastifyInstance|Router)\b/.test(type.getText())
  const holder = parent.parent
  const stated = ts.isVariableDeclaration(holder) ? (holder.type?.getText() ?? '') : ''
  return /\bFastifyPlugin/.test(stated) || (name.getText() === 'fastify' && parent.parameters[0]?.name === name)
}

const SERVING = /^(?:fetch|fire|listen|handle|callback)$/
const SERVER = /serve|listen|handle|lambda|adapter/i

/** True where its file hands it to a server: `createServer(router)`, `app.listen(3000)`, `{ fetch: app.fetch }`. */
function isServed(router: Holder, tools: DialectTools): boolean {
  const source = router.getSourceFile()
  const isListening = nodesIn(source, ts.isCallExpression).some(
    (call) =>
      ts.isPropertyAccessExpression(call.expression) &&
      SERVING.test(call.expression.name.text) &&
      routerOf(call, tools) === router,
  )
  return isListening || nodesIn(source, ts.isIdentifier).some((name) => isHandedToServer(name, { router, tools }))
}

function isHandedToServer(
  name: ts.Identifier,
  { router, tools }: { readonly router: Holder; readonly tools: DialectTools },
): boolean {
  const { parent } = name
  const isFetch = ts.isPropertyAccessExpression(parent) && parent.expression === name && SERVING.test(parent.name.text)
  const isGiven =
    ts.isCallExpression(parent) && parent.expression !== name && SERVER.test(lastName(parent.expression) ?? '')
  return (isFetch || isGiven) && tools.declarationOf(name) === router
}
