/** What a schema says to people. */
import type { Docs, DocTag } from '../../../ir.js'
import { child, isObject, items, type Node } from '../node.js'
import { peek } from './context.js'

/** Formats that tell a reader something that the type does not. */
const TELLING_FORMATS: ReadonlySet<string> = new Set(
  'byte date date-time duration email hostname idn-email int64 ipv4 ipv6 iri time uint64 uri uri-reference url uuid'.split(
    ' ',
  ),
)

/** Longer values and patterns are noise. */
const MAX_TAG_LENGTH = 100

/** The keywords that become tags, in the order in which they are written. */
const TAGS: readonly { readonly name: DocTag['name']; readonly read: (value: unknown) => string | undefined }[] = [
  { name: 'default', read: valueText },
  { name: 'format', read: formatText },
  { name: 'minimum', read: numberText },
  { name: 'maximum', read: numberText },
  { name: 'pattern', read: (value) => (typeof value === 'string' ? value : undefined) },
]

/**
 * Description, deprecation and facts. Where the schema is a choice between one schema and `null`, the words may stand
 * in that one.
 */
export function docsOf(node: Node): Docs {
  const branch = onlyBranch(node)
  const sources = branch === undefined ? [node] : [node, branch]
  const text = firstOf(sources, 'description', trimmed)
  const deprecated = sources.some((source) => peek(source, 'deprecated') === true)
  const tags: DocTag[] = []
  for (const { name, read } of TAGS) {
    const tag = firstOf(sources, name, read)
    if (tag !== undefined && tag !== '' && tag.length <= MAX_TAG_LENGTH) tags.push({ name, text: tag })
  }
  return {
    ...(text === undefined ? {} : { text }),
    ...(deprecated ? { deprecated } : {}),
    ...(tags.length === 0 ? {} : { tags }),
  }
}

const CHOICES = ['anyOf', 'oneOf', 'allOf'] as const

/** The branch that is left when `null` is taken away, where it is one and stands in place. */
function onlyBranch(node: Node): Node | undefined {
  const keywords = CHOICES.filter((keyword) => peek(node, keyword) !== undefined)
  if (keywords.length === 0) return undefined
  const all = keywords.flatMap((keyword) => items(child(node, keyword)))
  const [kept, ...others] = all.filter((branch) => peek(branch, 'type') !== 'null')
  if (kept === undefined || others.length > 0) return undefined
  return isObject(kept.value) && !Object.hasOwn(kept.value, '$ref') ? kept : undefined
}

function firstOf(
  sources: readonly Node[],
  keyword: string,
  read: (value: unknown) => string | undefined,
): string | undefined {
  for (const source of sources) {
    const text = read(peek(source, keyword))
    if (text !== undefined) return text
  }
  return undefined
}

function trimmed(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** `null` as a default says no more than that the field may be left out. */
function valueText(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : JSON.stringify(value)
}

function formatText(value: unknown): string | undefined {
  return typeof value === 'string' && TELLING_FORMATS.has(value) ? value : undefined
}

function numberText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : undefined
}
