/**
 * The only way for text of the input to become code: as a literal, a property key or a comment. Everything here is
 * pure, takes any text, and yields text in which the input cannot end what it stands in.
 */
import type { Docs, Json } from '../ir.js'

/**
 * What must not stand in source code as it is: control characters, line ends of ECMAScript, marks that reorder or
 * hide text, halves of surrogate pairs. A list and not `\p{Cf}`, which depends on the Unicode version of the host.
 */
const INVISIBLE: RegExp = new RegExp(
  [
    '[\\p{Cc}\\p{Cs}\\u00ad\\u061c\\u115f\\u1160\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164]',
    '[\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffc\\u{e0000}-\\u{e0fff}]',
  ].join('|'),
  'gu',
)

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function escapeUnits(text: string): string {
  const short = SHORT_ESCAPES.get(text)
  if (short !== undefined) return short
  return Array.from({ length: text.length }, (_, index) => {
    return `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`
  }).join('')
}

/** Text that a string literal holds as it is: nearly all, and one search instead of three that replace. */
const PLAIN_VALUE = /^[ !-&(-;=-[\]-~]*$/

/** A string literal in single quotes with exactly this value, on one line; also safe inside an HTML script element. */
export function str(value: string): string {
  if (PLAIN_VALUE.test(value)) return `'${value}'`
  const escaped = value
    .replaceAll(/[\\']/g, '\\$&')
    .replaceAll(INVISIBLE, escapeUnits)
    .replaceAll(/<(?=[/!])/g, '\\u003c')
  return `'${escaped}'`
}

const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/

/** The key of a member of a type. */
export function typeKey(name: string): string {
  return PLAIN_KEY.test(name) ? name : str(name)
}

/**
 * The key of a member of an object literal. `__proto__` is computed, which makes an own property of it where the plain
 * key would set the prototype (ECMAScript section B.3.1).
 */
export function key(name: string): string {
  return name === '__proto__' ? "['__proto__']" : typeKey(name)
}

/** A numeric expression with exactly this value. */
export function num(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Text of a regular expression that matches exactly this text. */
function pattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(/[^ -;=-~]/gu, escapeUnits)
}

/**
 * A regular expression that matches any of these media types, which are in lower case and without parameters. Ranges
 * such as `text/*` do not match HTML, which login pages and proxies send.
 */
export function mediaPattern(mediaTypes: readonly string[]): string {
  const patterns = mediaTypes.map((media) => {
    if (media === '*/*') return '(?!text\\/html$).*'
    if (media === 'text/*') return 'text\\/(?!html$).*'
    return media.endsWith('/*') ? `${pattern(media.slice(0, -1))}.*` : pattern(media)
  })
  return `/^(${patterns.join('|')})$/`
}

/** A JSON value as an expression on one line. */
export function json(value: Json): string {
  if (typeof value === 'string') return str(value)
  if (typeof value === 'number') return num(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isList(value)) return `[${value.map(json).join(', ')}]`
  const members = Object.entries(value).map(([name, member]) => `${key(name)}: ${json(member)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** Text that a comment holds as it is, but for its end. */
const PLAIN_TEXT = /^[ -~]*$/

/** One line of text for a comment: nothing invisible, no end of a comment, white space as blanks. */
export function safeText(text: string): string {
  if (PLAIN_TEXT.test(text) && !text.includes('*/')) return text.trimEnd()
  return text
    .replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll('*/', '*\\/')
    .trimEnd()
}

/**
 * A JSDoc block with its line end, every line indented by `indent` spaces; `''` where there is nothing to say.
 * `extra` are further lines, behind the text and before the tags. A line that begins like a tag or like an
 * order to a tool (`@ts-ignore`) gets a backslash. Of a text of more than 100,000 characters the rest is left out.
 */
export function comment(docs: Docs, options: { readonly indent: number; readonly extra?: readonly string[] }): string {
  if (docs.text === undefined && docs.tags === undefined && docs.deprecated !== true && !options.extra) return ''
  const text = trimLines(
    cut(docs.text ?? '')
      .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
      .map(safeText),
  ).map(quiet)
  const extra = (options.extra ?? []).map((line) => quiet(safeText(cut(line))))
  const tags = (docs.tags ?? []).map((tag) => `@${tag.name} ${safeText(tag.text)}`)
  const paragraphs = [text, extra, docs.deprecated === true ? [...tags, '@deprecated'] : tags]
  const lines = paragraphs
    .filter(({ length }) => length > 0)
    .flatMap((part, index) => (index > 0 ? ['', ...part] : part))
  const pad = ' '.repeat(options.indent)
  const [only] = lines
  if (only === undefined) return ''
  if (lines.length === 1) return `${pad}/** ${only.trim()} */\n`
  return [`${pad}/**`, ...lines.map((line) => `${pad} * ${line}`.trimEnd()), `${pad} */`, ''].join('\n')
}

/** Characters of one text in a comment: more is for no reader, and makes editors and compilers slow. */
const MAX_COMMENT = 100_000

/** The text, or its beginning and how much is left out. */
function cut(text: string): string {
  if (text.length <= MAX_COMMENT) return text
  return `${text.slice(0, MAX_COMMENT)}\n… and ${text.length - MAX_COMMENT} more characters`
}

/** How a comment must begin to be an order to a compiler, a linter or a coverage tool, or a tag of JSDoc. */
const ORDER =
  /^(\s*)(?=@|eslint[ -]|biome-ignore|prettier-ignore|tslint:|oxlint-|deno-lint-|(istanbul|c8|v8|node:coverage) ignore)/i

function quiet(line: string): string {
  return line.replace(ORDER, '$1\\')
}

/** Without empty lines at both ends, and with one at most between others. */
function trimLines(lines: readonly string[]): string[] {
  const kept = lines.filter((line, index) => line.trim() !== '' || lines[index - 1]?.trim() !== '')
  if (kept[0]?.trim() === '') kept.shift()
  if (kept.at(-1)?.trim() === '') kept.pop()
  return kept
}
