import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  isStreamError,
  newClient,
  openBinary,
  openNdjson,
  openSse,
  openText,
  requestJson,
  type SseMessage,
  type SseOptions,
  StreamError,
  type StreamFailure,
  type StreamHandle,
  type Without,
} from '../../src/runtime/index.js'
import { answering, planOf } from './answers.js'

interface Notification {
  readonly title: string
}
type Events = { notification: Notification; ping: undefined }
type Errors = { 404: { missing: string }; '5XX': { crash: string }; default: { other: string } }

const client = answering(['event: notification\ndata: {"title":"a"}\n\nevent: ping\ndata\n\n'], 'text/event-stream')
const plan = { ...planOf('text/event-stream'), events: { notification: 'json', ping: 'none' } } as const

describe('types', () => {
  it('a message is a union that its event name tells apart', async () => {
    for await (const message of openSse<Events>(client, undefined, plan)) {
      expectTypeOf(message).toEqualTypeOf<SseMessage<'notification', Notification> | SseMessage<'ping', undefined>>()
      if (message.event === 'notification') expectTypeOf(message.data).toEqualTypeOf<Notification>()
      else expectTypeOf(message.data).toEqualTypeOf<undefined>()
    }
  })
  it('handlers get the data of their event', () => {
    const options: SseOptions<Events, Errors> = {
      on: {
        notification: (data, message) => {
          expectTypeOf(data).toEqualTypeOf<Notification>()
          expectTypeOf(message).toEqualTypeOf<SseMessage<'notification', Notification>>()
        },
      },
      onError: (error) => {
        expectTypeOf(error).toEqualTypeOf<StreamFailure<Errors>>()
        if (error.kind === 'http' && error.status === 404) expectTypeOf(error.body).toExtend<object>()
      },
    }
    expect(options).toBeDefined()
    // @ts-expect-error an event that is not declared
    const wrong: SseOptions<Events> = { on: { other: () => {} } }
    expect(wrong).toBeDefined()
  })
  it('names that are not declared leave the event a string', async () => {
    const stream = openSse<Record<string, Notification>>(client, undefined, { ...plan })
    const messages = await stream.toArray()
    expectTypeOf(messages).toEqualTypeOf<SseMessage<string, Notification>[]>()
  })
  it('the body of a failure has the type of its status', () => {
    const error: unknown = new StreamError('x', { kind: 'http', status: 404, body: { missing: 'a' } })
    if (!isStreamError<{ 404: { missing: string }; 409: { conflict: number } }>(error)) throw error
    if (error.kind === 'http') {
      if (error.status === 404) expectTypeOf(error.body).toEqualTypeOf<{ missing: string }>()
      else if (error.status === 409) expectTypeOf(error.body).toEqualTypeOf<{ conflict: number }>()
      else expectTypeOf(error.body).toBeUnknown()
      expect(error.body).toEqual({ missing: 'a' })
    } else expectTypeOf(error.body).toEqualTypeOf<unknown>()
  })
  it('without declared errors the body is unknown', () => {
    expectTypeOf<Extract<StreamFailure, { kind: 'http' }>['body']>().toEqualTypeOf<unknown>()
    expectTypeOf<Extract<StreamFailure<Errors>, { kind: 'http' }>['status']>().toEqualTypeOf<number>()
  })
  it('each kind yields its items', async () => {
    const rows = openNdjson<Notification>(answering([], ''), undefined, planOf('application/jsonl'))
    expectTypeOf(rows.toArray()).resolves.toEqualTypeOf<Notification[]>()
    const bytes = openBinary(answering([], ''), undefined, planOf('image/png'))
    expectTypeOf(bytes).toExtend<StreamHandle<Uint8Array>>()
    expectTypeOf(bytes.blob()).resolves.toEqualTypeOf<File>()
    const text = openText(answering([], ''), undefined, planOf('text/plain'))
    expectTypeOf(text.lines()).toEqualTypeOf<AsyncIterable<string>>()
    expectTypeOf(
      requestJson<Notification>(answering(['{}'], ''), undefined, planOf('application/json')),
    ).resolves.toEqualTypeOf<Notification>()
    await Promise.all([rows.done, bytes.done, text.done])
  })
  it('a client takes the secrets that its document names', () => {
    const options = newClient<{ key?: string }>({ auth: { key: 'a' } }).options
    expectTypeOf(options.auth).toEqualTypeOf<{ key?: string } | undefined>()
    // @ts-expect-error a scheme that is not declared
    newClient<{ key?: string }>({ auth: { other: 'a' } })
  })
  it('Without keeps unions, index signatures and modifiers', () => {
    type Union = { readonly a?: string; stream: true; b: 1 } | { stream: false; c: 2; [key: `x-${string}`]: number }
    expectTypeOf<Without<Union, 'stream'>>().toEqualTypeOf<
      { readonly a?: string; b: 1 } | { c: 2; [key: `x-${string}`]: number }
    >()
  })
})

describe('errors', () => {
  it('row 64: show neither bodies nor headers nor excerpts when they are logged', () => {
    const headers = new Headers({ 'set-cookie': 'secret' })
    const error = new StreamError('HTTP status 500', {
      kind: 'http',
      status: 500,
      headers,
      body: 'secret',
      excerpt: 'secret',
      cause: 'x',
    })
    expect(Object.keys(error)).toEqual(['name', 'kind', 'status'])
    expect(JSON.stringify(error)).not.toContain('secret')
    expect([error.body, error.headers, error.excerpt, (error as Error).cause]).toEqual([
      'secret',
      headers,
      'secret',
      'x',
    ])
  })
  it('are told from others, also those of another copy of the runtime', () => {
    expect(isStreamError(new StreamError('x', { kind: 'closed' }))).toBe(true)
    expect(isStreamError(Object.assign(new Error('x'), { name: 'StreamError', kind: 'closed' }))).toBe(true)
    expect([isStreamError(new Error('x')), isStreamError(undefined), isStreamError({ name: 'StreamError' })]).toEqual([
      false,
      false,
      false,
    ])
  })
})
