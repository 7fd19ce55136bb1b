/**
 * Routers of chained calls (`app.get(…)`), and under which prefixes they are mounted (`app.route('/jobs', jobs)`,
 * `app.use('/jobs', createJobs())`). By declarations, so that a router may be in another file than its mount.
 */
import { ts } from '../compiler.js'
import type { DialectTools, RouteFinding, Unmounted, Unreadable } from '../dialect.js'
import { unrolled } from './loop.js'
import { type Holder, holderOf, isName, makerOf, rootOf, routerOf } from './router.js'
import { type FunctionNode, functionOf, nodesIn, perProject } from './syntax.js'
import { type RoutersAre, unmountedRouter } from './unmounted.js'

/** How one framework spells it. */
export interface Spelling {
  /** The method that mounts another router: `route`, `use`. */
  readonly mount: string
  /** The method that gives a prefix to all that follow in the chain: `basePath`. */
  readonly base?: string
  /** The method whose function gets a router with a prefix: `group`. */
  readonly group?: string
  /** The method whose function gets a router without one: `guard`. */
  readonly guard?: string
  /** The field of the constructor's options that is a prefix: `prefix`. */
  readonly option?: string
  /** The method that gives a router to a function, with the prefix among the options behind it. */
  readonly plugin?: { readonly method: string; readonly option: string }
  /** Its text is in every file with a mount. */
  readonly mentions: RegExp
  readonly routersAre: RoutersAre
}

type Prefix = string | Unreadable

/** What stands before the path of a route. */
export interface Outer {
  readonly prefix: Prefix
  /** Where a mount is missing, so that the prefix is not the whole one. */
  readonly unmounted?: Unmounted
}

/** Every prefix under which the routes of a chain can be reached: one for each mount, `''` where there is none. */
export type PrefixesOf = (call: ts.CallExpression, tools: DialectTools) => readonly Outer[]

/** The path of a route under a prefix. */
export function pathUnder(outer: Outer, path: Prefix): Pick<RouteFinding, 'path' | 'unmounted'> {
  const { prefix, unmounted } = outer
  return { path: concat(prefix, path), ...(unmounted === undefined ? {} : { unmounted }) }
}

function before(outers: readonly Outer[], inner: Prefix): Outer[] {
  return outers.map((outer) => ({ ...outer, prefix: concat(outer.prefix, inner) }))
}

interface Mount {
  readonly call: ts.CallExpression
  readonly path: ts.Expression | undefined
}

interface Finder {
  readonly spelling: Spelling
  readonly mounts: (tools: DialectTools) => ReadonlyMap<ts.Node, readonly Mount[]>
  /** What mounts are called on. */
  readonly hosts: (tools: DialectTools) => ReadonlySet<ts.Node | undefined>
  /** What was found of routers without a mount: each has many routes. */
  readonly outermost: (tools: DialectTools) => Map<Holder, Outer>
}

/** The finder of prefixes for one framework. */
export function mountsOf(spelling: Spelling): PrefixesOf {
  const mounts = perProject((tools: DialectTools) => indexMounts(spelling, tools))
  const hosts = perProject((tools: DialectTools) => {
    const calls = [...mounts(tools).values()].flat()
    return new Set(calls.map(({ call }): ts.Node | undefined => routerOf(call, tools)))
  })
  const finder: Finder = { spelling, mounts, hosts, outermost: perProject(() => new Map()) }
  return (call, tools) => prefixesOf(call, { ...finder, tools, seen: [] })
}

interface Walk extends Finder {
  readonly tools: DialectTools
  readonly seen: readonly ts.Node[]
}

function prefixesOf(call: ts.CallExpression, walk: Walk): readonly Outer[] {
  const router = routerOf(call, walk.tools)
  const inner = concat(baseOfRouter({ root: rootOf(call), router }, walk), baseOf(call, walk))
  return before(outerPrefixes(router, walk), inner)
}

const NOTHING: Outer = { prefix: '' }

/** The prefixes of what a router is mounted on, with those of the mounts. */
function outerPrefixes(router: Holder | undefined, walk: Walk): readonly Outer[] {
  const { tools, seen, spelling } = walk
  // A router that is mounted in itself has no end.
  if (router === undefined || seen.includes(router)) return [NOTHING]
  const next: Walk = { ...walk, seen: [...seen, router] }
  const group = groupOf(router, spelling)
  const maker = makerOf(router)
  const known = walk.mounts(tools)
  const mounts = group === undefined ? (known.get(router) ?? (maker && known.get(maker)) ?? []) : [group]
  if (mounts.length === 0) return handedOver(router, { maker, walk: next }) ?? [withoutMount(router, walk)]
  return mounts.flatMap(({ call, path }) => {
    const own = path === undefined ? '' : tools.text(path, 'prefix')
    return before(prefixesOf(call, next), own)
  })
}

function withoutMount(router: Holder, { tools, spelling, hosts, outermost }: Walk): Outer {
  const known = outermost(tools).get(router)
  if (known !== undefined) return known
  const unmounted = unmountedRouter(router, { tools, hosts: hosts(tools), routersAre: spelling.routersAre })
  const outer: Outer = unmounted === undefined ? NOTHING : { ...NOTHING, unmounted }
  outermost(tools).set(router, outer)
  return outer
}

/** The prefixes of the routers that are given to a function: `addRoutes(app)`; `undefined` where it is called nowhere. */
function handedOver(
  router: Holder,
  { maker, walk }: { readonly maker: FunctionNode | undefined; readonly walk: Walk },
): readonly Outer[] | undefined {
  if (maker === undefined || !ts.isParameter(router)) return undefined
  const index = maker.parameters.indexOf(router)
  const found = (callers(walk.tools).get(maker) ?? []).flatMap((call) => {
    const given = call.arguments[index]
    const root = given && walk.tools.unwrap(given)
    if (root === undefined || !isName(root)) return []
    const holder = holderOf(root, walk.tools)
    return before(outerPrefixes(holder, walk), baseOfRouter({ root, router: holder }, walk))
  })
  return found.length === 0 ? undefined : found
}

