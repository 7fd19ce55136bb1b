/** JSON (RFC 8259) by `JSON.parse`, with what that function does not tell: places, and keys that are there twice. */
import { InputError } from '../../diagnostics.js'
import { lineStarts, positionAt } from '../../outline.js'
import { markJson } from './marks-json.js'
import { endOfString, outlineJson } from './outline-json.js'
import type { Parsed, Text } from './parsed.js'

/** @throws InputError of code `syntax` with line and column. */
export function parseJson(text: Text): Parsed {
  try {
    return { format: 'json', value: JSON.parse(text.text), outline: () => markJson(text.text) }
  } catch (error) {
    throw syntaxError(text, error)
  }
}

/** The position that `JSON.parse` gives depends on the version of Node, and is missing in some. */
function syntaxError({ file, text }: Text, cause: unknown): InputError {
  const { fault } = outlineJson(text)
  const offset = fault?.offset ?? text.length
  const { line, column } = positionAt(lineStarts(text), offset)
  return new InputError(
    {
      code: 'syntax',
      message: `this is no JSON: ${fault?.message ?? 'it cannot be parsed'}`,
      place: { file, line, column },
      hint: 'correct the document at this place',
    },
    { cause },
  )
}

const QUOTE = 0x22
const COLON = 0x3a

/**
 * How many members the objects in a JSON text have together. `JSON.parse` keeps one of two equal keys, so that a value
 * with fewer members than its text has lost some; counting costs a fraction of what parsing does.
 */
export function countMembers(text: string): number {
  let count = 0
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset)
    if (code === QUOTE) offset = endOfString(text, offset)
    else if (code === COLON) count++
  }
  return count
}

/** The error for a text that has more members than its value. */
export function duplicateKeyError({ file, text }: Text): InputError {
  const { duplicate } = outlineJson(text)
  const { line, column } = positionAt(lineStarts(text), duplicate?.offset ?? 0)
  return new InputError({
    code: 'duplicate-key',
    message: `the key "${duplicate?.key ?? ''}" is already in this object`,
    place: { file, line, column },
    hint: 'remove or rename one of the two: which of them counts is not defined',
  })
}
