/** Keywords whose value has another type than the specification gives them: they say nothing, and the author should know. */
import { child, isObject, type Node } from '../node.js'
import { peek, type SchemaContext, warn } from './context.js'

/** Those on which a type depends. Words for people, and bounds, may be anything. */
const TYPES: readonly { readonly keyword: string; readonly type: 'boolean' | 'string' | 'number' }[] = [
  { keyword: 'format', type: 'string' },
  { keyword: 'nullable', type: 'boolean' },
  { keyword: 'readOnly', type: 'boolean' },
  { keyword: 'writeOnly', type: 'boolean' },
  { keyword: 'deprecated', type: 'boolean' },
  { keyword: 'minItems', type: 'number' },
  { keyword: 'maxItems', type: 'number' },
  { keyword: 'contentMediaType', type: 'string' },
]

/** Warns of each such keyword of one schema. */
export function checkKeywords(node: Node, context: SchemaContext): void {
  for (const { keyword, type } of TYPES) {
    const value = peek(node, keyword)
    if (value !== undefined && typeof value !== type) ignored({ node: child(node, keyword), type }, context)
  }
  const discriminator = peek(node, 'discriminator')
  if (discriminator !== undefined) checkDiscriminator(child(node, 'discriminator'), context)
}

/** Discriminator Object (OpenAPI 3.2 section 4.25). */
function checkDiscriminator(node: Node, context: SchemaContext): void {
  const mapping = peek(node, 'mapping')
  if (!isObject(node.value)) ignored({ node, type: 'object' }, context)
  else if (typeof peek(node, 'propertyName') !== 'string')
    ignored({ node: child(node, 'propertyName'), type: 'string' }, context)
  else if (mapping !== undefined && !isObject(mapping))
    ignored({ node: child(node, 'mapping'), type: 'object' }, context)
}

const EXPECTED = { boolean: 'true or false', string: 'a string', number: 'a number', object: 'an object' } as const

function ignored(
  { node, type }: { readonly node: Node; readonly type: keyof typeof EXPECTED },
  context: SchemaContext,
): void {
  warn(
    {
      node,
      code: 'schema-keyword',
      message: `${EXPECTED[type]} is expected here, and there is ${JSON.stringify(node.value)?.slice(0, 60) ?? 'nothing'}; it is ignored`,
      hint: 'correct the keyword',
    },
    context,
  )
}