/** The calls of each function of the project, by name, that are given something with a name. */
const callers = perProject((tools: DialectTools): ReadonlyMap<FunctionNode, readonly ts.CallExpression[]> => {
  const found = new Map<FunctionNode, ts.CallExpression[]>()
  for (const call of tools.context.flatMap((source) => nodesIn(source, ts.isCallExpression))) {
    if (!isName(call.expression) || !call.arguments.some(isName)) continue
    const fn = functionOf(call.expression, tools)
    if (fn !== undefined) found.set(fn, [...(found.get(fn) ?? []), call])
  }
  return found
})

/** Two paths in one, with one slash between them. */
function concat(first: Prefix, second: Prefix): Prefix {
  if (typeof first !== 'string') return first
  if (typeof second !== 'string') return second
  const [head, tail] = [first.replace(/\/+$/, ''), second.replace(/^\/+/, '')]
  return tail === '' ? head : `${head}/${tail}`
}

function indexMounts(spelling: Spelling, tools: DialectTools): ReadonlyMap<ts.Node, readonly Mount[]> {
  const found = new Map<ts.Node, Mount[]>()
  for (const source of tools.context) {
    if (!spelling.mentions.test(source.text)) continue
    for (const call of nodesIn(source, ts.isCallExpression)) {
      for (const { router, path } of mountedBy(call, { spelling, tools })) {
        const target = holderOf(router, tools)
        if (target !== undefined) found.set(target, [...(found.get(target) ?? []), { call, path }])
      }
    }
  }
  return found
}

interface Mounted {
  readonly router: ts.Expression
  readonly path: ts.Expression | undefined
}

/** Every argument that may be a router, with the path that it is mounted at. */
function mountedBy(call: ts.CallExpression, { spelling, tools }: Chain): Mounted[] {
  if (!ts.isPropertyAccessExpression(call.expression)) return []
  const { text: method } = call.expression.name
  const { mount, plugin } = spelling
  if (method === plugin?.method) {
    const [router, options] = call.arguments
    return router === undefined ? [] : [{ router, path: options && tools.property(options, plugin.option) }]
  }
  if (method !== mount) return []
  return unrolled(call, tools).flatMap(([first, ...others]): Mounted[] => {
    if (first === undefined) return []
    const given = others.length === 0 ? [first] : others
    const path = others.length === 0 ? undefined : first
    return given.flatMap((argument) => routersIn(argument, tools).map((router) => ({ router, path })))
  })
}

/** The routers of a list, and the one behind `router.routes()` of Koa. */
function routersIn(argument: ts.Expression, tools: DialectTools): readonly ts.Expression[] {
  const node = tools.unwrap(argument)
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((element) => routersIn(element, tools))
  const isRoutes =
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.arguments.length === 0
  if (!isRoutes || !ts.isPropertyAccessExpression(node.expression)) return [argument]
  return /^(?:routes|middleware)$/.test(node.expression.name.text) ? [node.expression.expression] : [argument]
}

/** The call of `.group('/prefix', (router) => …)` or `.guard(…, (router) => …)` whose function has this parameter. */
function groupOf(router: ts.Node, { group, guard }: Spelling): Mount | undefined {
  if (!ts.isParameter(router)) return undefined
  const { parent: call } = router.parent
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined
  const { text: method } = call.expression.name
  if (method === group) return { call, path: call.arguments[0] }
  return method === guard ? { call, path: undefined } : undefined
}

interface Chain {
  readonly spelling: Spelling
  readonly tools: DialectTools
}

/** The prefixes that stand in a chain before a call, that of the constructor at its begin first. */
function baseOf(call: ts.CallExpression, { spelling, tools }: Chain): Prefix {
  const before = ts.isPropertyAccessExpression(call.expression) ? tools.unwrap(call.expression.expression) : undefined
  return before === undefined ? '' : prefixOf(before, { spelling, tools })
}

/** The prefix of what is chained on this expression. */
function prefixOf(node: ts.Expression, { spelling, tools }: Chain): Prefix {
  if (ts.isNewExpression(node)) {
    const [options] = spelling.option === undefined ? [] : (node.arguments ?? [])
    const prefix = options && tools.property(options, spelling.option ?? '')
    return prefix === undefined ? '' : tools.text(prefix, 'prefix')
  }
  if (!ts.isCallExpression(node)) return ''
  const base = baseOf(node, { spelling, tools })
  const isBase = ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === spelling.base
  const [path] = node.arguments
  return isBase && path !== undefined ? concat(base, tools.text(path, 'prefix')) : base
}

interface Rooted {
  readonly root: ts.Expression
  readonly router: Holder | undefined
}

/** The prefixes in the declaration of a router, for a call that is chained on its name. */
function baseOfRouter({ root, router }: Rooted, chain: Chain): Prefix {
  if (router === undefined || !isName(root)) return ''
  const hasValue = ts.isVariableDeclaration(router) || ts.isPropertyDeclaration(router)
  const made = hasValue && router.initializer ? chain.tools.unwrap(router.initializer) : undefined
  if (made === undefined) return ''
  const base = prefixOf(made, chain)
  // `const jobs = app.basePath('/jobs')` goes on where `app` is.
  const outer = rootOf(made)
  if (!ts.isCallExpression(made) || !ts.isIdentifier(outer)) return base
  const above = holderOf(outer, chain.tools)
  return above === router ? base : concat(baseOfRouter({ root: outer, router: above }, chain), base)
}
