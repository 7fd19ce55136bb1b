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
  for (;;) {
    const line = lines.next()
    if (line === undefined) {
      yield
      continue
    }
    for (const [index, piece] of line.split(recordSeparator).entries()) {
      if (index) {
        // Nothing stands before the first RS, and between two in a row.
        const value = record ? parse(whole(record)) : undefined
        record = ''
        if (value !== undefined) yield value
      }
      record += piece
      checkLength(record.length, limit)
    }
    record += '\n'
    checkLength(record.length, limit)
    // Most texts are whole at their first LF; those printed over many lines are tried where they may close.
    const value = /[^[{,:\s]\s*$/.test(record) ? parse(record, 'isStart') : undefined
    if (value === undefined) continue
    record = ''
    yield value
  }
}

/** A number or a literal without its LF may go on: it is hidden, so that it is not taken for a whole one. */
function whole(record: string): string {
  return !record.endsWith('\n') && /^\s*[^\s[{"]/.test(record) ? record + recordSeparator : record
}

/** Opens a stream of JSON text sequences (RFC 7464). Never throws; errors come by the handle. */
export function openJsonSequence<Item, Errors = unknown>(
  client: Client,
  options: RecordOptions<Item, Errors> | undefined,
  plan: RecordPlan,
): RecordStream<Item> {
  return openRecords(newSession(client, options), { options: options ?? {}, plan, format: jsonSequence })
}
