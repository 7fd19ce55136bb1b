/** NestJS: methods of controllers with `@Sse()`, those that return a `StreamableFile`, and the others for annotations. */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, RouteFinding, Unreadable } from '../dialect.js'
import { kindOfMediaType, readAnswer } from './answer.js'
import { BASIC, BEARER, COOKIE } from './credentials.js'
import { type Decorators, decoratorsOf, textOf } from './nestjs-decorators.js'
import { readNestEvents } from './nestjs-events.js'
import { readInputs } from './nestjs-inputs.js'
import { modulePathOf } from './nestjs-modules.js'
import { prefixesOf } from './nestjs-prefix.js'
import { argumentsOf, nodesIn } from './syntax.js'

export const nestjs: Dialect = {
  name: 'NestJS',
  mentions: /@Sse\s*\(|@Controller\b[\s\S]*(?:\bStreamableFile\b|@stream\b|text\/event-stream)/,
  context: /\.\s*(?:setGlobalPrefix|enableVersioning)\s*\(|\bRouterModule\b/,
  read: ({ source }, tools) =>
    nodesIn(source, ts.isClassDeclaration).flatMap((controller) => {
      const decorators = decoratorsOf(controller)
      return decorators.has('Controller') ? readController({ controller, decorators }, tools) : []
    }),
}

interface Controller {
  readonly controller: ts.ClassDeclaration
  readonly decorators: Decorators
}

function readController({ controller, decorators }: Controller, tools: DialectTools): RouteFinding[] {
  const { path: modulePath, unmounted } = modulePathOf(controller, tools)
  return methodsOf(controller, tools).flatMap((method) => {
    const own = decoratorsOf(method)
    const verb = VERBS.find((name) => own.has(name)) ?? (own.has('Sse') ? 'Sse' : undefined)
    if (verb === undefined) return []
    const paths = prefixesOf({ controller: decorators, method: own, verb, modulePath }, tools)
    const finding = readMethod({ controller, decorators, method, own, verb }, tools)
    return paths.map((path) => ({ ...finding, path, ...(unmounted === undefined ? {} : { unmounted }) }))
  })
}

/** Its own methods, and those of the classes it extends that it does not have itself. */
function methodsOf(controller: ts.ClassDeclaration, tools: DialectTools): ts.MethodDeclaration[] {
  const found = new Map<string, ts.MethodDeclaration>()
  const seen = new Set<ts.Node>()
  for (
    let next: ts.Node | undefined = controller;
    next !== undefined && ts.isClassDeclaration(next) && !seen.has(next);
  ) {
    seen.add(next)
    for (const member of next.members) {
      const name = ts.isMethodDeclaration(member) ? member.name.getText() : ''
      if (ts.isMethodDeclaration(member) && !found.has(name)) found.set(name, member)
    }
    const base: ts.Expression | undefined = next.heritageClauses?.find(
      ({ token }) => token === ts.SyntaxKind.ExtendsKeyword,
    )?.types[0]?.expression
    next = base && tools.declarationOf(base)
  }
  return [...found.values()]
}

const VERBS = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Options', 'Head'] as const

interface Method extends Controller {
  readonly method: ts.MethodDeclaration
  readonly own: Decorators
  readonly verb: string
}

function readMethod(found: Method, tools: DialectTools): RouteFinding {
  const { controller, decorators, method, own } = found
  const verb = verbOf(found, tools)
  const docs = tools.docsOf(method)
  const auth = authOf(own) ?? authOf(decorators)
  return {
    nodes: [method],
    ...(verb === undefined ? {} : { method: verb }),
    ...answerOf(found, tools),
    ...readInputs(method, tools),
    ...(controller.name === undefined ? {} : { group: controller.name.text.replace(/Controller$/, '') }),
    ...(auth === undefined ? {} : { auth }),
    ...(docs === undefined ? {} : { docs }),
  }
}

/** The method of a decorator's name; of `@Sse`, that of its option `method: RequestMethod.POST`. */
function verbOf({ own, verb }: Method, tools: DialectTools): string | undefined {
  if (verb === 'All') return undefined
  if (verb !== 'Sse') return verb.toUpperCase()
  const options = own.get('Sse')?.arguments[1]
  const method = options && tools.property(options, 'method')
  if (method === undefined) return 'GET'
  const name = ts.isPropertyAccessExpression(method) ? method.name.text : undefined
  if (name !== undefined) return name
  return tools.fail(method, {
    code: 'route-not-constant',
    message: 'the method of this stream is not a member of RequestMethod',
    hint: 'write RequestMethod.POST',
  })
}

type Answer = Pick<RouteFinding, 'kind' | 'events' | 'contentType' | 'errorEvent' | 'stringsAre'>

function answerOf({ controller, method, own }: Method, tools: DialectTools): Answer {
  if (own.has('Sse')) {
    return {
      kind: 'sse',
      events: readNestEvents({ method, controller }, tools),
      errorEvent: 'error',
      stringsAre: 'text',
    }
  }
  if (returnsFile(method, tools)) {
    const contentType = fileType(method, tools) ?? headerOf(own, tools)
    return { kind: 'binary', ...(contentType === undefined ? {} : { contentType }) }
  }
  const mediaType = headerOf(own, tools) ?? textOf(own.get('ApiProduces')?.arguments[0], tools)
  const kind = mediaType === undefined ? undefined : kindOfMediaType(mediaType)
  if (kind === undefined || mediaType === undefined) return answeredByHand(method, tools)
  return { kind, events: handmade(method, tools), ...(kind === 'sse' ? {} : { contentType: mediaType }) }
}

/** What is written to `@Res()` has its media type in the body of the method. */
function answeredByHand(method: ts.MethodDeclaration, tools: DialectTools): Answer {
  const hasResponse = method.parameters.some((parameter) => {
    const decorators = decoratorsOf(parameter)
    return decorators.has('Res') || decorators.has('Response')
  })
  if (!hasResponse || method.body === undefined) return {}
  const { kind, contentType } = readAnswer(method.body, tools)
  if (kind === undefined) return {}
  return { kind, events: handmade(method, tools), ...(contentType === undefined ? {} : { contentType }) }
}

function handmade(method: ts.MethodDeclaration, tools: DialectTools): Unreadable {
  return tools.unreadable(method, {
    message: 'this method writes its stream by hand, and nothing states what is in it',
    hint: 'write above it @stream with its kind, and @event {T}',
  })
}

function returnsFile(method: ts.MethodDeclaration, tools: DialectTools): boolean {
  const written = argumentsOf(method.type, 'Promise')?.[0] ?? method.type
  if (written !== undefined) return argumentsOf(written, 'StreamableFile') !== undefined
  const signature = tools.checker.getSignatureFromDeclaration(method)
  const returned = signature && tools.checker.getReturnTypeOfSignature(signature)
  const type = returned && tools.checker.getAwaitedType(returned)
  return type?.symbol?.name === 'StreamableFile'
}

/** `type` of `new StreamableFile(bytes, { type: 'application/pdf' })`. */
function fileType(method: ts.MethodDeclaration, tools: DialectTools): string | undefined {
  const made = nodesIn(method, ts.isNewExpression).find(({ expression }) => expression.getText() === 'StreamableFile')
  const options = made?.arguments?.[1]
  return textOf(options && tools.property(options, 'type'), tools)
}

/** `@Header('Content-Type', …)`. */
function headerOf(own: Decorators, tools: DialectTools): string | undefined {
  const [name, value] = own.get('Header')?.arguments ?? []
  return textOf(name, tools)?.toLowerCase() === 'content-type' ? textOf(value, tools) : undefined
}

/** Guards do not say what they look at; a bearer token is what nearly all of them do. */
function authOf(decorators: Decorators): RouteFinding['auth'] {
  if (decorators.has('ApiCookieAuth')) return [COOKIE]
  if (decorators.has('ApiBasicAuth')) return [BASIC]
  return decorators.has('UseGuards') || decorators.has('ApiBearerAuth') ? [BEARER] : undefined
}
