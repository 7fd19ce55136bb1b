import { newTextDecoder, type TextDecode } from './answer-text.js'
import type { CallDefaults } from './client.js'
import { notJson, StreamError } from './errors.js'
import { type ExchangePlan, newTextReader } from './exchange.js'
import { type Lines, newLines } from './lines.js'
import { own } from './own.js'
import type { Session, StreamOptions } from './session.js'
import { openStream, type StreamHandle, toArray } from './stream.js'

/** The options of a stream of records. `onChunk` starts it at once. */
export interface RecordOptions<Item, Errors = unknown>
  extends StreamOptions<Errors>,
    Pick<CallDefaults, 'maxItemLength'> {
  /** Called for each record; a promise is awaited before more is read. */
  onChunk?: ((item: Item) => unknown) | undefined
  /** What happens to a record that is not JSON: an error that ends the stream, or nothing. */
  onInvalid?: 'throw' | 'skip' | undefined
  /** Bytes that are not UTF-8 end the stream with an error of kind `parse`; unless set they are read as U+FFFD. */
  fatal?: boolean | undefined
}

/** A stream of records. */
export interface RecordStream<Item> extends StreamHandle<Item> {
  /** Reads all records until the stream ends. */
  toArray(): Promise<Item[]>
}

/** What generated code says about a stream of records. */
export interface RecordPlan extends ExchangePlan {
  /** `result`: each record is in a field of that name, as grpc-gateway writes it; one without the field is taken whole. */
  readonly unwrap?: 'result'
  /** A record with this field is an error of the server's own: it ends the stream with an error of kind `remote`. */
  readonly remoteErrorField?: string
}

/** What a reader of records works with. */
export interface RecordInput {
  /** The lines of the body. */
  readonly lines: Lines
  /**
   * The value of a record; `undefined` where there is nothing to deliver. With `isStart` the text may be the start of a
   * record, and `undefined` says that it is not JSON yet. Throws for what is not JSON.
   */
  readonly parse: (text: string, isStart?: 'isStart') => unknown
  /** The longest record in UTF-16 code units. */
  readonly limit: number | undefined
}

/** What differs between NDJSON and JSON text sequences. */
export interface RecordFormat {
  /** The media types that are accepted although the document names another of the family. */
  readonly kind: RegExp
  /** What ends the last record where the body ends without it. */
  readonly end: string
  /** Makes what gives the next record, or `undefined` where more lines are needed. */
  readonly newReader: (input: RecordInput) => () => unknown
}

/** Opens a stream of records in a format. */
export function openRecords<Item>(
  session: Session,
  {
    options,
    plan,
    format,
  }: {
    readonly options: Pick<RecordOptions<Item>, 'onChunk' | 'onInvalid' | 'fatal'>
    readonly plan: RecordPlan
    readonly format: RecordFormat
  },
): RecordStream<Item> {
  const limit = session.settings.maxItemLength
  // A line of a sequence has RS before its record.
  const lines = newLines(limit && limit + format.end.length - 1)
  const parse = newParse(plan, options.onInvalid === 'skip')
  // The document declares what a record is.
  const take = format.newReader({ lines, parse, limit }) as () => Item | undefined
  const read = newTextReader(session, plan, {
    kind: format.kind,
    decode: newRecordDecoder(options.fatal),
    push: (text, isLast) => lines.push(isLast ? text + format.end : text),
  })
  const handle = openStream(session, { take, read }, options.onChunk)
  return Object.assign(handle, { toArray: () => toArray(handle) })
}

/** Refuses bytes that are not UTF-8 if `fatal`. */
function newRecordDecoder(fatal: boolean | undefined): TextDecode {
  const decode = newTextDecoder(fatal)
  return (bytes) => {
    try {
      return decode(bytes)
    } catch {
      throw new StreamError('the text is not UTF-8', { kind: 'parse' })
    }
  }
}

function newParse(plan: RecordPlan, skipsInvalid: boolean): RecordInput['parse'] {
  let position = 0
  return (text, isStart) => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      if (isStart) return undefined
      position++
      // Blank lines are not records.
      if (skipsInvalid || !text.trim()) return undefined
      throw notJson(`record ${position}`, { position, text })
    }
    position++
    return unwrap(value, plan)
  }
}

function unwrap(value: unknown, { unwrap, remoteErrorField }: RecordPlan): unknown {
  if ((!unwrap && !remoteErrorField) || typeof value !== 'object' || !value) return value
  // An object, or a list, which has no such field.
  const fields = value as Readonly<Record<string, unknown>>
  const body = remoteErrorField && own(fields, remoteErrorField)
  if (body !== undefined && body !== null) throw new StreamError('the server sent an error', { kind: 'remote', body })
  const inner = unwrap && own(fields, unwrap)
  return inner === undefined ? value : inner
}
