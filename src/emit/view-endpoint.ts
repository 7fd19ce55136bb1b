/** One endpoint as a function of the output, with the types that belong to it alone. */
import { assertNever } from '../diagnostics.js'
import type { Answer, Endpoint, ErrorReply, SecurityScheme, SseEvent, Type, TypeTable } from '../ir.js'
import { parseMediaType } from '../media-type.js'
import { comment, key, str, typeKey } from './encode.js'
import { fileExtension } from './file-extension.js'
import type { Imports } from './imports.js'
import type { Naming } from './naming.js'
import type { EntryView, FieldView, FunctionView, ShapeView } from './view.js'
import { viewAccept } from './view-accept.js'
import { type Params, viewParams } from './view-params.js'
import { viewRequest } from './view-request.js'
import { viewSocket } from './view-socket.js'

export interface EndpointContext {
  readonly naming: Naming
  readonly imports: Imports
  readonly schemes: readonly SecurityScheme[]
  readonly types: TypeTable
  readonly errors: readonly ErrorReply[]
  /** The operation's functions that stand above this one in the file declare the errors already. */
  readonly declaresErrors: boolean
  readonly baseUrl?: string
  readonly printRequest: (type: Type, indent: number) => string
  readonly printForm: (type: Type, indent: number) => string
  readonly printResponse: (type: Type, indent: number) => string
}

const MAX_LINE = 120

export function viewEndpoint(endpoint: Endpoint, context: EndpointContext): FunctionView {
  const { naming, imports } = context
  const name = naming.functions.get(endpoint) ?? ''
  const params = viewParams(endpoint, {
    name: naming.roleName(endpoint, 'Params'),
    functionName: name,
    context: { imports, print: context.printRequest, printForm: context.printForm },
  })
  const errors = viewErrors(endpoint, context)
  const call = viewCall(endpoint, { context, errorsName: errors?.name })
  const { keys, bodyKey } = params
  const { schemes, baseUrl } = context
  const request = viewRequest(endpoint, {
    imports,
    keys,
    bodyKey,
    schemes,
    ...(baseUrl === undefined ? {} : { baseUrl }),
  })
  return {
    shapes: [
      ...(params.shape === undefined ? [] : [params.shape]),
      ...call.shapes,
      ...(errors === undefined || !context.declaresErrors ? [] : [errors]),
    ],
    docs: comment(endpoint.operation.docs, { indent: 0, extra: [`\`${summary(endpoint)}\``] }),
    name,
    parameters: signature({ params, options: call.options }),
    returns: call.returns,
    open: call.open,
    request,
    plan: [...viewAccept(endpoint), ...call.plan],
  }
}

/** What a download is called where the server gives no name (RFC 6266 leaves it open). */
function fallbackName(endpoint: Endpoint, { naming }: Pick<EndpointContext, 'naming'>): string {
  const essence = parseMediaType(endpoint.accept[0] ?? '')?.essence ?? ''
  return (naming.functions.get(endpoint) ?? 'download') + fileExtension(essence)
}

function summary({ operation, accept }: Endpoint): string {
  const request = `${operation.method} ${operation.path}`.replaceAll('`', "'")
  return accept.length === 0 ? request : `${request} → ${accept.join(', ').replaceAll('`', "'")}`
}

function signature({ params, options }: { params: Params; options: string }): string {
  const { shape, isOptional } = params
  const parts = [
    ...(shape === undefined ? [] : [`params: ${shape.name}${isOptional ? ' = {}' : ''}`]),
    `options?: ${options}`,
  ]
  const line = parts.join(', ')
  return line.length < MAX_LINE - 40 ? line : `\n${parts.map((part) => `  ${part},\n`).join('')}`
}

/** The bodies of error replies by status; one interface for all functions of the operation. */
function viewErrors(endpoint: Endpoint, { naming, errors, printResponse }: EndpointContext): ShapeView | undefined {
  if (errors.length === 0) return undefined
  const fields = errors.map(({ status, type }): FieldView => {
    return {
      docs: '',
      key: /^[1-5]\d\d$/.test(status) ? status : typeKey(status),
      mark: '',
      type: printResponse(type, 2),
    }
  })
  const { method, path } = endpoint.operation
  const docs = comment({ text: `Bodies of the error replies of \`${method} ${path}\`, by status.` }, { indent: 0 })
  return { docs, name: naming.roleName(endpoint, 'Errors'), isInterface: true, fields, type: '' }
}

interface Call {
  readonly shapes: readonly ShapeView[]
  readonly options: string
  readonly returns: string
  readonly open: string
  readonly plan: readonly EntryView[]
}

interface CallContext {
  readonly context: EndpointContext
  readonly errorsName: string | undefined
}

