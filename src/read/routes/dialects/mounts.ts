/**
 * Routers of chained calls (`app.get(…)`), and under which prefixes they are mounted (`app.route('/jobs', jobs)`,
 * `app.use('/jobs', jobs)`). By declarations, so that a router may be in another file than its mount.
 */
import { ts } from '../compiler.js'
import type { DialectTools, Unreadable } from '../dialect.js'
import { nodesIn, perProject } from './syntax.js'

/** How one framework spells it. */
export interface Spelling {
  /** The method that mounts another router: `route`, `use`. */
  readonly mount: string
  /** The method that gives a prefix to all that follow in the chain: `basePath`. */
  readonly base?: string
  /** The method whose function gets a router with a prefix: `group`. */
  readonly group?: string
  /** The field of the constructor's options that is a prefix: `prefix`. */
  readonly option?: string
  /** Its text is in every file with a mount. */
  readonly mentions: RegExp
}

type Prefix = string | Unreadable

/** Every prefix under which the routes of a chain can be reached: one for each mount, `''` where there is none. */
export type PrefixesOf = (call: ts.CallExpression, tools: DialectTools) => readonly Prefix[]

interface Mount {
  readonly call: ts.CallExpression
  readonly path: ts.Expression | undefined
}

/** The finder of prefixes for one framework. */
export function mountsOf(spelling: Spelling): PrefixesOf {
  const index = perProject((tools) => indexMounts(spelling, tools))
  const prefixes: (call: ts.CallExpression, walk: Walk) => readonly Prefix[] = (call, { tools, seen }) => {
    const chain = { spelling, tools }
    const router = routerOf(call, tools)
    const inner = concat(baseOfRouter({ call, router }, chain), baseOf(call, chain))
    // A router that is mounted in itself has no end.
    if (router === undefined || seen.includes(router)) return [inner]
    const group = groupOf(router, spelling)
    const mounts = group === undefined ? (index(tools).get(router) ?? []) : [group]
    if (mounts.length === 0) return [inner]
    return mounts.flatMap((mount) => {
      const path = mount.path === undefined ? '' : tools.text(mount.path, 'prefix')
      const above = prefixes(mount.call, { tools, seen: [...seen, router] })
      return above.map((prefix) => concat(concat(prefix, path), inner))
    })
  }
  return (call, tools) => prefixes(call, { tools, seen: [] })
}

interface Walk {
  readonly tools: DialectTools
  readonly seen: readonly ts.Node[]
}

/** Two paths in one, with one slash between them. */
export function concat(first: Prefix, second: Prefix): Prefix {
  if (typeof first !== 'string') return first
  if (typeof second !== 'string') return second
  const [head, tail] = [first.replace(/\/+$/, ''), second.replace(/^\/+/, '')]
  return tail === '' ? head : `${head}/${tail}`
}

function indexMounts({ mount, mentions }: Spelling, tools: DialectTools): ReadonlyMap<ts.Node, Mount[]> {
  const found = new Map<ts.Node, Mount[]>()
  for (const source of tools.context) {
    if (!mentions.test(source.text)) continue
    for (const call of nodesIn(source, ts.isCallExpression)) {
      if (!ts.isPropertyAccessExpression(call.expression) || call.expression.name.text !== mount) continue
      const [first, ...others] = call.arguments
      const isPath = first !== undefined && others.length > 0
      for (const router of isPath ? others : call.arguments) {
        const target = targetOf(router, tools)
        if (target === undefined) continue
        found.set(target, [...(found.get(target) ?? []), { call, path: isPath ? first : undefined }])
      }
    }
  }
  return found
}

/** The call of `.group('/prefix', (router) => …)` whose function has this parameter. */
function groupOf(router: ts.Node, { group }: Spelling): Mount | undefined {
  if (group === undefined || !ts.isParameter(router)) return undefined
  const { parent: call } = router.parent
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined
  return call.expression.name.text === group ? { call, path: call.arguments[0] } : undefined
}

/** What declares the router that an expression names. */
function targetOf(router: ts.Expression, tools: DialectTools): ts.Declaration | undefined {
  const node = tools.unwrap(router)
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined
  const declaration = tools.declarationOf(node)
  return declaration !== undefined && isHolder(declaration) ? declaration : undefined
}

type Holder = ts.VariableDeclaration | ts.ExportAssignment | ts.ParameterDeclaration

function isHolder(node: ts.Node): node is Holder {
  return ts.isVariableDeclaration(node) || ts.isExportAssignment(node) || ts.isParameter(node)
}

/** What declares the router that a call is chained on. */
function routerOf(call: ts.CallExpression, tools: DialectTools): ts.Declaration | undefined {
  const root = rootOf(call)
  if (ts.isIdentifier(root)) return targetOf(root, tools)
  let node: ts.Node = call
  while (isPartOfChain(node.parent, node)) node = node.parent
  return isHolder(node.parent) ? node.parent : undefined
}

/** True where the chain goes on in the parent; not where it is an argument there. */
function isPartOfChain(parent: ts.Node, node: ts.Node): boolean {
  if (ts.isCallExpression(parent)) return parent.expression === node
  return ts.isPropertyAccessExpression(parent) || ts.isParenthesizedExpression(parent)
}

/** What a chain begins with: `app` or `new Hono()`. */
function rootOf(chain: ts.Expression): ts.Expression {
  let node = chain
  for (;;) {
    if (ts.isPropertyAccessExpression(node)) node = node.expression
    else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) node = node.expression
    else return node
  }
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

/** The prefixes in the declaration of a router, for a call that is chained on its name. */
function baseOfRouter(
  { call, router }: { readonly call: ts.CallExpression; readonly router: ts.Declaration | undefined },
  chain: Chain,
): Prefix {
  if (router === undefined || !ts.isIdentifier(rootOf(call)) || ts.isParameter(router)) return ''
  const written = ts.isVariableDeclaration(router) ? router.initializer : undefined
  const made = written && chain.tools.unwrap(written)
  if (made === undefined) return ''
  const base = prefixOf(made, chain)
  // `const jobs = app.basePath('/jobs')` goes on where `app` is.
  const outer = rootOf(made)
  if (!ts.isCallExpression(made) || !ts.isIdentifier(outer)) return base
  const above = targetOf(outer, chain.tools)
  return above === router ? base : concat(baseOfRouter({ call: made, router: above }, chain), base)
}
