import type { CallDefaults } from './client.js'
import { StreamError } from './errors.js'
import { type ExchangePlan, exchange, type Session, type StreamOptions, textReader } from './exchange.js'
import { own } from './own.js'
import { openStream, type StreamHandle, toArray } from './stream.js'

/** The options of a stream of records. `onChunk` starts it at once. */
export interface RecordOptions<Item, Errors = unknown>
  extends StreamOptions<Errors>,
    Pick<CallDefaults, 'maxItemLength'> {
  /** Called for each record; a promise is awaited before more is read. */
  onChunk?: ((item: Item) => unknown) | undefined
  /** What happens to a record that is not JSON: an error that ends the stream, or nothing. */
  onInvalid?: 'throw' | 'skip' | undefined
}

/** A stream of records. */
export interface RecordStream<Item> extends StreamHandle<Item> {
  /** Reads all records until the stream ends. */
  toArray(): Promise<Item[]>
}

/** What generated code says about a stream of records. */
export interface RecordPlan extends Omit<ExchangePlan, 'kind'> {
  /** `result`: each record is in a field of that name, as grpc-gateway writes it; one without the field is taken whole. */
  readonly unwrap?: 'result'
  /** A record with this field is an error of the server's own: it ends the stream with an error of kind `remote`. */
  readonly remoteErrorField?: string
}

/**
 * Takes the text of a record. With `isFinal` not set it may be the start of one: `false` says that it is not JSON yet.
 */
export type TakeRecord = (text: string, isFinal: boolean) => boolean

/** Splits text into records. */
export interface RecordSplitter {
  readonly push: (text: string) => void
  /** Takes what is left when the body has ended as it should. */
  readonly end: () => void
}

/** What differs between NDJSON and JSON text sequences. */
export interface RecordFormat {
  /** The media types that are accepted although the document names another of the family. */
  readonly kind: RegExp
  /** `limit` is the length of the longest record in UTF-16 code units. */
  readonly newSplitter: (take: TakeRecord, limit: number | undefined) => RecordSplitter
}

/** Opens a stream of records in a format. */
export function openRecords<Item>(
  session: Session,
  {
    options,
    plan,
    format,
  }: {
    readonly options: Pick<RecordOptions<Item>, 'onChunk' | 'onInvalid'>
    readonly plan: RecordPlan
    readonly format: RecordFormat
  },
): RecordStream<Item> {
  // The document declares what a record is.
  const pull = newRecordSource(session, { plan, format, skipsInvalid: options.onInvalid === 'skip' }) as () => Promise<
    Item[] | undefined
  >
  const handle = openStream(session, { pull, deliver: options.onChunk })
  return Object.assign(handle, { toArray: () => toArray(handle) })
}

function newRecordSource(
  session: Session,
  {
    plan,
    format,
    skipsInvalid,
  }: { readonly plan: RecordPlan; readonly format: RecordFormat; readonly skipsInvalid: boolean },
): () => Promise<unknown[] | undefined> {
  let items: unknown[] = []
  let failure: { readonly error: unknown } | undefined
  let read: (() => Promise<string | undefined>) | undefined
  let isFinished = false
  let position = 0

  const take: TakeRecord = (text, isFinal) => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      // The exception of JSON.parse shows the text. Blank lines are not records.
      if (isFinal) position++
      if (!isFinal || skipsInvalid || !text.trim()) return false
      throw new StreamError(`record ${position} is not JSON`, { kind: 'parse', position, excerpt: text.slice(0, 1024) })
    }
    position++
    items.push(unwrap(value, plan))
    return true
  }
  const splitter = format.newSplitter(take, session.settings.maxItemLength)

  const advance = async (): Promise<void> => {
    const text = await read?.()
    if (text !== undefined) return splitter.push(text)
    isFinished = true
    splitter.end()
  }

  return async () => {
    items = []
    if (!read) {
      await exchange(session, { ...plan, kind: format.kind })
      read = textReader(session)
    }
    while (!items.length && !isFinished) {
      try {
        if (failure) throw failure.error
        await advance()
      } catch (error) {
        // What came before the error is delivered before it.
        if (!items.length) throw error
        failure = { error }
        isFinished = false
      }
    }
    return items.length ? items : undefined
  }
}

function unwrap(value: unknown, { unwrap, remoteErrorField }: RecordPlan): unknown {
  if ((!unwrap && !remoteErrorField) || typeof value !== 'object' || !value) return value
  const fields = value as Readonly<Record<string, unknown>>
  const body = remoteErrorField && own(fields, remoteErrorField)
  if (body) throw new StreamError('the server sent an error', { kind: 'remote', body })
  const inner = unwrap && own(fields, unwrap)
  return inner === undefined ? value : inner
}