/** Which function of the runtime is called, with which types. */
function viewCall(endpoint: Endpoint, { context, errorsName }: CallContext): Call {
  const { answer } = endpoint
  const { imports } = context
  const further = errorsName === undefined ? '' : `, ${errorsName}`
  const alone = errorsName === undefined ? '' : `<${errorsName}>`
  switch (answer.kind) {
    case 'sse':
      return viewSse({ endpoint, answer, context, further })
    case 'ndjson':
    case 'json-seq': {
      const { text, shapes } = namedType({ endpoint, role: 'Item', type: answer.item, context })
      const open = imports.value(answer.kind === 'ndjson' ? 'openNdjson' : 'openJsonSequence')
      return {
        shapes,
        options: `${imports.type('RecordOptions')}<${text}${further}>`,
        returns: `${imports.type('RecordStream')}<${text}>`,
        open: `${open}<${text}${further}>`,
        plan: texts({ unwrap: answer.unwrap, remoteErrorField: answer.remoteErrorField }),
      }
    }
    case 'text':
      return plain(
        { options: 'TextOptions', returns: imports.type('TextStream'), open: 'openText' },
        { imports, alone },
      )
    case 'binary': {
      const call = plain(
        { options: 'BinaryOptions', returns: imports.type('BinaryStream'), open: 'openBinary' },
        { imports, alone },
      )
      return { ...call, plan: [{ key: 'fileName', value: str(fallbackName(endpoint, context)) }] }
    }
    case 'websocket':
      return viewSocket(answer, {
        imports,
        types: context.types,
        nameOf: (role, type) => namedType({ endpoint, role, type, context }),
      })
    case 'void':
      return plain({ options: 'RequestOptions', returns: 'Promise<void>', open: 'requestVoid' }, { imports, alone })
    case 'json': {
      const { text, shapes } = namedType({ endpoint, role: 'Result', type: answer.type, context })
      const result = answer.orNothing ? `${text} | undefined` : text
      return {
        shapes,
        options: `${imports.type('RequestOptions')}${alone}`,
        returns: `Promise<${result}>`,
        open: `${imports.value('requestJson')}<${result}${further}>`,
        plan: [],
      }
    }
    default:
      return assertNever(answer)
  }
}

function plain(
  { options, returns, open }: { options: string; returns: string; open: string },
  { imports, alone }: { imports: Imports; alone: string },
): Call {
  return {
    shapes: [],
    options: `${imports.type(options)}${alone}`,
    returns,
    open: `${imports.value(open)}${alone}`,
    plan: [],
  }
}

type NamedRole = 'Item' | 'Message' | 'Result'

const ABOUT: Readonly<Record<NamedRole, string>> = {
  Item: 'One record of',
  Message: 'One message that is sent by',
  Result: 'What is answered to',
}

/** The text of a type: short ones in place, long ones under a name of their own. */
function namedType({
  endpoint,
  role,
  type,
  context,
}: {
  endpoint: Endpoint
  role: NamedRole
  type: Type
  context: EndpointContext
}): { text: string; shapes: ShapeView[] } {
  const text = role === 'Message' ? context.printRequest(type, 0) : context.printResponse(type, 0)
  if (!text.includes('\n') && text.length < 60) return { text, shapes: [] }
  const name = context.naming.roleName(endpoint, role)
  const about = ABOUT[role]
  const docs = comment({ text: `${about} \`${context.naming.functions.get(endpoint) ?? ''}\`.` }, { indent: 0 })
  return { text: name, shapes: [{ docs, name, isInterface: false, fields: [], type: text }] }
}

function viewSse({
  endpoint,
  answer,
  context,
  further,
}: {
  endpoint: Endpoint
  answer: Extract<Answer, { kind: 'sse' }>
  context: EndpointContext
  further: string
}): Call {
  const { imports, naming } = context
  const name = naming.roleName(endpoint, 'Events')
  return {
    shapes: [eventsShape({ name, answer, functionName: naming.functions.get(endpoint) ?? '', context })],
    options: `${imports.type('SseOptions')}<${name}${further}>`,
    returns: `${imports.type('SseStream')}<${name}>`,
    open: `${imports.value('openSse')}<${name}${further}>`,
    plan: ssePlan(answer),
  }
}

function eventsShape({
  name,
  answer,
  functionName,
  context,
}: {
  name: string
  answer: Extract<Answer, { kind: 'sse' }>
  functionName: string
  context: EndpointContext
}): ShapeView {
  const [only] = answer.events
  if (only !== undefined && only.name === null) {
    const docs = comment({ text: `The events of \`${functionName}\`: the document declares no names.` }, { indent: 0 })
    return {
      docs,
      name,
      isInterface: false,
      fields: [],
      type: `Record<string, ${context.printResponse(only.type, 0)}>`,
    }
  }
  const docs = comment({ text: `The events of \`${functionName}\`, by name.` }, { indent: 0 })
  const fields = answer.events.map(({ name: event, type }): FieldView => {
    return { docs: '', key: typeKey(event ?? 'message'), mark: '', type: context.printResponse(type, 2) }
  })
  return { docs, name, isInterface: true, fields, type: '' }
}

/** The members that are there, as string literals. */
function texts(members: Readonly<Record<string, string | undefined>>): EntryView[] {
  return Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [{ key: name, value: str(value) }],
  )
}

function ssePlan({ events, sentinel, remoteErrorEvent }: Extract<Answer, { kind: 'sse' }>): EntryView[] {
  const named = events.filter((event): event is SseEvent & { name: string } => event.name !== null)
  const unnamed = events.find(({ name }) => name === null)
  const terminal = named.filter((event) => event.terminal)
  return [
    ...(named.length === 0 ? [] : [{ key: 'events', value: payloads(named) }]),
    ...(unnamed?.payload === 'text' ? [{ key: 'data', value: "'text'" }] : []),
    ...texts({ sentinel, remoteErrorEvent }),
    ...(terminal.length === 0
      ? []
      : [{ key: 'terminal', value: `[${terminal.map(({ name }) => str(name)).join(', ')}]` }]),
  ]
}

function payloads(named: readonly (SseEvent & { name: string })[]): string {
  const members = named.map(({ name, payload }) => {
    // TypeScript takes a member that every object has, such as `constructor`, for that one, and the literal for a `string`.
    return `${key(name)}: '${payload}'${name in Object.prototype ? ' as const' : ''}`
  })
  const line = `{ ${members.join(', ')} }`
  return line.length < 90 ? line : `{\n${members.map((member) => `      ${member},\n`).join('')}    }`
}
