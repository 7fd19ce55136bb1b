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

/**
 * Description, deprecation and facts. Where the schema is a choice between one schema and `null`, the words may stand
 * in that one.
 */
export function docsOf(node: Node): Docs {
  const sources = [node, ...onlyBranch(node)]
  const text = firstOf(sources, 'description', (value) =>
    typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined,
  )
  const deprecated = sources.some((source) => peek(source, 'deprecated') === true)
  const tags = [
    ...tag('default', firstOf(sources, 'default', valueText)),
    ...tag('format', firstOf(sources, 'format', formatText)),
    ...tag('minimum', firstOf(sources, 'minimum', numberText)),
    ...tag('maximum', firstOf(sources, 'maximum', numberText)),
    ...tag(
      'pattern',
      firstOf(sources, 'pattern', (value) => (typeof value === 'string' ? value : undefined)),
    ),
  ]
  return {
    ...(text === undefined ? {} : { text }),
    ...(deprecated ? { deprecated } : {}),
    ...(tags.length === 0 ? {} : { tags }),
  }
}

function tag(name: DocTag['name'], text: string | undefined): DocTag[] {
  return text === undefined || text === '' || text.length > MAX_TAG_LENGTH ? [] : [{ name, text }]
}

/** The branch that is left when `null` is taken away, where it is one and stands in place. */
function onlyBranch(node: Node): Node[] {
  const keywords = ['anyOf', 'oneOf', 'allOf'].filter((keyword) => peek(node, keyword) !== undefined)
  const all = keywords.flatMap((keyword) => items(child(node, keyword)))
  const kept = all.filter((branch) => peek(branch, 'type') !== 'null')
  return kept.length === 1 ? kept.filter(({ value }) => isObject(value) && !Object.hasOwn(value, '$ref')) : []
}

function firstOf(
  sources: readonly Node[],
  keyword: string,
  read: (value: unknown) => string | undefined,
): string | undefined {
  return sources.map((source) => read(peek(source, keyword))).find((text) => text !== undefined)
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
