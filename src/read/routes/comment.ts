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
const STREAM = /^[\s*]*@stream\b/m
const TAG = /^[ \t]*@([A-Za-z][\w-]*)/gm

/** Every block with a line that begins with `@stream`. Whether it is a comment or stands in a string is not known yet. */
export function findComments(text: string, typeTags: ReadonlySet<string>): Comment[] {
  return [...text.matchAll(BLOCK)].flatMap(({ 0: block, index }) => {
    if (!STREAM.test(block.slice(3)) || isCommentedOut(text, index)) return []
    return [{ start: index, end: index + block.length, ...split(plain(block), { typeTags, start: index }) }]
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

function split(
  text: string,
  { typeTags, start }: { readonly typeTags: ReadonlySet<string>; readonly start: number },
): Pick<Comment, 'description' | 'tags'> {
  const tags: Tag[] = []
  let description: string | undefined
  const finder = new RegExp(TAG)
  for (let match = finder.exec(text); match !== null; match = finder.exec(text)) {
    description ??= text.slice(0, match.index)
    const name = match[1] ?? ''
    const begin = match.index + match[0].length
    const tag = typeTags.has(name) ? readTyped(text, begin) : { text: upToTag(text, begin), end: begin }
    const { end, type, ...rest } = tag
    const offset = start + match.index + match[0].indexOf('@')
    tags.push({ name, offset, ...rest, ...(type && { type: { ...type, offset: start + type.offset } }) })
    finder.lastIndex = end
  }
  return { description: lines(description ?? text), tags }
}

function upToTag(text: string, from: number): string {
  const rest = text.slice(from)
  const next = rest.search(/^[ \t]*@[A-Za-z]/m)
  return lines(next === -1 ? rest : rest.slice(0, next))
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
  const words = /^[^{\n]*/.exec(text.slice(from))?.[0] ?? ''
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
