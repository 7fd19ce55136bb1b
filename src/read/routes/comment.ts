/** JSDoc blocks with `@stream`: found in a text and split into tags. Nothing of what the tags mean is known here. */
import { parsesAsType } from './compiler.js'

export interface TypeText {
  readonly text: string
  /** Where it stands in the file. */
  readonly offset: number
}

export interface Tag {
  readonly name: string
  /** Where its `@` stands in the file. */
  readonly offset: number
  /** What stands behind the name, without the type. */
  readonly text: string
  /** The type in braces, for a tag that takes one. */
  readonly type?: TypeText
  /** There is a `{` and no `}` that closes a type. */
  readonly isBroken?: boolean
}

export interface Comment {
  readonly start: number
  readonly end: number
  readonly description: string
  readonly tags: readonly Tag[]
}

const BLOCK = /\/\*\*(?!\/)[\s\S]*?\*\//g
/** In a comment of one line words may stand before it, as they do in any JSDoc, if it says more than a kind. */
const INLINE = /^[^\n]*[ \t]@stream[ \t]+[a-z-]+[ \t]+(?=[/@]|[A-Z]+[ \t]+\/)/
const TAG = /^[ \t]*@([A-Za-z][\w-]*)/gm
/** On the line of `@stream` others may follow: a comment of one line is enough for most routes. */
const FURTHER_TAG = /[ \t]@([A-Za-z][\w-]*)/g

export interface CommentForm {
  /** Tags that take a type. */
  readonly typeTags: ReadonlySet<string>
  /** One of these tags makes the comment one of ours. */
  readonly names: readonly string[]
}

/** Every block with a line that begins with such a tag. Whether it is a comment or stands in a string is not known yet. */
export function findComments(text: string, { typeTags, names }: CommentForm): Comment[] {
  const own = new RegExp(`^[\\s*]*@(?:${names.join('|')})\\b`, 'm')
  return [...text.matchAll(BLOCK)].flatMap(({ 0: block, index }) => {
    const inner = block.slice(3, -2)
    const isInline = !own.test(inner) && !inner.includes('\n') && INLINE.test(inner)
    if ((!isInline && !own.test(inner)) || isCommentedOut(text, index)) return []
    const from = isInline ? 3 + inner.search(/[ \t]@stream\b/) : 0
    return [{ start: index, end: index + block.length, ...split(plain(block), { typeTags, start: index, from }) }]
  })
}

/** In a line comment, or in a block comment that began before. */
function isCommentedOut(text: string, index: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', index - 1) + 1, index)
  return /(^|\s)\/\/|^\s*\*/.test(before)
}

/** The block with blanks for what is no text of it, so that every character keeps its offset. */
function plain(block: string): string {
  const inner = `   ${block.slice(3, -2)}  `
  return inner.replaceAll(/^([ \t]*)\*/gm, '$1 ').replaceAll('\r', ' ')
}

interface Split {
  readonly typeTags: ReadonlySet<string>
  /** Where the block begins in the file. */
  readonly start: number
  /** Where the first tag of a comment of one line may stand; 0 where tags begin lines. */
  readonly from: number
}

function split(text: string, { typeTags, start, from }: Split): Pick<Comment, 'description' | 'tags'> {
  const tags: Tag[] = []
  let description: string | undefined
  let lineEnd = 0
  const first = from === 0 ? execAt(TAG, { text, from }) : execAt(FURTHER_TAG, { text, from })
  for (let match = first; match !== null; ) {
    description ??= text.slice(0, match.index)
    const name = match[1] ?? ''
    const begin = match.index + match[0].length
    if (name === 'stream') lineEnd = begin + text.slice(begin).search(/\n|$/)
    const tag = typeTags.has(name)
      ? readTyped(text, begin)
      : { text: upToTag(text, { from: begin, lineEnd }), end: begin }
    const { end, type, ...rest } = tag
    const offset = start + match.index + match[0].indexOf('@')
    tags.push({ name, offset, ...rest, ...(type && { type: { ...type, offset: start + type.offset } }) })
    match = findTag(text, { from: end, lineEnd })
  }
  return { description: lines(description ?? text), tags }
}

interface Search {
  readonly from: number
  /** Where the line of `@stream` ends; 0 where it is not known yet. */
  readonly lineEnd: number
}

function findTag(text: string, { from, lineEnd }: Search): RegExpExecArray | null {
  const further = execAt(FURTHER_TAG, { text, from })
  return further !== null && further.index < lineEnd ? further : execAt(TAG, { text, from })
}

function execAt(
  form: RegExp,
  { text, from }: { readonly text: string; readonly from: number },
): RegExpExecArray | null {
  const finder = new RegExp(form)
  finder.lastIndex = from
  return finder.exec(text)
}

function upToTag(text: string, search: Search): string {
  return lines(text.slice(search.from, findTag(text, search)?.index))
}

/** The lines without the blanks around them. */
function lines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}

/** A name and a type, each of which may be missing; what follows the type is prose. */
function readTyped(text: string, from: number): Omit<Tag, 'name' | 'offset'> & { readonly end: number } {
  const words = /^(?:(?![ \t]@)[^{\n])*/.exec(text.slice(from))?.[0] ?? ''
  const open = from + words.length
  if (text[open] !== '{') return { text: words.trim(), end: open }
  for (let close = text.indexOf('}', open); close !== -1; close = text.indexOf('}', close + 1)) {
    const inner = text.slice(open + 1, close)
    if (!parsesAsType(inner)) continue
    const type = { text: inner.trim(), offset: open + 1 + (inner.length - inner.trimStart().length) }
    return { text: words.trim(), type, end: close + 1 }
  }
  return { text: words.trim(), isBroken: true, end: open + 1 }
}
