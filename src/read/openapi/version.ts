/** Which specification a document follows, and whether its outermost members have the shape that one demands. */
import { InputError } from '../../diagnostics.js'
import { isObject, type JsonObject } from './node.js'

export type Version = '2.0' | '3.0' | '3.1' | '3.2'

const SUPPORTED = 'use an OpenAPI document of version 2.0, 3.0, 3.1 or 3.2'

export interface Root {
  readonly file: string
  readonly value: unknown
}

/**
 * Checks the root of the document that the user named.
 * @throws InputError of code `version`, or `shape` with the place of what is wrong.
 */
export function checkRoot({ file, value }: Root): { readonly version: Version; readonly root: JsonObject } {
  if (!isObject(value)) {
    throw new InputError({
      code: 'shape',
      message: `an OpenAPI document is an object, and this is ${describe(value)}`,
      place: { file, pointer: '' },
      hint: SUPPORTED,
    })
  }
  const version = versionOf(value, file)
  const objects = version === '2.0' ? OBJECTS_2 : OBJECTS_3
  for (const key of objects) checkMember({ file, value }, key)
  return { version, root: value }
}

const OBJECTS_2 = ['info', 'paths', 'definitions', 'parameters', 'responses', 'securityDefinitions']
const OBJECTS_3 = ['info', 'paths', 'webhooks', 'components']

function checkMember({ file, value }: { readonly file: string; readonly value: JsonObject }, key: string): void {
  if (!Object.hasOwn(value, key)) return
  const member = value[key]
  // An empty `components:` in YAML is null, and does no harm.
  if (isObject(member) || (member === null && key !== 'paths' && key !== 'info')) return
  throw new InputError({
    code: 'shape',
    message: `"${key}" is an object, and there is ${describe(member)}`,
    place: { file, pointer: `/${key}` },
    hint: 'correct the document, or run a validator over it to see all such places',
  })
}

/** The version that a root states; a number where YAML makes one of `3.1`. `undefined` where it states none. */
export function statedVersion(root: JsonObject): Version | undefined {
  if (isStated(root, 'swagger')) return /^2\.0$/.test(textOf(root['swagger'])) ? '2.0' : undefined
  if (!isStated(root, 'openapi')) return undefined
  const minor = /^3\.([0-2])(\.\d+)?([-+][\w.-]+)?$/.exec(textOf(root['openapi']))?.[1]
  switch (minor) {
    case '0':
      return '3.0'
    case '1':
      return '3.1'
    case '2':
      return '3.2'
    default:
      return undefined
  }
}

function versionOf(root: JsonObject, file: string): Version {
  const version = statedVersion(root)
  if (version !== undefined) return version
  const key = ['openapi', 'swagger'].find((name) => isStated(root, name))
  if (key !== undefined) {
    const message = `version ${JSON.stringify(root[key])?.slice(0, 60)} of "${key}" is not supported`
    throw new InputError({ code: 'version', message, place: { file, pointer: `/${key}` }, hint: SUPPORTED })
  }
  const other = OTHERS.find(({ member }) => isStated(root, member))
  throw new InputError({
    code: 'version',
    message: other
      ? `this is ${other.name} and no OpenAPI document`
      : 'there is neither "openapi" nor "swagger" in this document',
    place: { file, pointer: other ? `/${other.member}` : '' },
    hint: SUPPORTED,
  })
}

const OTHERS = [
  { member: 'asyncapi', name: 'an AsyncAPI document' },
  { member: 'arazzo', name: 'an Arazzo document' },
  { member: 'overlay', name: 'an OpenAPI Overlay' },
  { member: 'swaggerVersion', name: 'a Swagger 1 document' },
] as const

function isStated(root: JsonObject, key: string): boolean {
  return Object.hasOwn(root, key)
}

/** `3` and `2` are what YAML and JSON make of an unquoted `3.0` and `2.0`. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value)
  return typeof value === 'string' ? value.trim() : ''
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
