/**
 * Places in a JSON text that has been parsed. Each is looked for along its pointer, and what stands beside the way is
 * only stepped over: marking all of 3 MB took 60 ms and 10 MB for the one warning that most documents have.
 */
import type { Mark } from '../../outline.js'
import { endOfString, outlineJson } from './outline-json.js'

interface Search {
  readonly text: string
  /** Characters that may still be stepped over. */
  left: number
}

/**
 * Searches that keep coming back to the same parts, as places from the outside in do in a deep document, may step over
 * so many times the text; then all is marked at once.
 */
const MAX_PASSES = 4

/** Marks the document; the marks within are made when they are asked for. @param text - what `JSON.parse` has accepted. */
export function markJson(text: string): Mark {
  const search: Search = { text, left: MAX_PASSES * text.length }
  const start = skipBlanks(text, 0)
  const { offset, members } = markAt({ offset: start, start }, search)
  let whole: Mark | undefined
  const get = (key: string): Mark | undefined => {
    if (search.left > 0) return members?.get(key)
    whole ??= outlineJson(text).root
    return whole.members?.get(key)
  }
  return members === undefined ? { offset } : { offset, members: { get } }
}

/** @param at - where its mark is set, and where the value starts. */
function markAt({ offset, start }: { readonly offset: number; readonly start: number }, search: Search): Mark {
  const first = search.text[start]
  if (first !== '{' && first !== '[') return { offset }
  const known = new Map<string, Mark>()
  let further: Generator<readonly [string, Mark]> | undefined
  const get = (key: string): Mark | undefined => {
    further ??= membersAt(start, search)
    let found = known.get(key)
    while (found === undefined) {
      const { value, done } = further.next()
      if (done === true) return undefined
      known.set(...value)
      found = known.get(key)
    }
    return found
  }
  return { offset, members: { get } }
}

/** The members of the object or array that starts at `start`, one by one. */
function* membersAt(start: number, search: Search): Generator<readonly [string, Mark], undefined> {
  const { text } = search
  const isArray = text[start] === '['
  let offset = skipBlanks(text, start + 1)
  for (let index = 0; text[offset] !== ']' && text[offset] !== '}'; index++) {
    const keyEnd = isArray ? offset : endOfString(text, offset) + 1
    const key = isArray ? String(index) : String(JSON.parse(text.slice(offset, keyEnd)))
    const value = isArray ? offset : skipBlanks(text, skipBlanks(text, keyEnd) + 1)
    yield [key, markAt({ offset, start: value }, search)]
    const end = endOfValue(text, value)
    search.left -= end - value
    offset = skipBlanks(text, end)
    if (text[offset] === ',') offset = skipBlanks(text, offset + 1)
  }
}

const QUOTE = 0x22
const COMMA = 0x2c
const LEFT_BRACE = 0x7b
const RIGHT_BRACE = 0x7d
const LEFT_BRACKET = 0x5b
const RIGHT_BRACKET = 0x5d

/** The offset behind the value that starts at `start`; for a number or a word it may be that of blanks behind it. */
function endOfValue(text: string, start: number): number {
  let open = 0
  for (let offset = start; offset < text.length; offset++) {
    const code = text.charCodeAt(offset)
    if (code === QUOTE) {
      offset = endOfString(text, offset)
      if (open === 0) return offset + 1
    } else if (code === LEFT_BRACE || code === LEFT_BRACKET) open++
    else if (code === RIGHT_BRACE || code === RIGHT_BRACKET) {
      open--
      if (open <= 0) return open < 0 ? offset : offset + 1
    } else if (code === COMMA && open === 0) return offset
  }
  return text.length
}

function skipBlanks(text: string, start: number): number {
  let offset = start
  for (let code = text.charCodeAt(offset); isBlank(code); code = text.charCodeAt(offset)) offset++
  return offset
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
