/** An OpenAPI document to `Api`: what is read here is not judged yet. */
import { InputError, type Report } from '../../diagnostics.js'
import type { Api } from '../../ir.js'
import type { Limits } from '../../limits.js'
import { newBudget } from './budget.js'
import { child, type Documents, type Node } from './node.js'
import { readOperations } from './operations.js'
import type { OverrideConfig, OverrideFinder } from './overrides.js'
import { newSchemaReader } from './schema.js'
import { newSecurityReader, readSecuritySchemes, readServers } from './security.js'
import { docsOf, objectAt, type Reading, textOf } from './shape.js'
import { checkUnread } from './unread.js'

export interface ApiOptions {
  readonly report: Report
  readonly limits: Limits
  /** `operations` of the config file, by `METHOD path` or operationId. */
  readonly overrides: Readonly<Record<string, OverrideConfig>>
}

/**
 * Reads the document as it stands after loading and upgrading.
 * @throws InputError with the place of what is broken.
 */
export function readApi(documents: Documents, { limits, overrides, ...options }: ApiOptions): Api {
  const report = once(options.report)
  const budget = newBudget(documents, limits)
  const reading: Reading = { documents, report, budget }
  const root = documents.entry
  const info = objectAt(child(root, 'info'), reading) ?? child(root, 'info')
  const schemas = newSchemaReader(documents, { report, limits, budget })
  checkUnread(root, reading)
  const used = new Set<string>()
  const operations = readOperations(root, {
    ...reading,
    schemas,
    overrides: finder(overrides, used),
    security: newSecurityReader(root, reading),
    maxOperations: limits.operations,
  })
  if (operations.length === 0) reportNothing(root, reading)
  const unused = Object.keys(overrides).find((key) => !used.has(key))
  if (unused !== undefined) {
    throw new InputError({
      code: 'override-unused',
      message: `the config file states something of "${unused}", and there is no such operation`,
      place: documents.place(root.at),
      hint: 'name it by method and path as the document has them ("GET /events"), or by its operationId',
    })
  }
  return {
    title: textOf(info, 'title', reading) ?? '',
    version: versionOf(info, reading),
    docs: docsOf(info),
    servers: readServers(child(root, 'servers'), reading),
    securitySchemes: readSecuritySchemes(root, reading),
    operations,
    types: schemas,
  }
}

/** What operations share is read for each of them, and complained of once. */
function once(report: Report): Report {
  const told = new Set<string>()
  return (problem) => {
    const { code, message, place } = problem
    const id = `${code} ${message} ${place?.file ?? ''}#${place?.pointer ?? ''}`
    if (told.has(id)) return
    told.add(id)
    report(problem)
  }
}

function reportNothing(root: Node, { documents, report }: Reading): void {
  const hint =
    child(root, 'webhooks').value === undefined
      ? 'add operations under "paths"'
      : 'webhooks are requests that the server sends: a client answers none of them'
  report({
    severity: 'warning',
    code: 'no-operations',
    message: 'the document has no operation under "paths"; no function is generated',
    place: documents.place(child(root, 'paths').value === undefined ? root.at : child(root, 'paths').at),
    hint,
  })
}

/** YAML reads `version: 1.0` as a number. */
function versionOf(info: Node, reading: Reading): string {
  const { value } = child(info, 'version')
  return typeof value === 'number' ? String(value) : (textOf(info, 'version', reading) ?? '')
}

function finder(overrides: ApiOptions['overrides'], used: Set<string>): OverrideFinder {
  return ({ method, path, operationId }) => {
    const key = [`${method} ${path}`, operationId].find((name) => name !== undefined && Object.hasOwn(overrides, name))
    if (key === undefined) return undefined
    used.add(key)
    return overrides[key]
  }
}
