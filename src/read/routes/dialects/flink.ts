/** Flink with its streaming plugin: `Route` beside a handler, and routes that are registered inline. */
import type { ErrorReply, Type } from '../../../ir.js'
import { camelCase } from '../../../names.js'
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, FoundEvent, RouteFinding, Unreadable } from '../dialect.js'
import { BEARER } from './credentials.js'
import { eventsOf, type Handler, writtenType } from './flink-events.js'
import { argumentsOf, callsOf, isExported, lastName, perProject, statedTypes } from './syntax.js'

export const flink: Dialect = {
  name: 'Flink',
  mentions: /\bStreamingRouteProps\b|\bStreamHandler(?:Props)?\b|\bregisterStreamHandler\b/,
  context: /\bstreamingPlugin\s*\(|\bnew\s+StreamingPlugin\b/,
  read({ source }, tools) {
    const module = readModule(source, tools)
    const inline = callsOf(source, ['registerStreamHandler']).flatMap((call) => readCall(call, tools) ?? [])
    return module === undefined ? inline : [module, ...inline]
  },
}

interface Parts extends Handler {
  readonly nodes: RouteFinding['nodes']
  readonly props: ts.Expression
}

/** The form that the plugin prefers: a module with `Route` and a handler as its default export. */
function readModule(source: ts.SourceFile, tools: DialectTools): RouteFinding | undefined {
  const module = moduleOf(source, tools)
  return module !== undefined && isTyped(module, tools) ? finishModule(module, tools) : undefined
}

interface Module extends Parts {
  readonly route: ts.VariableDeclaration
}

function moduleOf(source: ts.SourceFile, tools: DialectTools): Module | undefined {
  const route = routeOf(source)
  const handler = defaultOf(source, tools)
  if (route?.initializer === undefined || handler === undefined) return undefined
  const statement = ts.isVariableDeclarationList(route.parent) ? route.parent.parent : route
  return { route, nodes: [statement, handler], props: route.initializer, handler }
}

/** False for a module that may be that of an ordinary handler: nothing in it names the plugin. */
function isTyped({ route, props, handler }: Module, tools: DialectTools): boolean {
  const types = [route.type, ...statedTypes(props)]
  const isStream = types.some((type) => argumentsOf(type, 'StreamingRouteProps') !== undefined)
  return isStream || writtenType(handler, tools) !== undefined
}

function finishModule(module: Module, tools: DialectTools): RouteFinding {
  // A handler is called after its file.
  const { fileName } = module.route.getSourceFile()
  const name = camelCase(/([^/]+?)\.[cm]?[jt]sx?$/.exec(fileName)?.[1] ?? '', 'stream')
  return { name, ...finish(module, tools) }
}

function routeOf(source: ts.SourceFile): ts.VariableDeclaration | undefined {
  return source.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .filter(isExported)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => ts.isIdentifier(name) && name.text === 'Route')
}

/** The declaration of the default export. */
function defaultOf(source: ts.SourceFile, tools: DialectTools): ts.Node | undefined {
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && isExported(statement) && isDefault(statement)) return statement
    if (ts.isExportAssignment(statement)) return declaredBy(statement.expression, tools)
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      const named = statement.exportClause.elements.find(({ name }) => name.text === 'default')
      if (named !== undefined) return tools.declarationOf(named.propertyName ?? named.name)
    }
  }
  return undefined
}

function isDefault(statement: ts.FunctionDeclaration): boolean {
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true
}

function declaredBy(expression: ts.Expression, tools: DialectTools): ts.Node {
  return ts.isIdentifier(expression) ? (tools.declarationOf(expression) ?? expression) : expression
}

/** `registerStreamHandler(handler, props)` and `registerStreamHandler({ default: handler, Route: props })`. */
function readCall(call: ts.CallExpression, tools: DialectTools): RouteFinding | undefined {
  const [first, second] = call.arguments
  if (first === undefined) return undefined
  const namespace = second === undefined ? namespaceOf(first, tools) : undefined
  if (namespace !== undefined) return readNamespace({ call, namespace }, tools)
  const literal = tools.unwrap(first)
  const isLiteral = ts.isObjectLiteralExpression(literal)
  const props = second ?? (isLiteral ? tools.property(literal, 'Route') : undefined)
  const handler = second === undefined && isLiteral ? tools.property(literal, 'default') : first
  if (props === undefined || handler === undefined || isReadElsewhere(props, tools)) return undefined
  const nodes: RouteFinding['nodes'] = [call, declaredBy(handler, tools), props]
  return finish({ nodes, props, handler: declaredBy(handler, tools), typeArguments: call.typeArguments }, tools)
}

/** The file behind `import * as GetJobs from './handlers/GetJobs'`. */
function namespaceOf(node: ts.Expression, tools: DialectTools): ts.SourceFile | undefined {
  const found = ts.isIdentifier(node) ? tools.declarationOf(node) : undefined
  return found !== undefined && ts.isSourceFile(found) ? found : undefined
}

/** A module that names the plugin is read where it stands, any other where it is registered. */
function readNamespace(
  { call, namespace }: { readonly call: ts.CallExpression; readonly namespace: ts.SourceFile },
  tools: DialectTools,
): RouteFinding | undefined {
  const module = moduleOf(namespace, tools)
  if (module === undefined || isTyped(module, tools)) return undefined
  return finishModule({ ...module, nodes: [call, ...module.nodes] }, tools)
}

/** True for `Route` of a module that also has a handler. */
function isReadElsewhere(props: ts.Expression, tools: DialectTools): boolean {
  const declaration = tools.declarationOf(tools.unwrap(props))
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false
  const source = declaration.getSourceFile()
  return routeOf(source) === declaration && defaultOf(source, tools) !== undefined
}

