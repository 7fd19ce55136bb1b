/** The second reader for YAML, for documents that the first refuses although many tools accept them. */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml'
import type { InputError } from '../../diagnostics.js'
import type { Mark } from '../../outline.js'
import type { Parsed, ParseOptions, Text } from './parsed.js'
import { checkAliases } from './yaml-aliases.js'

/**
 * @param options.refused - what the first reader said; it is thrown if this one cannot read the text either, and
 *   reported as a warning otherwise.
 */
export function parseYamlLeniently(
  text: Text,
  { limits, report, refused }: ParseOptions & { readonly refused: InputError },
): Parsed {
  const { document, value } = read(text, refused)
  const outline = (): Mark => outlineDocument(document)
  checkAliases(value, { text, outline, limits })
  report({
    ...refused.problem,
    severity: 'warning',
    code: 'yaml-lenient',
    message: `${refused.problem.message}; it was read leniently`,
    hint: 'correct the document at this place: other tools may refuse it, or read it otherwise',
  })
  return { format: 'yaml', value, outline }
}

function read(text: Text, refused: InputError): { readonly document: Document; readonly value: unknown } {
  let document: Document
  try {
    document = parseDocument(text.text, { schema: 'core', merge: true, prettyErrors: false, logLevel: 'error' })
  } catch (error) {
    // Its recursion has no bound of its own.
    if (error instanceof RangeError) throw refused
    throw error
  }
  // An unknown tag is a warning only, and would be dropped in silence.
  if (document.errors.length > 0 || document.warnings.length > 0) throw refused
  try {
    return { document, value: document.toJS({ maxAliasCount: 100 }) }
  } catch {
    // Aliases that lead nowhere, or repeat too much: whoever corrects what was refused is told of them with their place.
    throw refused
  }
}

/** Marks every value, as `outlineYaml` does: what aliases repeat is marked once. */
function outlineDocument(document: Document): Mark {
  const roots = new Map<string, Mark>()
  const known = new Map<unknown, Map<string, Mark>>()
  const open: {
    readonly node: unknown
    readonly at: Map<string, Mark>
    readonly key: string
    readonly offset: number
  }[] = [{ node: document.contents, at: roots, key: '', offset: -1 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node: written, at, key, offset } = next
    const node = isAlias(written) ? written.resolve(document) : written
    const start = isNode(written) ? (written.range?.[0] ?? 0) : 0
    const isCollection = isMap(node) || isSeq(node)
    const isKnown = known.has(node)
    const members = known.get(node) ?? new Map<string, Mark>()
    at.set(key, { offset: offset === -1 ? start : offset, ...(isCollection && { members }) })
    if (isKnown) continue
    if (isCollection) known.set(node, members)
    if (isSeq(node)) {
      node.items.forEach((item, index) => {
        open.push({ node: item, at: members, key: String(index), offset: -1 })
      })
    } else if (isMap(node)) {
      for (const pair of node.items) {
        if (!isScalar(pair.key)) continue
        open.push({ node: pair.value, at: members, key: String(pair.key.value), offset: pair.key.range?.[0] ?? -1 })
      }
    }
  }
  return roots.get('') ?? { offset: 0 }
}
