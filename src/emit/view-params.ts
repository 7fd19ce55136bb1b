/** The flat object of parameters that a function takes, as an interface. */
import type { Body, BodyContent, Endpoint, Exclusion, Field, Json, Parameter, Type } from '../ir.js'
import { isAbsentFromObjects, parameterKeys } from '../names.js'
import { comment, json, str, typeKey } from './encode.js'
import type { Imports } from './imports.js'
import type { FieldView, ShapeView } from './view.js'
import { isSelected } from './view-request.js'

export interface ParamsContext {
  readonly imports: Imports
  /** The text of a type that travels in requests. */
  readonly print: (type: Type, indent: number) => string
  /** The text of one that travels as a form, which carries octets as such. */
  readonly printForm: (type: Type, indent: number) => string
}

export interface Params {
  /** Absent where the function takes none. */
  readonly shape?: ShapeView
  /** Every field may be left out. */
  readonly isOptional: boolean
  readonly keys: readonly string[]
  readonly bodyKey: string
}

/** Lays out parameters and body of one function under distinct keys. */
export function viewParams(
  endpoint: Endpoint,
  { name, functionName, context }: { name: string; functionName: string; context: ParamsContext },
): Params {
  const { operation, selection } = endpoint
  const keys = parameterKeys(operation.parameters, ['body', 'contentType'])
  const bodyKey = 'body'
  const fields = operation.parameters.flatMap((parameter, index): FieldView[] => {
    if (isSelected(parameter, selection)) return []
    return [parameterField(parameter, { name: keys[index] ?? parameter.name, endpoint, context })]
  })
  const { body } = operation
  if (fields.length === 0 && body === undefined) return { isOptional: true, keys, bodyKey }
  const docs = comment({ text: `Parameters of \`${functionName}\`.` }, { indent: 0 })
  const isOptional =
    body?.required !== true && fields.every(({ mark }) => mark === '?') && keys.every(isAbsentFromObjects)
  const [only, ...others] = body?.contents ?? []
  if (body === undefined || only === undefined || others.length === 0) {
    const all =
      body === undefined || only === undefined ? fields : [...fields, bodyField(only, { body, endpoint, context })]
    return { shape: { docs, name, isInterface: true, fields: all, type: '' }, isOptional, keys, bodyKey }
  }
  const choices = body.contents.map((content, index) => {
    return `\n  | ${bodyChoice(content, { isFirst: index === 0, body, endpoint, context })}`
  })
  const type = fields.length === 0 ? choices.join('') : ` & (${choices.join('')}\n)`
  return { shape: { docs, name, isInterface: false, fields, type }, isOptional, keys, bodyKey }
}

function parameterField(
  parameter: Parameter,
  { name, endpoint, context }: { name: string; endpoint: Endpoint; context: ParamsContext },
): FieldView {
  const { excluded } = endpoint
  const isExcluded = excluded !== undefined && excluded.in === parameter.in && excluded.name === parameter.name
  const type = isExcluded ? literals(excluded.values) : context.print(parameter.type, 2)
  return {
    docs: comment(parameter.docs, { indent: 2 }),
    key: typeKey(name),
    mark: parameter.required ? '' : '?',
    type: parameter.required || type === 'unknown' ? type : `${type} | undefined`,
  }
}

function literals(values: readonly Json[]): string {
  return values.map(json).join(' | ')
}

interface BodyContext {
  readonly body: Body
  readonly endpoint: Endpoint
  readonly context: ParamsContext
}

function bodyField(content: BodyContent, { body, endpoint, context }: BodyContext): FieldView {
  const type = bodyType(content, { endpoint, context })
  const isRequired = isBodyRequired(content, { body, endpoint })
  return {
    docs: comment(body.docs, { indent: 2 }),
    key: 'body',
    mark: isRequired ? '' : '?',
    type: isRequired || type === 'unknown' ? type : `${type} | undefined`,
  }
}

/** A body that has nothing but the field that is set for the caller need not be given. */
function isBodyRequired(
  { type }: BodyContent,
  { body, endpoint: { selection } }: Pick<BodyContext, 'body' | 'endpoint'>,
): boolean {
  if (!body.required || selection?.in !== 'body' || type.kind !== 'object') return body.required
  return type.rest !== undefined || type.fields.some(({ name }) => name !== selection.name)
}

/** One media type of several: the first is the default, the others are asked for by `contentType`. */
function bodyChoice(
  content: BodyContent,
  { isFirst, body, endpoint, context }: BodyContext & { isFirst: boolean },
): string {
  const mark = body.required || !isFirst ? '' : '?'
  const type = bodyType(content, { endpoint, context })
  return `{ body${mark}: ${type}; contentType${isFirst ? '?' : ''}: ${str(content.mediaType)}${isFirst ? ' | undefined' : ''} }`
}

function bodyType(content: BodyContent, { endpoint, context }: { endpoint: Endpoint; context: ParamsContext }): string {
  if (content.format === 'text') return 'string'
  if (content.format === 'binary') return context.imports.type('BinaryContent')
  const { selection, excluded } = endpoint
  const sent = content.format === 'multipart' ? { ...context, print: context.printForm } : context
  if (excluded?.in === 'body') return typeWith({ type: content.type, excluded }, sent)
  if (selection?.in === 'body') return typeWithout({ type: content.type, name: selection.name }, sent)
  return sent.print(content.type, 2)
}

/** An object in place loses the field; a type of another name, or a union, loses it by `Without`. */
function typeWithout({ type, name }: { type: Type; name: string }, { imports, print }: ParamsContext): string {
  if (type.kind !== 'object') return `${imports.type('Without')}<${print(type, 2)}, ${str(name)}>`
  return print({ ...type, fields: type.fields.filter((field) => field.name !== name) }, 2)
}

/** The field keeps the values that are left to the caller. */
function typeWith({ type, excluded }: { type: Type; excluded: Exclusion }, context: ParamsContext): string {
  const { name, values, required } = excluded
  if (values.length === 0) return typeWithout({ type, name }, context)
  if (type.kind !== 'object') {
    const field = `${typeKey(name)}${required ? '' : '?'}: ${literals(values)}${required ? '' : ' | undefined'}`
    return `${typeWithout({ type, name }, context)} & { ${field} }`
  }
  const members = values.flatMap((value): Type[] => (isScalar(value) ? [{ kind: 'literal', value }] : []))
  const fields = type.fields.map(
    (field): Field => (field.name === name ? { ...field, type: { kind: 'union', members } } : field),
  )
  return context.print({ ...type, fields }, 2)
}

function isScalar(value: Json): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
