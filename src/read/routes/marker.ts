/**
 * The typed twin of the annotation: an object with `satisfies StreamRoute<…>`, or a constant of that type. The import of
 * the type is read as text, so that the package need not be installed where the routes are read.
 */
import type { StreamKind } from '../../ir.js'
import { STREAM_KINDS } from './annotation.js'
import { AUTH_FORMS, readAuth } from './auth.js'
import { ts } from './compiler.js'
import type { Dialect, DialectTools, FoundEvent, RouteFinding, TypeSource } from './dialect.js'

export const marker: Dialect = {
  name: 'StreamRoute',
  mentions: /\bStreamRoute\b/,
  read: ({ source }, tools) => {
    const found: RouteFinding[] = []
    const visit = (node: ts.Node): void => {
      const stated = statementOf(node)
      if (stated !== undefined && isMarker(stated.type, tools)) found.push(readMarker(stated, tools))
      ts.forEachChild(node, visit)
    }
    visit(source)
    return found
  },
}

interface Stated {
  readonly node: ts.Node
  readonly type: ts.TypeReferenceNode
  readonly object: ts.Expression
}

function statementOf(node: ts.Node): Stated | undefined {
  if (ts.isSatisfiesExpression(node) && ts.isTypeReferenceNode(node.type)) {
    return { node, type: node.type, object: node.expression }
  }
  if (!ts.isVariableDeclaration(node) || node.type === undefined || node.initializer === undefined) return undefined
  return ts.isTypeReferenceNode(node.type) ? { node, type: node.type, object: node.initializer } : undefined
}

function isMarker({ typeName }: ts.TypeReferenceNode, tools: DialectTools): boolean {
  if (!ts.isIdentifier(typeName)) return false
  const from = tools.importedFrom(typeName)
  return from?.module === 'streamwright' && from.name === 'StreamRoute'
}

function readMarker({ node, type, object }: Stated, tools: DialectTools): RouteFinding {
  const text = (name: string): string | undefined => {
    const value = tools.property(object, name)
    const found = value && tools.text(value, name)
    if (found === undefined || typeof found === 'string') return found
    return tools.fail(found.node, { code: 'route-unreadable', message: found.message, hint: 'write it as a literal' })
  }
  const types = typesOf(type.typeArguments?.[0], tools)
  const kind = kindOf(text('kind'), { node, tools })
  const events = eventsOf(types)
  const optional = { method: text('method'), path: text('path'), contentType: text('contentType'), done: text('done') }
  const name = text('name')
  const docs = tools.docsOf(node)
  const [receive, send, reply] = [events?.[0]?.payload, types.get('send'), types.get('reply')]
  const auth = authOf(text('auth'), { node, tools })
  return {
    nodes: [node],
    kind,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    ...(name === undefined ? {} : { name }),
    ...(auth === undefined ? {} : { auth }),
    ...(docs === undefined ? {} : { docs }),
    ...inputsOf(types),
    ...(kind === 'websocket'
      ? { socket: { ...(send && { send }), ...(receive && { receive }), ...(reply && { reply }) } }
      : events === undefined
        ? {}
        : { events }),
  }
}

interface Where {
  readonly node: ts.Node
  readonly tools: DialectTools
}

function kindOf(text: string | undefined, { node, tools }: Where): StreamKind {
  const kind = STREAM_KINDS.find((one) => one === text)
  if (kind !== undefined) return kind
  const message =
    text === undefined ? 'this route states no kind' : `there is no kind of stream called ${JSON.stringify(text)}`
  return tools.fail(node, { code: 'annotation', message, hint: `kinds are ${STREAM_KINDS.join(', ')}` })
}

function authOf(text: string | undefined, { node, tools }: Where): RouteFinding['auth'] {
  if (text === undefined) return undefined
  const auth = readAuth(text)
  if (auth !== undefined) return auth === 'none' ? [] : [auth]
  const message = `"auth" does not know ${JSON.stringify(text)}`
  return tools.fail(node, { code: 'annotation', message, hint: `write ${AUTH_FORMS}` })
}

type Types = ReadonlyMap<string, TypeSource>

/** The members of an object type, each with the node that states it. */
function membersOf({ type, node }: TypeSource, { checker }: DialectTools): Types {
  return new Map(
    checker.getPropertiesOfType(type).map((symbol) => {
      const { valueDeclaration } = symbol
      const written = valueDeclaration && ts.isPropertySignature(valueDeclaration) ? valueDeclaration.type : undefined
      return [symbol.name, { type: checker.getTypeOfSymbol(symbol), node: written ?? node }]
    }),
  )
}

function typesOf(argument: ts.TypeNode | undefined, tools: DialectTools): Types {
  if (argument === undefined) return new Map()
  const types = new Map(membersOf(tools.typeOf(argument), tools))
  const events = types.get('events')
  types.delete('events')
  const named = events === undefined ? [] : [...membersOf(events, tools)]
  return new Map([...types, ...named.map(([name, type]) => [`events.${name}`, type] as const)])
}

function eventsOf(types: Types): readonly FoundEvent[] | undefined {
  const unnamed = types.get('event')
  const named = [...types].flatMap(([name, payload]): FoundEvent[] => {
    return name.startsWith('events.') ? [{ name: name.slice('events.'.length), payload }] : []
  })
  const events = [...(unnamed === undefined ? [] : [{ name: null, payload: unnamed }]), ...named]
  return events.length === 0 ? undefined : events
}

function inputsOf(types: Types): Pick<RouteFinding, 'params' | 'query' | 'headers' | 'body'> {
  const roles = ['params', 'query', 'headers', 'body'] as const
  return Object.fromEntries(
    roles.flatMap((role) => {
      const type = types.get(role)
      return type === undefined ? [] : [[role, type] as const]
    }),
  )
}
