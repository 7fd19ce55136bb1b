/** One walk over a whole document, for all that must be known of it before anything else looks at it. */
import { type Limits, limitError } from '../../limits.js'
import { escapeSegment, isObject } from './node.js'

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

export interface SurveyOptions {
  readonly limits: Limits
  /** As in `Place.file`. */
  readonly file: string
}

/** @throws InputError of the limit `depth`. */
export function survey(root: unknown, { limits, file }: SurveyOptions): Survey {
  const references = new Set<string>()
  let members = 0
  let hasProto = false
  // Three lists in step, and keys without their values: with a list of objects it takes three times as long.
  const parents: unknown[] = []
  const roles: Role[] = []
  const depths: number[] = []
  const enter = (value: unknown, role: Role, depth: number): void => {
    if (depth > limits.depth) {
      throw limitError({
        name: 'depth',
        limits,
        message: 'the document is nested more deeply than',
        place: { file, pointer: pointerOfDepth(root, limits.depth) },
      })
    }
    parents.push(value)
    roles.push(role)
    depths.push(depth)
  }
  if (isParent(root)) enter(root, 'keywords', 1)
  while (parents.length > 0) {
    const parent = parents.pop()
    const role = roles.pop() ?? 'data'
    const depth = (depths.pop() ?? 0) + 1
    if (Array.isArray(parent)) {
      for (const item of parent) if (isParent(item)) enter(item, role === 'names' ? 'keywords' : role, depth)
    } else if (isObject(parent)) {
      for (const key of Object.keys(parent)) {
        const member = parent[key]
        members++
        if (isParent(member)) enter(member, roleOf(key, role), depth)
        else if (key === '$ref' && isForeign(member) && role !== 'data') references.add(member)
        if (key === '__proto__') hasProto = true
      }
    }
  }
  return { members, references: [...references], hasProto }
}

/** The pointer of a value that has `depth` objects and arrays around it, in a value that has such. */
function pointerOfDepth(root: unknown, depth: number): string {
  const open: { readonly value: object; readonly keys: readonly string[]; next: number }[] = []
  const enter = (value: object): void => {
    open.push({ value, keys: Object.keys(value), next: 0 })
  }
  if (isParent(root)) enter(root)
  for (let last = open.at(-1); last !== undefined && open.length <= depth; last = open.at(-1)) {
    const key = last.keys[last.next++]
    const member: unknown = key === undefined ? undefined : Reflect.get(last.value, key)
    if (key === undefined) open.pop()
    else if (isParent(member)) enter(member)
  }
  return open
    .slice(0, -1)
    .map(({ keys, next }) => `/${escapeSegment(keys[next - 1] ?? '')}`)
    .join('')
}

function isParent(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isForeign(reference: unknown): reference is string {
  return typeof reference === 'string' && !reference.startsWith('#')
}

function roleOf(key: string, role: Role): Role {
  if (role === 'keywords') return ROLES.get(key) ?? 'keywords'
  return role === 'names' ? 'keywords' : 'data'
}
