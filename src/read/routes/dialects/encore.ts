/**
 * Encore.ts: `api.streamIn`, `api.streamOut` and `api.streamInOut`, which are WebSockets, and `api.raw`, whose answer only
 * an annotation knows. What the type arguments mean follows from the number of the handler's parameters, as Encore's own
 * parser has it, and not from the overload that the compiler picks.
 */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, FoundParameter, FoundSocket, RouteFinding } from '../dialect.js'
import { readAnswer } from './answer.js'
import { encoreAuth } from './encore-auth.js'
import { fieldsOf } from './encore-fields.js'
import { argumentsOf, functionOf, perProject } from './syntax.js'

export const encore: Dialect = {
  name: 'Encore.ts',
  mentions: /\bencore\.dev\/api\b[\s\S]*\.\s*(?:stream(?:In|Out|InOut)|raw)\b/,
  context: /\bnew\s+Service\s*\(|\bauthHandler\b/,
  read({ source }, tools) {
    return source.statements
      .filter((statement) => ts.isVariableStatement(statement))
      .flatMap(({ declarationList }) => declarationList.declarations)
      .flatMap((declaration) => readEndpoint(declaration, tools) ?? [])
  },
}

type StreamForm = 'streamIn' | 'streamOut' | 'streamInOut'

/** The number of type arguments without a handshake, least and most; with one it is one more. */
const ARITY: Readonly<Record<StreamForm, readonly [least: number, most: number]>> = {
  streamIn: [1, 2],
  streamOut: [1, 1],
  streamInOut: [2, 2],
}

interface Endpoint {
  readonly name: string
  readonly call: ts.CallExpression
  readonly options: ts.Expression
  readonly statement: ts.Node
}

function readEndpoint(declaration: ts.VariableDeclaration, tools: DialectTools): RouteFinding | undefined {
  const { initializer, name } = declaration
  if (initializer === undefined || !ts.isIdentifier(name)) return undefined
  const call = tools.unwrap(initializer)
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined
  const { expression, name: form } = call.expression
  if (!isApi(expression, tools)) return undefined
  const [options] = call.arguments
  if (options === undefined) return undefined
  const endpoint: Endpoint = { name: name.text, call, options, statement: declaration.parent.parent }
  if (form.text === 'raw') return readRaw(endpoint, tools)
  return isStreamForm(form.text) ? readStream({ ...endpoint, form: form.text }, tools) : undefined
}

/** `api`, also under another name, and `encore.api` of a namespace. */
function isApi(node: ts.Expression, tools: DialectTools): boolean {
  const isMember = ts.isPropertyAccessExpression(node) && node.name.text === 'api'
  const root = isMember ? node.expression : node
  const origin = ts.isIdentifier(root) ? tools.importedFrom(root) : undefined
  return origin?.module === 'encore.dev/api' && origin.name === (isMember ? '*' : 'api')
}

/** What a raw endpoint answers, its body tells as far as a media type stands in it. */
function readRaw(endpoint: Endpoint, tools: DialectTools): RouteFinding {
  const described = describe(endpoint, tools)
  const [, handler] = endpoint.call.arguments
  if (handler === undefined || described.hidden === true) return described
  return { ...described, ...readAnswer(functionOf(handler, tools) ?? handler, tools) }
}

function isStreamForm(name: string): name is StreamForm {
  return Object.hasOwn(ARITY, name)
}

/** What every endpoint states in its options. */
function describe({ name, call, options, statement }: Endpoint, tools: DialectTools): RouteFinding {
  const service = serviceOf(call.getSourceFile(), tools)
  const path = tools.property(options, 'path')
  const method = methodOf(options, tools)
  const docs = tools.docsOf(statement)
  return {
    nodes: [statement, call],
    path: path === undefined ? `/${service}.${name}` : tools.text(path, 'path'),
    ...(method === undefined ? {} : { method }),
    name,
    group: service,
    auth: flag(options, { name: 'auth', tools }) ? encoreAuth(tools) : [],
    ...(docs === undefined ? {} : { docs }),
    ...(flag(options, { name: 'expose', tools }) ? {} : { hidden: true }),
  }
}

/** The one method of a raw endpoint; of several, and of any (`*`), an annotation has to choose. */
function methodOf(options: ts.Expression, tools: DialectTools): string | undefined {
  const stated = tools.property(options, 'method')
  const constant = stated && tools.constant(stated)
  const value = constant?.kind === 'constant' ? constant.value : undefined
  const [only, ...others] = Array.isArray(value) ? value : [value]
  return typeof only === 'string' && only !== '*' && others.length === 0 ? only : undefined
}

function flag(
  options: ts.Expression,
  { name, tools }: { readonly name: string; readonly tools: DialectTools },
): boolean {
  const stated = tools.property(options, name)
  if (stated === undefined) return false
  const constant = tools.constant(stated)
  if (constant.kind === 'constant' && typeof constant.value === 'boolean') return constant.value
  return tools.fail(stated, {
    code: 'route-not-constant',
    message: `\`${name}\` of this endpoint is not a constant`,
    hint: 'write true or false; Encore.ts refuses anything else too',
  })
}

function readStream(endpoint: Endpoint & { readonly form: StreamForm }, tools: DialectTools): RouteFinding {
  const { call, form } = endpoint
  const [, handler] = call.arguments
  const fn = handler && functionOf(handler, tools)
  const described: RouteFinding = { ...describe(endpoint, tools), method: 'GET', kind: 'websocket' }
  if (handler === undefined || fn === undefined) {
    const hint = 'write the handler here, or as a function that is declared in this project'
    const message = 'the handler of this stream cannot be found, whose parameters tell what its type arguments mean'
    return { ...described, socket: { ...tools.unreadable(handler ?? call, { message, hint }), protocol: 'encore' } }
  }
  const hasHandshake = fn.parameters.length === 2
  const types = call.typeArguments ?? []
  checkArity({ endpoint, hasHandshake, given: types.length }, tools)
  const [handshake, ...messages] = hasHandshake ? types : [undefined, ...types]
  const path = typeof described.path === 'string' ? described.path : ''
  const stream: RouteFinding = { ...described, socket: socketOf({ form, messages, fn }, tools) }
  if (handshake === undefined) return stream
  const query = tools.typeOf(handshake)
  // A type that cannot be resolved has no fields: handed on, it is refused like any other.
  if ((query.type.flags & ts.TypeFlags.Any) !== 0) return { ...stream, query }
  return { ...stream, parameters: handshakeOf({ handshake, path }, tools) }
}

function checkArity(
  {
    endpoint: { call, form },
    hasHandshake,
    given,
  }: {
    readonly endpoint: Endpoint & { readonly form: StreamForm }
    readonly hasHandshake: boolean
    readonly given: number
  },
  tools: DialectTools,
): void {
  const [least, most] = ARITY[form].map((count) => count + (hasHandshake ? 1 : 0))
  if (least === undefined || most === undefined || (given >= least && given <= most)) return
  const wanted = least === most ? String(least) : `${least} or ${most}`
  const handler = hasHandshake ? 'a handler with a handshake' : 'a handler without a handshake'
  tools.fail(call, {
    code: 'encore-type-arguments',
    message: `api.${form} with ${handler} takes ${wanted} type argument${wanted === '1' ? '' : 's'}, and has ${given}`,
    hint: `write api.${form}<${FORMS[form][hasHandshake ? 'with' : 'without']}>(…)`,
  })
}

const FORMS = {
  streamIn: { with: 'Handshake, Incoming, Reply', without: 'Incoming, Reply' },
  streamOut: { with: 'Handshake, Outgoing', without: 'Outgoing' },
  streamInOut: { with: 'Handshake, Incoming, Outgoing', without: 'Incoming, Outgoing' },
} as const

interface Messages {
  readonly form: StreamForm
  readonly messages: readonly (ts.TypeNode | undefined)[]
  readonly fn: ts.FunctionLikeDeclaration
}

function socketOf({ form, messages, fn }: Messages, tools: DialectTools): FoundSocket {
  const [first, second] = messages
  const of = (role: 'send' | 'receive' | 'reply', node: ts.TypeNode | undefined): FoundSocket =>
    node === undefined ? {} : { [role]: tools.typeOf(node) }
  switch (form) {
    case 'streamOut':
      return { ...of('receive', first), protocol: 'encore' }
    case 'streamInOut':
      return { ...of('send', first), ...of('receive', second), protocol: 'encore' }
    case 'streamIn':
      return { ...of('send', first), ...of('reply', second ?? returnOf(fn)), protocol: 'encore' }
  }
}

/** The written type of what a handler returns, out of its promise; `undefined` for `void`. */
function returnOf({ type }: ts.FunctionLikeDeclaration): ts.TypeNode | undefined {
  const returned = argumentsOf(type, 'Promise')?.[0] ?? type
  return returned?.kind === ts.SyntaxKind.VoidKeyword ? undefined : returned
}

/** A field is in the path if the path names it, else where its wrapper says, else in the query. */
function handshakeOf(
  { handshake, path }: { readonly handshake: ts.TypeNode; readonly path: string },
  tools: DialectTools,
): FoundParameter[] {
  const inPath = new Set([...path.matchAll(/\/[:*!]([\p{L}\p{N}_]+)/gu)].map(([, name]) => name))
  return fieldsOf(handshake, tools).map((field) => (inPath.has(field.field) ? { ...field, in: 'path' } : field))
}

/** The name of the nearest service above a file, else that of its folder. */
function serviceOf({ fileName }: ts.SourceFile, tools: DialectTools): string {
  const folders = fileName.split('/').slice(0, -1)
  for (let depth = folders.length; depth > 0; depth--) {
    const name = services(tools).get(folders.slice(0, depth).join('/'))
    if (name !== undefined) return name
  }
  return folders.at(-1) ?? ''
}

/** Names of services by the folder of their `encore.service.ts`. */
const services = perProject((tools: DialectTools): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const source of tools.context) {
    const folder = /^(.*)\/encore\.service\.ts$/.exec(source.fileName)?.[1]
    const statement = source.statements.find((one) => ts.isExportAssignment(one))
    const service = folder !== undefined && statement ? tools.unwrap(statement.expression) : undefined
    if (folder === undefined || service === undefined || !ts.isNewExpression(service)) continue
    const [name] = service.arguments ?? []
    const text = name && tools.constant(name)
    if (text?.kind === 'constant' && typeof text.value === 'string') found.set(folder, text.value)
  }
  return found
})
