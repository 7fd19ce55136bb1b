import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type BinaryOptions,
  isStreamError,
  type RecordOptions,
  type SseOptions,
  StreamError,
  type StreamFailure,
  type StreamStatus,
  type TextOptions,
} from '../../src/runtime/index.js'

interface Invalid {
  readonly detail: string
}

describe('types of errors', () => {
  const error: unknown = new StreamError('HTTP status 401', { kind: 'http', status: 401, body: 'log in' })

  it('of one declared status are narrowed by it', () => {
    if (isStreamError<{ 422: Invalid }>(error) && error.kind === 'http' && error.status === 422)
      expectTypeOf(error.body).toEqualTypeOf<Invalid>()
    expect(isStreamError(error)).toBe(true)
  })
  it('of a kind other than http have no declared body', () => {
    if (isStreamError<{ 422: Invalid }>(error) && error.kind !== 'http') expectTypeOf(error.body).toBeUnknown()
  })
  it('of a status that is not declared can be told apart', () => {
    const isExpired = (failure: StreamFailure<{ 422: Invalid }>): boolean =>
      failure.kind === 'http' && failure.status === 401
    expect(isStreamError<{ 422: Invalid }>(error) && isExpired(error)).toBe(true)
  })
})

describe('types of options', () => {
  it('reconnecting is for event streams alone', () => {
    const sse: SseOptions<Record<string, unknown>> = {
      reconnect: 'on-drop',
      maxAttempts: 2,
      minDelay: 1,
      maxDelay: 2,
      lastEventId: '4',
      onInvalid: 'skip',
    }
    // @ts-expect-error records are not asked for again
    const records: RecordOptions<unknown> = { reconnect: 'auto' }
    // @ts-expect-error nor is text
    const text: TextOptions = { reconnect: 'auto' }
    // @ts-expect-error nor are downloads
    const binary: BinaryOptions = { reconnect: 'auto' }
    expect([sse, records, text, binary]).toHaveLength(4)
  })
  it('observers learn what design.md says', () => {
    const options: BinaryOptions = {
      onOpen: ({ url, status, headers }) => {
        expectTypeOf(url).toEqualTypeOf<string>()
        expectTypeOf(status).toEqualTypeOf<number>()
        expectTypeOf(headers).toEqualTypeOf<Headers>()
      },
      onStatusChange: (status, reconnect) => {
        expectTypeOf(status).toEqualTypeOf<StreamStatus>()
        expectTypeOf(reconnect?.delay).toEqualTypeOf<number | undefined>()
      },
      onProgress: ({ loaded, total }) => {
        expectTypeOf(loaded).toEqualTypeOf<number>()
        expectTypeOf(total).toEqualTypeOf<number | undefined>()
      },
      onError: (failure) => expectTypeOf(failure.kind).toEqualTypeOf<StreamError['kind']>(),
    }
    expect(options).toBeDefined()
  })
})
