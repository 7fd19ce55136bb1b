/** Paths Object, Path Item Object and Operation Object (OpenAPI 3.2 sections 4.8 to 4.10) to `Operation`. */
import type { OpenAPIV3_1 } from 'openapi-types'
import { InputError } from '../../diagnostics.js'
import type { Operation, Override } from '../../ir.js'
import { readBody, readReplies } from './contents.js'
import { withFernReplies } from './fern.js'
import { child, members, type Node } from './node.js'
import { type OverrideConfig, type OverrideFinder, readOverride } from './overrides.js'
import { readParameters } from './parameters.js'
import { readTemplate } from './path-template.js'
import type { SchemaReader } from './schema.js'
import { readServers, type SecurityReader } from './security.js'
import {
  docsOf,
  entriesAt,
  extensionsOf,
  itemsAt,
  objectAt,
  type Reading,
  refuseShape,
  stringAt,
  textOf,
} from './shape.js'

export type OperationReading = Reading & {
  readonly schemas: SchemaReader
  readonly overrides: OverrideFinder
  readonly security: SecurityReader
  /** How many operations a document may have. */
  readonly maxOperations: number
}

const METHODS = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
] as const satisfies readonly (`${OpenAPIV3_1.HttpMethods}` | 'query')[]
const OTHER_MEMBERS: ReadonlySet<string> = new Set([
  '$ref',
  'summary',
  'description',
  'servers',
  'parameters',
  'additionalOperations',
])

/** Every operation under `paths`, in the order of the document. @throws InputError for a broken shape or too many. */
export function readOperations(root: Node, reading: OperationReading): Operation[] {
  const paths = child(root, 'paths')
  if (paths.value === undefined || objectAt(paths, reading) === undefined) return []
  const operations = members(paths)
    .filter(({ key }) => !key.startsWith('x-'))
    .flatMap(({ key, node }) => readPathItem({ path: key, node, root }, reading))
  if (operations.length > reading.maxOperations) {
    throw new InputError({
      code: 'limit-operations',
      message: `the document has ${operations.length} operations, and the limit "operations" is ${reading.maxOperations}`,
      place: reading.documents.place(paths.at),
      hint: `raise it with --limit operations=${operations.length}`,
    })
  }
  return operations
}

interface Entry {
  readonly path: string
  readonly node: Node
  readonly root: Node
}

function readPathItem({ path, node, root }: Entry, reading: OperationReading): Operation[] {
  const item = objectAt(node, reading) ?? refuseShape(node, 'a path item', reading)
  if (!path.startsWith('/')) {
    reading.report({
      severity: 'warning',
      code: 'path-without-slash',
      message: `the path ${JSON.stringify(path)} does not begin with a slash; one is put in front of it`,
      place: reading.documents.place(node.at),
      hint: 'write the slash',
    })
  }
  const operations: Operation[] = []
  for (const { key, node: operation } of members(item)) {
    if (METHODS.some((method) => method === key)) {
      operations.push(readOperation({ method: key.toUpperCase(), path, operation, item, root }, reading))
    } else if (!OTHER_MEMBERS.has(key) && !key.startsWith('x-')) reportUnknownMember({ key, node: operation }, reading)
  }
  for (const { key, node: operation } of entriesAt(child(item, 'additionalOperations'), reading)) {
    operations.push(
      readOperation({ method: checkedMethod(key, operation, reading), path, operation, item, root }, reading),
    )
  }
  return operations
}

function reportUnknownMember({ key, node }: { key: string; node: Node }, reading: Reading): void {
  reading.report({
    severity: 'warning',
    code: 'unknown-method',
    message: `${JSON.stringify(key)} is no method of a path item and is left out`,
    place: reading.documents.place(node.at),
    hint: 'methods are written in lower case; others belong into "additionalOperations" (OpenAPI 3.2)',
  })
}

/** RFC 9110 section 9.1: a method is a token. */
function checkedMethod(method: string, node: Node, reading: Reading): string {
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) return method
  throw new InputError({
    code: 'method-name',
    message: `${JSON.stringify(method)} cannot be a method (RFC 9110 section 9.1)`,
    place: reading.documents.place(node.at),
    hint: 'use letters, digits and - only',
  })
}

interface Found {
  readonly method: string
  readonly path: string
  readonly operation: Node
  readonly item: Node
  readonly root: Node
}

function readOperation({ method, path, operation, item, root }: Found, reading: OperationReading): Operation {
  const node = objectAt(operation, reading) ?? refuseShape(operation, 'an operation', reading)
  reading.budget.spend(node)
  const place = reading.documents.place(operation.at)
  const operationId = textOf(node, 'operationId', reading)
  const own = child(node, 'security')
  const security = reading.security(own.value === undefined ? child(root, 'security') : own)
  const isSecured = security.some((names) => names.length > 0)
  const lists = { own: child(node, 'parameters'), shared: child(item, 'parameters'), isSecured }
  const declared = readParameters(lists, reading)
  const { segments, parameters, fixedQuery } = readTemplate({ path, declared }, { reading, node: operation })
  const body = readBody(child(node, 'requestBody'), reading)
  const servers = [child(node, 'servers'), child(item, 'servers')].find(({ value }) => value !== undefined)
  const override = overrideOf({ method, path, operationId, node }, reading)
  return {
    ...(operationId === undefined ? {} : { operationId }),
    method,
    path,
    segments,
    ...(fixedQuery === undefined ? {} : { fixedQuery }),
    tags: itemsAt(child(node, 'tags'), reading).flatMap((tag) => stringAt(tag, reading) ?? []),
    docs: docsOf(node),
    parameters,
    ...(body === undefined ? {} : { body }),
    replies: withFernReplies(readReplies(child(node, 'responses'), reading), { operation: node, reading }),
    security,
    ...(servers === undefined ? {} : { servers: readServers(servers, reading) }),
    extensions: extensionsOf(node),
    ...(override === undefined ? {} : { override }),
    place,
  }
}

function overrideOf(
  { method, path, operationId, node }: { method: string; path: string; operationId: string | undefined; node: Node },
  reading: OperationReading,
): Override | undefined {
  const config: OverrideConfig | undefined = reading.overrides({ method, path, operationId })
  return readOverride({ config, extension: child(node, 'x-streamwright') }, reading)
}
