/** One walk over a whole document, for all that must be known of it before anything else looks at it. */
import { type Limits, limitError } from '../../limits.js'

export interface Survey {
  /** Members of all objects together. */
  readonly members: number
  /** The references that lead into other documents or may do so, each once, in the order of the walk. */
  readonly references: readonly string[]
  /** An object has a key called `__proto__`. */
  readonly hasProto: boolean
}

/**
 * What the keys of an object are: keywords of the specification, names that the author chose, or parts of a value that
 * is only shown (an example, a default), in which nothing is a reference.
 */
type Role = 'keywords' | 'names' | 'data'

const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...[
    ...['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions', 'schemas', 'responses'],
    ...['headers', 'requestBodies', 'securitySchemes', 'securityDefinitions', 'links', 'callbacks', 'pathItems'],
    ...['paths', 'webhooks', 'mediaTypes', 'content', 'encoding', 'variables', 'mapping', 'scopes'],
    ...['additionalOperations', 'parameters'],
  ].map((key): [string, Role] => [key, 'names']),
  ...['enum', 'const', 'default', 'example', 'examples', 'x-example', 'x-examples', 'dataValue'].map(
    (key): [string, Role] => [key, 'data'],
  ),
])

/** @throws InputError of the limit `depth`. */
export function survey(root: unknown, { file, limits }: { readonly file: string; readonly limits: Limits }): Survey {
  const references = new Set<string>()
  const values: object[] = []
  const roles: Role[] = []
  const depths: number[] = []
  let members = 0
  let hasProto = false
  const push = (value: unknown, role: Role, depth: number): void => {
    if (typeof value !== 'object' || value === null) return
    if (depth > limits.depth) {
      const message = 'the document is nested more deeply than'
      throw limitError({ name: 'depth', limits, message, place: { file } })
    }
    values.push(value)
    roles.push(role)
    depths.push(depth)
  }
  push(root, 'keywords', 1)
  for (let value = values.pop(); value !== undefined; value = values.pop()) {
    const role = roles.pop() ?? 'data'
    const depth = (depths.pop() ?? 0) + 1
    if (Array.isArray(value)) {
      for (const item of value) push(item, role === 'names' ? 'keywords' : role, depth)
      continue
    }
    for (const [key, member] of Object.entries(value)) {
      members++
      if (typeof member === 'string') {
        if (key === '$ref' && role !== 'data' && !member.startsWith('#')) references.add(member)
      } else push(member, roleOf(key, role), depth)
      if (key === '__proto__') hasProto = true
    }
  }
  return { members, references: [...references], hasProto }
}

function roleOf(key: string, role: Role): Role {
  if (role === 'keywords') return ROLES.get(key) ?? 'keywords'
  return role === 'names' ? 'keywords' : 'data'
}
