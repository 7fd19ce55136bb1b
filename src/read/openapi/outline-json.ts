/**
 * A scanner for JSON (RFC 8259) that tells where things stand. It runs only where `JSON.parse` has failed, where a key
 * is there twice, or where a message needs a position.
 */
import type { Mark } from '../../outline.js'

export interface JsonFault {
  readonly offset: number
  /** What is wrong, to stand behind the name of the file. */
  readonly message: string
}

export interface JsonOutline {
  readonly root: Mark
  /** The first thing that is no JSON; the outline then ends before it. */
  readonly fault?: JsonFault
  /** The first key that its object already has. */
  readonly duplicate?: { readonly offset: number; readonly key: string }
}

interface Frame {
  readonly members: Map<string, Mark>
  readonly isArray: boolean
  /** True before the first member and false behind one: whether the closing bracket may follow. */
  isEmpty: boolean
}

interface State {
  readonly text: string
  readonly stack: Frame[]
  offset: number
  root: Mark
  duplicate?: { readonly offset: number; readonly key: string }
}

class Fault extends Error {
  readonly offset: number

  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

/** The offset of the quote that ends the string which begins at `start`; -1 where there is none. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

function isEscaped(text: string, quote: number): boolean {
  let first = quote
  while (text.charCodeAt(first - 1) === 0x5c) first--
  return (quote - first) % 2 === 1
}

/** Scans the whole text. Never throws. */
export function outlineJson(text: string): JsonOutline {
  const state: State = { text, stack: [], offset: 0, root: { offset: 0 } }
  try {
    scan(state)
    return result(state)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { ...result(state), fault: { offset: error.offset, message: error.message } }
  }
}

function result({ root, duplicate }: State): JsonOutline {
  return { root, ...(duplicate && { duplicate }) }
}

function scan(state: State): void {
  skipBlanks(state)
  state.root = value(state, state.offset)
  for (let frame = state.stack.at(-1); frame !== undefined; frame = state.stack.at(-1)) next(state, frame)
  skipBlanks(state)
  if (state.offset < state.text.length) throw new Fault(state.offset, 'there is text behind the end of the document')
}

/** Takes one step in the innermost open object or array: closes it, or reads one more member. */
function next(state: State, frame: Frame): void {
  const close = frame.isArray ? ']' : '}'
  skipBlanks(state)
  if (state.text[state.offset] === close) {
    state.offset++
    state.stack.pop()
    return
  }
  if (!frame.isEmpty) {
    expect(state, ',', `a comma or ${close} is expected`)
    skipBlanks(state)
    if (state.text[state.offset] === close) throw new Fault(state.offset, `a comma stands before ${close}`)
  }
  frame.isEmpty = false
  const start = state.offset
  if (frame.isArray) {
    frame.members.set(String(frame.members.size), value(state, start))
    return
  }
  const key = string(state, 'a key in double quotes is expected')
  skipBlanks(state)
  expect(state, ':', 'a colon is expected behind the key')
  skipBlanks(state)
  if (frame.members.has(key)) state.duplicate ??= { offset: start, key }
  frame.members.set(key, value(state, start))
}

/** Reads a scalar whole; of an object or an array the opening bracket only. @param offset - where its mark is set. */
function value(state: State, offset: number): Mark {
  const { text } = state
  const first = text[state.offset]
  if (first === '{' || first === '[') {
    const members = new Map<string, Mark>()
    state.stack.push({ members, isArray: first === '[', isEmpty: true })
    state.offset++
    return { offset, members }
  }
  if (first === '"') string(state, '')
  else plain(state)
  return { offset }
}

const PLAIN = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

function plain(state: State): void {
  PLAIN.lastIndex = state.offset
  const [token] = PLAIN.exec(state.text) ?? []
  if (token === undefined) {
    throw new Fault(state.offset, state.offset < state.text.length ? 'a value is expected' : END)
  }
  state.offset += token.length
}

const END = 'the text ends in the middle of the document'

function string(state: State, expected: string): string {
  const { text, offset } = state
  if (text[offset] !== '"') throw new Fault(offset, offset < text.length ? expected : END)
  const end = endOfString(text, offset)
  if (end === -1) throw new Fault(offset, 'this string has no end')
  const token = text.slice(offset, end + 1)
  state.offset = end + 1
  try {
    return String(JSON.parse(token))
  } catch {
    throw new Fault(offset, 'this string has a raw control character, a line break or an unknown escape in it')
  }
}

function expect(state: State, character: string, message: string): void {
  if (state.text[state.offset] !== character) {
    throw new Fault(state.offset, state.offset < state.text.length ? message : END)
  }
  state.offset++
}

function skipBlanks(state: State): void {
  const { text } = state
  for (let code = text.charCodeAt(state.offset); isBlank(code); code = text.charCodeAt(state.offset)) state.offset++
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
