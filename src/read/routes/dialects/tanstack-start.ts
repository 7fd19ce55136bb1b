/** TanStack Start: server handlers of `createFileRoute`, and the two forms before it. */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, RouteFile, RouteFinding, Unreadable } from '../dialect.js'
import { readAnswer } from './answer.js'
import { readChannel } from './start-streaming.js'
import { callsOf, functionOf, lastName, nodesIn, returnedBy } from './syntax.js'
import { tanstackPath } from './tanstack-path.js'

export const tanstackStart: Dialect = {
  name: 'TanStack Start',
  mentions: /\bcreate(?:Server|API)FileRoute\b|\bcreateFileRoute\b[\s\S]*\bhandlers\b/,
  context: /\bcreateSSEChannelManager\b/,
  read: (file, tools) =>
    nodesIn(file.source, ts.isCallExpression).flatMap((call) => {
      const route = readRoute(call, tools)
      return route === undefined ? [] : readHandlers(route, { file, tools })
    }),
}

interface Route {
  /** The call that makes the route out of its path: `createFileRoute('/a')`. */
  readonly made: ts.CallExpression
  readonly handlers: ts.Expression
}

function readRoute(call: ts.CallExpression, tools: DialectTools): Route | undefined {
  const { expression } = call
  const [options] = call.arguments
  if (options === undefined) return undefined
  // createFileRoute('/a')({ server: { handlers } }), createAPIFileRoute('/a')({ GET })
  if (ts.isCallExpression(expression)) {
    const made = lastName(expression.expression)
    if (made === 'createAPIFileRoute') return { made: expression, handlers: options }
    const server = made === 'createFileRoute' ? tools.property(options, 'server') : undefined
    const handlers = server && tools.property(server, 'handlers')
    return handlers && { made: expression, handlers }
  }
  // createServerFileRoute('/a').methods({ GET })
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'methods') return undefined
  const [made] = callsOf(expression, ['createServerFileRoute'])
  return made && { made, handlers: options }
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'ANY'])

function readHandlers(
  { made, handlers }: Route,
  { file, tools }: { readonly file: RouteFile; readonly tools: DialectTools },
): RouteFinding[] {
  const path = pathOf(made, { file, tools })
  const members = objectOf(handlers, tools)?.properties.filter(hasMethod) ?? []
  const statement = statementOf(made)
  return members.map((member): RouteFinding => {
    const handler = handlerOf(member, tools)
    const docs = tools.docsOf(member) ?? (members.length === 1 ? tools.docsOf(statement) : undefined)
    const isOnly = members.length === 1
    return {
      nodes: isOnly ? [member, handler, statement] : [member, handler],
      path,
      ...(member.name.text === 'ANY' ? {} : { method: member.name.text }),
      ...(readChannel(handler, tools) ?? readAnswer(handler, tools)),
      ...(docs === undefined ? {} : { docs }),
    }
  })
}

type Member = ts.ObjectLiteralElementLike & { readonly name: ts.Identifier | ts.StringLiteral }

function hasMethod(member: ts.ObjectLiteralElementLike): member is Member {
  const { name } = member
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) && METHODS.has(name.text)
}

/** The literal itself, or the one that `({ createHandlers }) => createHandlers({ … })` makes. */
function objectOf(handlers: ts.Expression, tools: DialectTools): ts.ObjectLiteralExpression | undefined {
  const node = tools.unwrap(handlers)
  if (ts.isObjectLiteralExpression(node)) return node
  const fn = functionOf(node, tools)
  const [returned] = fn === undefined ? [] : returnedBy(fn).map((expression) => tools.unwrap(expression))
  if (returned === undefined) return undefined
  if (ts.isObjectLiteralExpression(returned)) return returned
  const [first] = ts.isCallExpression(returned) ? returned.arguments : []
  const literal = first && tools.unwrap(first)
  return literal && ts.isObjectLiteralExpression(literal) ? literal : undefined
}

/** The handler of `GET: fn`, `GET: { middleware, handler: fn }` and `GET: builder.middleware([…]).handler(fn)`. */
function handlerOf(member: Member, tools: DialectTools): ts.Node {
  if (ts.isMethodDeclaration(member)) return member
  if (ts.isShorthandPropertyAssignment(member)) return functionOf(member.name, tools) ?? member
  if (!ts.isPropertyAssignment(member)) return member
  const value = tools.unwrap(member.initializer)
  if (ts.isObjectLiteralExpression(value)) return tools.property(value, 'handler') ?? value
  if (ts.isCallExpression(value) && lastName(value.expression) === 'handler') return value.arguments[0] ?? value
  return functionOf(value, tools) ?? value
}

/** The path that is written, without the slash that the router drops too; else that of the file. */
function pathOf(
  made: ts.CallExpression,
  { file, tools }: { readonly file: RouteFile; readonly tools: DialectTools },
): string | Unreadable {
  const [argument] = made.arguments
  if (argument === undefined) return tanstackPath(file) ?? noFolder(made, tools)
  const text = tools.text(argument, 'path')
  return typeof text === 'string' ? withoutPathless(text) : text
}

function noFolder(node: ts.Node, tools: DialectTools): string | Unreadable {
  const hint = 'write the path as the argument, or move the file below `routes`'
  return tools.unreadable(node, { message: 'this file is in no folder `routes`, which would tell its path', hint })
}

/** The identifier of a route has its groups and layouts in it, which the address has not. */
function withoutPathless(id: string): string {
  const segments = id.split('/').filter((segment) => !/^\(.*\)$|^_/.test(segment))
  const path = segments.map((segment) => segment.replace(/_$/, '')).join('/')
  return path.length > 1 ? path.replace(/\/$/, '') : '/'
}

function statementOf(node: ts.Node): ts.Node {
  let found = node
  while (!ts.isStatement(found) && found.parent !== undefined) found = found.parent
  return found
}
