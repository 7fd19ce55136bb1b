import type { Client } from './client.js'
import { openRecords, type RecordFormat, type RecordOptions, type RecordPlan, type RecordStream } from './records.js'
import { newSession } from './session.js'

/**
 * NDJSON and JSON Lines: a record ends at LF or CRLF, blank lines are not records, the last one may lack its line end.
 * U+2028 and its like are text.
 */
const ndjson: RecordFormat = {
  kind: /^$|^application\/((x-)?(nd-?json|json-?l(ines)?)|(x-json-)?stream(\+json)?)$/,
  end: '\n',
  newReader:
    ({ lines, parse }) =>
    () => {
      for (let line = lines.next(); line !== undefined; line = lines.next()) {
        const value = parse(line)
        if (value !== undefined) return value
      }
      return undefined
    },
}

/** Opens a stream of NDJSON (ndjson-spec 1.0.0) or JSON Lines. Never throws; errors come by the handle. */
export function openNdjson<Item, Errors = unknown>(
  client: Client,
  options: RecordOptions<Item, Errors> | undefined,
  plan: RecordPlan,
): RecordStream<Item> {
  return openRecords(newSession(client, options), { options: options ?? {}, plan, format: ndjson })
}
