/** One document in memory, as the loader would hand it to the schema reader. */
import type { Problem } from '../../src/diagnostics.js'
import { printDeclaration } from '../../src/emit/print-type.js'
import type { TypeId } from '../../src/ir.js'
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.js'
import { child, type Documents, isObject, type Node } from '../../src/read/openapi/node.js'
import { newSchemaReader, type SchemaReader } from '../../src/read/openapi/schema.js'

function documentsOf(value: unknown): Documents {
  const entry: Node = { value, at: { file: 'api.json', pointer: '' } }
  const resolve: Documents['resolve'] = (reference) => {
    const tokens = decodeURI(reference).slice(1).split('/').slice(1)
    return tokens.reduce<Node>((node, token) => child(node, token.replaceAll('~1', '/').replaceAll('~0', '~')), entry)
  }
  return {
    entry,
    resolve,
    follow: (node) =>
      isObject(node.value) && typeof node.value['$ref'] === 'string' ? resolve(node.value['$ref'], node.at) : node,
    place: ({ file, pointer }) => ({ file, pointer }),
  }
}

export interface Reading {
  readonly reader: SchemaReader
  readonly warnings: readonly Problem[]
  /** The schema of a component, as a reference. */
  readonly refTo: (name: string) => Node
  /** A component as it is declared; the lines of the text. */
  readonly print: (name: string, direction?: 'request' | 'form' | 'response') => string[]
}

export function readSchemas(schemas: { readonly [name: string]: unknown }, limits: Partial<Limits> = {}): Reading {
  const warnings: Problem[] = []
  const report = (problem: Problem): void => {
    warnings.push(problem)
  }
  const documents = documentsOf({ components: { schemas } })
  const reader = newSchemaReader(documents, { report, limits: { ...DEFAULT_LIMITS, ...limits } })
  const refTo = (name: string): Node => ({
    value: { $ref: `#/components/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` },
    at: { file: 'api.json', pointer: '/paths/x' },
  })
  const nameOf = (id: TypeId): string => reader.get(id).name.replaceAll(/\W/g, '_')
  const print: Reading['print'] = (name, direction = 'response') => {
    const type = reader.read(refTo(name))
    if (type.kind !== 'ref') throw new Error(`${name} is a ${type.kind}`)
    const declaration = reader.get(type.id)
    return printDeclaration(declaration, { nameOf, indent: 0, direction, name: nameOf(type.id) }).split('\n')
  }
  return { reader, warnings, refTo, print }
}
