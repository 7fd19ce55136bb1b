/** Security Scheme, Security Requirement and Server Objects (OpenAPI 3.2 sections 4.5, 4.27, 4.30). */
import type { Credential, SecurityScheme, Server, ServerVariable } from '../../ir.js'
import { child, members, type Node } from './node.js'
import { docsOf, entriesAt, itemsAt, objectAt, type Reading, refuseShape, stringAt, textOf } from './shape.js'

/** The schemes that operations may name, in the order of the document. */
export function readSecuritySchemes(root: Node, reading: Reading): SecurityScheme[] {
  const schemes = child(child(root, 'components'), 'securitySchemes')
  if (objectAt(schemes, reading) === undefined) return []
  return members(schemes).map(({ key, node }) => {
    const scheme = objectAt(node, reading) ?? refuseShape(node, 'a security scheme', reading)
    return { name: key, docs: docsOf(scheme), credential: readCredential({ name: key, scheme }, reading) }
  })
}

function readCredential({ name, scheme }: { name: string; scheme: Node }, reading: Reading): Credential {
  const type = textOf(scheme, 'type', reading)
  if (type === 'oauth2' || type === 'openIdConnect') return { kind: 'bearer' }
  if (type === 'basic') return { kind: 'basic' }
  if (type === 'http') return readHttpScheme(textOf(scheme, 'scheme', reading) ?? 'bearer')
  if (type === 'apiKey') {
    const location = child(scheme, 'in').value
    const key = textOf(scheme, 'name', reading)
    if (key !== undefined && (location === 'header' || location === 'query' || location === 'cookie')) {
      if (location === 'query' || /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(key))
        return { kind: 'apiKey', in: location, name: key }
    }
  }
  reading.report({
    severity: 'warning',
    code: 'security-scheme',
    message: `the security scheme "${name}" cannot be carried out by a client in TypeScript; nothing is sent for it`,
    place: reading.documents.place(scheme.at),
    hint: 'supply the credential yourself, by "headers" or by a "fetch" of your own',
  })
  return { kind: 'none' }
}

function readHttpScheme(scheme: string): Credential {
  const name = scheme.toLowerCase()
  if (name === 'bearer' || name === 'basic') return { kind: name }
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(scheme) ? { kind: 'http', scheme } : { kind: 'none' }
}

/** Alternatives of schemes that are used together. A requirement's scopes are for the server alone. */
export type SecurityReader = (node: Node) => string[][]

/** Reads requirements, and warns once of each scheme that they name and the document does not declare. */
export function newSecurityReader(root: Node, reading: Reading): SecurityReader {
  const known = new Set(members(child(child(root, 'components'), 'securitySchemes')).map(({ key }) => key))
  const check = (key: string, node: Node): void => {
    if (known.has(key)) return
    known.add(key)
    reading.report({
      severity: 'warning',
      code: 'security-undeclared',
      message: `there is no security scheme ${JSON.stringify(key)}; nothing is sent for it`,
      place: reading.documents.place(node.at),
      hint: 'declare it under "securitySchemes", or correct the name',
    })
  }
  return (node) =>
    itemsAt(node, reading).map((requirement) => {
      reading.budget.spend(requirement)
      const object = objectAt(requirement, reading) ?? refuseShape(requirement, 'a security requirement', reading)
      return members(object).map(({ key, node: scopes }) => {
        check(key, scopes)
        return key
      })
    })
}

/** The servers at `node`; none where there is nothing. */
export function readServers(node: Node, reading: Reading): Server[] {
  return itemsAt(node, reading).map((item) => {
    const server = objectAt(item, reading) ?? refuseShape(item, 'a server', reading)
    const name = textOf(server, 'name', reading)
    return {
      url: textOf(server, 'url', reading) ?? '/',
      ...(name === undefined ? {} : { name }),
      docs: docsOf(server),
      variables: entriesAt(child(server, 'variables'), reading).map((variable) => readVariable(variable, reading)),
    }
  })
}

function readVariable({ key, node: at }: { key: string; node: Node }, reading: Reading): ServerVariable {
  const node = objectAt(at, reading) ?? refuseShape(at, 'a server variable', reading)
  const preset = child(node, 'default')
  const values = itemsAt(child(node, 'enum'), reading).flatMap((value) => stringAt(value, reading) ?? [])
  return {
    name: key,
    default: preset.value === undefined ? (values[0] ?? '') : String(stringAt(preset, reading)),
    ...(values.length === 0 ? {} : { values }),
    docs: docsOf(node),
  }
}
