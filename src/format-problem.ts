/** A problem for people: what is wrong, where with the lines around it, and what to do. */
import type { Place, Problem } from './diagnostics.js'
import type { Position } from './outline.js'
import type { Sources } from './sources.js'

/** Characters of one line of a document that are shown. A minified document is one line of megabytes. */
const MAX_WIDTH = 120
/** The same with its escapes. */
const MAX_ESCAPED_WIDTH = 400
const MAX_MESSAGE = 800
const MAX_HINT = 400
const MAX_PLACE = 400

/**
 * @returns text of at most 4,000 characters without a line feed at its end. Control and direction characters of the
 *   input are escaped: it cannot steer a terminal. The escape codes in it are the colours that were asked for.
 */
export async function formatProblem(
  problem: Problem,
  sources: Sources,
  { color }: { readonly color: boolean },
): Promise<string> {
  const { default: picocolors } = await import('picocolors')
  const paint = picocolors.createColors(color)
  const label = problem.severity === 'error' ? paint.red('error') : paint.yellow('warning')
  const { place } = problem
  const position = place && sources.position(place)
  const frame = place && position && (await codeFrame({ file: place.file, position }, sources, color))
  return [
    `${label}: ${paint.bold(visible(problem.message, MAX_MESSAGE))} ${paint.dim(`(${problem.code})`)}`,
    ...(place ? [`  in ${paint.cyan(placeText(place, position))}`] : []),
    ...(frame ? [frame] : []),
    `  ${paint.green('to do')}: ${visible(problem.hint, MAX_HINT)}`,
  ].join('\n')
}

/** `openapi.yaml:12:3 #/paths/~1events`, or as much of that as is known. */
function placeText({ file, pointer }: Place, position: Position | undefined): string {
  const lineAndColumn = position ? `:${position.line}:${position.column}` : ''
  const inFile = `${visible(file, MAX_PLACE)}${lineAndColumn}`
  return pointer === undefined || pointer === '' ? inFile : `${inFile} #${visible(pointer, MAX_PLACE)}`
}

async function codeFrame(
  { file, position }: { readonly file: string; readonly position: Position },
  sources: Sources,
  color: boolean,
): Promise<string | undefined> {
  const first = Math.max(position.line - 2, 1)
  const lines = sources.lines({ file, from: first, to: position.line + 1 })
  if (lines === undefined) return undefined
  const { codeFrameColumns } = await import('@babel/code-frame')
  const start = windowStart(position.column, lines[position.line - first]?.length ?? 0)
  const shown = lines.map((line) => cut(line, start))
  const before = (lines[position.line - first] ?? '').slice(start, position.column - 1)
  const column = escapeControls(before).length + (start > 0 ? 1 : 0) + 1
  const options = { startLine: first, linesAbove: 2, linesBelow: 1, forceColor: color, highlightCode: false }
  return codeFrameColumns(shown.join('\n'), { start: { line: position.line, column } }, options)
}

function windowStart(column: number, length: number): number {
  return length <= MAX_WIDTH || column <= MAX_WIDTH / 2 ? 0 : column - MAX_WIDTH / 2
}

function cut(line: string, start: number): string {
  const part = escapeControls(line.slice(start, start + MAX_WIDTH)).slice(0, MAX_ESCAPED_WIDTH)
  return `${start > 0 && line.length > 0 ? '…' : ''}${part}${line.length > start + MAX_WIDTH ? '…' : ''}`
}

/** Text of the input on one line, at most `max` characters of it. */
function visible(text: string, max: number): string {
  const escaped = escapeControls(text.slice(0, max + 1)).replaceAll('\t', '\\t')
  return escaped.length > max ? `${escaped.slice(0, max)}…` : escaped
}

/**
 * Control characters but the tab, characters that are not seen or turn the direction of text, line ends of Unicode and
 * halves of surrogate pairs, as `\u001b`.
 */
function escapeControls(text: string): string {
  return text.replace(/(?!\t)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    const hexadecimal = code.toString(16)
    return code > 0xffff ? `\\u{${hexadecimal}}` : `\\u${hexadecimal.padStart(4, '0')}`
  })
}
