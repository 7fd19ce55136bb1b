import type { Client } from './client.js'
import { newSession } from './exchange.js'
import { checkLength, newLineSplitter } from './lines.js'
import { openRecords, type RecordFormat, type RecordOptions, type RecordPlan, type RecordStream } from './records.js'

const recordSeparator = '\u001e'

/**
 * JSON text sequences: RS, a JSON text, LF. A record is delivered at its LF, before the next RS comes. One without LF
 * is cut off if it is a number or a literal; whatever is wrong, the next RS begins a new record.
 */
const jsonSequence: RecordFormat = {
  kind: /^$|^application\/([\w.-]+\+)?json-seq$/,
  newSplitter: (take, limit) => {
    let record = ''
    const add = (text: string): void => {
      record += text
      checkLength(record.length, limit)
    }
    const finish = (): void => {
      // A scalar without its LF may go on: hide it, so that it is not taken for a whole one.
      const isCut = !record.endsWith('\n') && /^\s*[^\s[{"]/.test(record)
      if (record.trim()) take(isCut ? `${record}\u001e` : record, true)
      record = ''
    }
    const addPieces = (text: string): void => {
      text.split(recordSeparator).forEach((piece, index) => {
        if (index) finish()
        add(piece)
      })
    }
    const { push, rest } = newLineSplitter(limit, (text, start, end) => {
      addPieces(text.slice(start, end))
      add('\n')
      // Most texts are whole at their first LF; those printed over many lines are tried where they may close.
      if (/[^[{,:\s]\s*$/.test(record) && take(record, false)) record = ''
    })
    return {
      push,
      end: () => {
        addPieces(rest())
        finish()
      },
    }
  },
}

/** Opens a stream of JSON text sequences (RFC 7464). Never throws; errors come by the handle. */
export function openJsonSequence<Item, Errors = unknown>(
  client: Client,
  options: RecordOptions<Item, Errors> | undefined,
  plan: RecordPlan,
): RecordStream<Item> {
  return openRecords(newSession(client, options), { options: options ?? {}, plan, format: jsonSequence })
}