function finish(parts: Parts, tools: DialectTools): RouteFinding {
  const { nodes, props } = parts
  const [path, method, permissions] = ['path', 'method', 'permissions'].map((name) => tools.property(props, name))
  const docs = docsOf(parts, tools)
  const kind = formatOf(props, tools)
  const events = eventsOf(parts, tools)
  const isGuarded = permissions !== undefined && isSet(permissions, tools)
  return {
    nodes,
    path: path
      ? tools.text(path, 'path')
      : tools.unreadable(props, { message: 'the path of this route is not stated here' }),
    method: method ? verbOf(method, tools) : 'GET',
    kind,
    events,
    stringsAre: 'json',
    ...errorsIn({ kind, events, node: nodes[0] }, tools),
    // What Flink's own plugin for JSON Web Tokens wants to see.
    ...(isGuarded ? { auth: [BEARER], errors: [UNAUTHORIZED] } : {}),
    ...(docs === undefined ? {} : { docs }),
  }
}

interface Streamed {
  readonly kind: Format | Unreadable
  readonly events: readonly FoundEvent[] | Unreadable
  readonly node: ts.Node
}

/** How an error travels in the stream: as an event, or as a record with one field, which a record may have as well. */
function errorsIn(
  { kind, events, node }: Streamed,
  tools: DialectTools,
): Pick<RouteFinding, 'errorEvent' | 'errorField'> {
  if (kind !== 'ndjson') return { errorEvent: 'error' }
  const types = 'kind' in events ? [] : events.flatMap(({ payload }) => payload?.type ?? [])
  const members = types.flatMap((type) => (type.isUnion() ? type.types : [type]))
  if (members.every((member) => tools.checker.getPropertyOfType(member, 'error') === undefined)) {
    return { errorField: 'error' }
  }
  tools.warn(node, {
    code: 'flink-error-field',
    message: 'records of this stream have a field "error", by which Flink sends its own errors too',
    hint: 'rename the field; until then errors of the server arrive as records',
  })
  return {}
}

/** `HttpMethod.post` also where the package that has the enum is missing. */
function verbOf(method: ts.Expression, tools: DialectTools): string {
  const constant = tools.constant(method)
  if (constant.kind === 'constant' && typeof constant.value === 'string') return constant.value
  const node = tools.unwrap(method)
  if (ts.isPropertyAccessExpression(node) && lastName(node.expression) === 'HttpMethod') return node.name.text
  return tools.fail(method, {
    code: 'route-not-constant',
    message: 'the method of this route is not a constant',
    hint: 'write a member of HttpMethod, such as HttpMethod.post',
  })
}

/** The plugin asks for a login wherever `permissions` is truthy, also for an empty list. */
function isSet(permissions: ts.Expression, tools: DialectTools): boolean {
  const found = tools.constant(permissions)
  return found.kind === 'unknown' || (found.value !== '' && found.value !== null && found.value !== undefined)
}

const text: Type = { kind: 'string' }
const field = (name: string, type: Type) => ({ name, type, optional: false }) as const
const problem: Type = { kind: 'object', fields: [field('title', text), field('detail', text)] }
const UNAUTHORIZED: ErrorReply = {
  status: '401',
  type: { kind: 'object', fields: [field('status', { kind: 'literal', value: 401 }), field('error', problem)] },
}

function docsOf({ nodes, props }: Parts, tools: DialectTools): RouteFinding['docs'] {
  const stated = tools.property(props, 'docs')
  const constant = stated && tools.constant(stated)
  if (constant?.kind === 'constant' && typeof constant.value === 'string') return { text: constant.value }
  return nodes.map((node) => tools.docsOf(node)).find((docs) => docs !== undefined)
}

type Format = 'sse' | 'ndjson'

/** `format` of the route, that of the plugin's construction, or `sse`. */
function formatOf(props: ts.Expression, tools: DialectTools): Format | Unreadable {
  const stated = tools.property(props, 'format')
  if (stated !== undefined) return readFormat(stated, tools)
  const defaults = defaultFormats(tools)
  const [first] = defaults
  const isOne = defaults.every((format) => format === first)
  if (isOne) return first ?? 'sse'
  const hint = 'state `format` in the route'
  return tools.unreadable(props, { message: "the plugin's default format is not the same everywhere", hint })
}

function readFormat(node: ts.Expression, tools: DialectTools): Format | Unreadable {
  const format = tools.text(node, 'format')
  if (format === 'sse' || format === 'ndjson') return format
  if (typeof format !== 'string') return format
  const message = `${JSON.stringify(format)} is no format of Flink's streaming plugin`
  return tools.unreadable(node, { message, hint: "write 'sse' or 'ndjson'" })
}

/** The formats of all plugins that the project constructs. */
const defaultFormats = perProject((tools: DialectTools): readonly (Format | Unreadable)[] =>
  tools.context.flatMap((source) => {
    if (!flink.context?.test(source.text)) return []
    return nodesOfPlugins(source).map((plugin) => {
      const [options] = plugin.arguments ?? []
      const format = options && tools.property(options, 'defaultFormat')
      return format === undefined ? 'sse' : readFormat(format, tools)
    })
  }),
)

function nodesOfPlugins(source: ts.SourceFile): (ts.CallExpression | ts.NewExpression)[] {
  const found: (ts.CallExpression | ts.NewExpression)[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^streamingPlugin$/.test(node.expression.getText())) found.push(node)
    if (ts.isNewExpression(node) && /^StreamingPlugin$/.test(node.expression.getText())) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
