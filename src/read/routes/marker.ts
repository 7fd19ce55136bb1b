/**
 * The typed twin of the annotation: an object with `satisfies StreamRoute<…>`, or a constant of that type. The import of
 * the type is read as text, so that the package need not be installed where the routes are read.
 */
import type { StreamKind } from '../../ir.js'
import { nearest } from '../../nearest.js'
import { faultOfKind, STREAM_KINDS } from './annotation.js'
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

type Reference = ts.TypeReferenceNode | ts.ImportTypeNode

interface Stated {
  readonly node: ts.Node
  readonly type: Reference
  readonly object: ts.Expression
}

function statementOf(node: ts.Node): Stated | undefined {
  if (ts.isSatisfiesExpression(node) && isReference(node.type)) {
    return { node, type: node.type, object: node.expression }
  }
  if (!ts.isVariableDeclaration(node) || node.type === undefined || node.initializer === undefined) return undefined
  return isReference(node.type) ? { node, type: node.type, object: node.initializer } : undefined
}

function isReference(type: ts.TypeNode): type is Reference {
  return ts.isTypeReferenceNode(type) || ts.isImportTypeNode(type)
}

/** `StreamRoute`, `streamwright.StreamRoute` of a namespace, and `import('streamwright').StreamRoute`. */
function isMarker(type: Reference, tools: DialectTools): boolean {
  if (ts.isImportTypeNode(type)) {
    const { argument, qualifier } = type
    const module = ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal) ? argument.literal.text : ''
    return module === 'streamwright' && qualifier?.getText() === 'StreamRoute'
  }
  const { typeName } = type
  const isMember = ts.isQualifiedName(typeName)
  const name = isMember ? typeName.left : typeName
  const from = ts.isIdentifier(name) ? tools.importedFrom(name) : undefined
  if (from?.module !== 'streamwright') return false
  return isMember ? from.name === '*' && typeName.right.text === 'StreamRoute' : from.name === 'StreamRoute'
}

const MEMBERS = ['kind', 'method', 'path', 'auth', 'contentType', 'done', 'name', 'types']
const TYPES = ['events', 'event', 'send', 'reply', 'params', 'query', 'headers', 'body']

/** Members that `StreamRoute` has not: the editor marks them, and so do we. */
function checkNames({ type, object }: Stated, tools: DialectTools): void {
  const literal = tools.unwrap(object)
  const members = ts.isObjectLiteralExpression(literal) ? literal.properties : []
  const [argument] = type.typeArguments ?? []
  const types = argument !== undefined && ts.isTypeLiteralNode(argument) ? argument.members : []
  for (const [nodes, known] of [[members, MEMBERS] as const, [types, TYPES] as const]) {
    for (const { name } of nodes) {
      if (name === undefined || ts.isComputedPropertyName(name) || known.includes(name.text)) continue
      const near = nearest(name.text, known)
      const hint = near === undefined ? `it has ${known.join(', ')}` : `did you mean ${near}?`
      tools.fail(name, { code: 'annotation', message: `StreamRoute has no member ${JSON.stringify(name.text)}`, hint })
    }
  }
}

/** Types that say nothing of a stream of this kind. */
function checkTypes(types: Types, { kind, tools }: { readonly kind: StreamKind; readonly tools: DialectTools }): void {
  for (const [name, { node }] of types) {
    const isNamed = name.startsWith('events.')
    const fault = faultOfKind(isNamed ? 'event' : name, kind)
    if (fault !== undefined) tools.fail(node, { code: 'annotation', ...fault })
    if (!isNamed || kind === 'sse') continue
    const hint = 'write `event`, with a union where there are several'
    tools.fail(node, { code: 'annotation', message: `${kind} has no named events`, hint })
  }
}

function readMarker(stated: Stated, tools: DialectTools): RouteFinding {
  const { node, type, object } = stated
  checkNames(stated, tools)
  const text = (name: string): string | undefined => {
    const value = tools.property(object, name)
    const found = value && tools.text(value, name)
    if (found === undefined || typeof found === 'string') return found
    return tools.fail(found.node, { code: 'route-unreadable', message: found.message, hint: 'write it as a literal' })
  }
  const types = typesOf(type.typeArguments?.[0], tools)
  const kind = kindOf(text('kind'), { node, tools })
  checkTypes(types, { kind, tools })
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
