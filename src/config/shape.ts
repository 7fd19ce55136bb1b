/** Shapes that values from outside must have, as data, and the search for the first place where a value has not. */
import { nearest } from '../nearest.js'

export type Shape =
  | { readonly kind: 'text' | 'flag' | 'count' | 'json' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }
  | { readonly kind: 'text or list of texts' }
  | {
      readonly kind: 'object'
      readonly members: { readonly [name: string]: Shape }
      readonly required: readonly string[]
    }

export interface Fault {
  /** What is wrong, with the key that it is about. */
  readonly message: string
  readonly hint: string
}

interface Look {
  readonly value: unknown
  readonly shape: Shape
  /** The key as one would write it in code, such as `operations["GET /events"].kind`; empty for the whole. */
  readonly key: string
}

/** Pure. A member that is `undefined` counts as absent. */
export function findFault(value: unknown, shape: Shape): Fault | undefined {
  return look({ value, shape, key: '' })
}

function look({ value, shape, key }: Look): Fault | undefined {
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string' && value !== '' ? undefined : wrong({ value, key }, 'a text that is not empty')
    case 'flag':
      return typeof value === 'boolean' ? undefined : wrong({ value, key }, 'true or false')
    case 'count':
      return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
        ? undefined
        : wrong({ value, key }, 'a whole number above 0')
    case 'json':
      return isJson(value) ? undefined : wrong({ value, key }, 'a JSON value')
    case 'choice':
      return shape.values.some((choice) => choice === value) ? undefined : wrongChoice({ value, key }, shape.values)
    case 'text or list of texts':
      return Array.isArray(value)
        ? look({ value, shape: { kind: 'list', of: { kind: 'text' } }, key })
        : typeof value === 'string'
          ? look({ value, shape: { kind: 'text' }, key })
          : wrong({ value, key }, 'a text or a list of texts')
    case 'list':
      if (!Array.isArray(value)) return wrong({ value, key }, 'a list')
      return first(value.map((item: unknown, index) => ({ value: item, shape: shape.of, key: `${key}[${index}]` })))
    case 'map':
      if (!isRecord(value)) return wrong({ value, key }, 'an object')
      return first(Object.keys(value).map((name) => ({ value: value[name], shape: shape.of, key: join(key, name) })))
    case 'object':
      return lookAtObject({ value, key }, shape)
  }
}

function lookAtObject({ value, key }: Omit<Look, 'shape'>, shape: Shape & { kind: 'object' }): Fault | undefined {
  if (!isRecord(value)) return wrong({ value, key }, 'an object')
  const names = Object.keys(shape.members)
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(shape.members, name))
  if (unknown !== undefined) {
    const near = nearest(unknown, names)
    return {
      message: `there is no option "${join(key, unknown)}"`,
      hint: near === undefined ? `the options here are ${names.join(', ')}` : `did you mean "${near}"?`,
    }
  }
  const missing = shape.required.find((name) => value[name] === undefined)
  if (missing !== undefined) return { message: `"${join(key, missing)}" is missing`, hint: 'add it' }
  const present = Object.entries(shape.members).filter(([name]) => value[name] !== undefined)
  return first(present.map(([name, member]) => ({ value: value[name], shape: member, key: join(key, name) })))
}

function first(looks: readonly Look[]): Fault | undefined {
  for (const one of looks) {
    const fault = look(one)
    if (fault) return fault
  }
  return undefined
}

function wrong({ value, key }: Omit<Look, 'shape'>, expected: string): Fault {
  const subject = key === '' ? 'the config' : `"${key}"`
  return { message: `${subject} must be ${expected}, not ${describe(value)}`, hint: 'correct the value' }
}

function wrongChoice({ value, key }: Omit<Look, 'shape'>, values: readonly string[]): Fault {
  const fault = wrong(
    { value, key },
    values
      .map((choice) => `"${choice}"`)
      .join(', ')
      .replace(/, ([^,]*)$/, ' or $1'),
  )
  const near = typeof value === 'string' ? nearest(value, values) : undefined
  return near === undefined ? fault : { ...fault, hint: `did you mean "${near}"?` }
}

function describe(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === '') return 'an empty text'
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (Array.isArray(value)) return 'a list'
  if (value === undefined) return 'nothing'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function join(key: string, name: string): string {
  if (!/^[\w$]+$/.test(name)) return `${key}[${JSON.stringify(name)}]`
  return key === '' ? name : `${key}.${name}`
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined
  } catch {
    return false
  }
}
