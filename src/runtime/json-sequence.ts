import type { Client } from './client.js'
import { checkLength } from './lines.js'
import {
  openRecords,
  type RecordFormat,
  type RecordInput,
  type RecordOptions,
  type RecordPlan,
  type RecordStream,
} from './records.js'
import { newSession } from './session.js'

const recordSeparator = '\u001e'

/**
 * JSON text sequences: RS, a JSON text, LF. A record is delivered at its LF, before the next RS comes. One without LF
 * is cut off if it is a number or a literal; whatever is wrong, the next RS begins a new record.
 */
const jsonSequence: RecordFormat = {
  kind: /^$|^application\/([\w.-]+\+)?json-seq$/,
  end: `${recordSeparator}\n`,
  newReader: (input) => {
    const values = readSequence(input)
    return () => values.next().value
  },
}

/** Yields the values of records, and `undefined` whenever more lines are needed. */
function* readSequence({ lines, parse, limit }: RecordInput): Generator<unknown, void, undefined> {
  let record = ''
  // How many brackets its lines have left open.
  let depth = 0
  for (;;) {
    const text = lines.next()
    if (text === undefined) {
      yield
      continue
    }
    let line = ''
    for (const [index, piece] of text.split(recordSeparator).entries()) {
      if (index) {
        // Nothing stands before the first RS, and between two in a row.
        const value = record ? parse(whole(record)) : undefined
        record = ''
        if (value !== undefined) yield value
      }
      line = piece
      record += piece
      checkLength(record.length, limit)
    }
    const isFirst = record === line
    depth = isFirst ? 0 : depth + nesting(line)
    // Most texts are whole at their first LF; those printed over many lines are tried once, where their brackets close.
    const value = depth > 0 || !line.trim() ? undefined : parse(record, 'isStart')
    if (value !== undefined) {
      record = ''
      yield value
    } else if (line.trim()) {
      record += '\n'
      // What is wrong where nothing is open stays so until the next RS.
      if (depth <= 0) depth = (isFirst && nesting(line)) || Infinity
    } else if (isFirst) record = ''
  }
}

/** How many more brackets a line opens than it closes; a string of JSON does not go on in the next line. */
function nesting(line: string): number {
  const marks = line.replace(/"[^"\\]*(?:\\.[^"\\]*)*"?|[^[\]{}"]+/g, '')
  return 2 * marks.replace(/[\]}]/g, '').length - marks.length
}

/** A number or a literal without a blank after it may go on: it is hidden, so that it is not taken for a whole one. */
function whole(record: string): string {
  return /^\s*[^\s[{"]/.test(record) && !/\s$/.test(record) ? record + recordSeparator : record
}

/** Opens a stream of JSON text sequences (RFC 7464). Never throws; errors come by the handle. */
export function openJsonSequence<Item, Errors = unknown>(
  client: Client,
  options: RecordOptions<Item, Errors> | undefined,
  plan: RecordPlan,
): RecordStream<Item> {
  return openRecords(newSession(client, options), { options: options ?? {}, plan, format: jsonSequence })
}
