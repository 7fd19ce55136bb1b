import 'reflect-metadata'
import { Body, Controller, Headers, HttpException, type MessageEvent, Module, RequestMethod, Sse } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { concat, finalize, from, map, NEVER, type Observable, of, startWith, throwError } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { openAny, planOf } from '../runtime/answers.js'
import { type Running, started, testFeed, urlOf, type Visits } from './feed.js'

/** The decorators are called by hand: they are not erasable, and so no part of the TypeScript of this project. */
function controllerOf(visits: Visits): new () => object {
  class Feed {
    feed(lastId: string | undefined): Observable<MessageEvent> {
      return from(visits.next(lastId)).pipe(map(({ event, data, id }) => ({ type: event, data, id })))
    }
    open(): Observable<MessageEvent> {
      return NEVER.pipe(
        startWith({ type: 'step', data: { n: 0 } }),
        finalize(() => visits.closed++),
      )
    }
    chat({ words }: { words: string[] }): Observable<MessageEvent> {
      return of(...words.map((word) => ({ data: JSON.stringify(word) })), { data: '[DONE]' })
    }
    finite(): Observable<MessageEvent> {
      return of({ data: ' a\r\n  b' }, { data: 'c' })
    }
    broken(): Observable<MessageEvent> {
      return concat(
        of({ data: 'a' }),
        throwError(() => new HttpException('no', 409)),
      )
    }
  }
  const { prototype } = Feed
  Headers('last-event-id')(prototype, 'feed', 0)
  Body()(prototype, 'chat', 0)
  for (const name of ['feed', 'open', 'chat', 'finite', 'broken'] as const) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name)
    if (descriptor)
      Sse(name, { method: name === 'chat' ? RequestMethod.POST : RequestMethod.GET })(prototype, name, descriptor)
  }
  Controller()(Feed)
  return Feed
}

async function start(visits: Visits): Promise<Running> {
  class App {}
  Module({ controllers: [controllerOf(visits)] })(App)
  const app = await NestFactory.create(App, { logger: false, forceCloseConnections: true })
  await app.listen(0, '127.0.0.1')
  return { url: urlOf(app.getHttpServer()), stop: () => app.close() }
}

describe('NestJS', () => {
  testFeed(start)

  it('numbers events by itself, so that a finite stream is to be read on-drop', async () => {
    const { client } = await started(start)
    const plan = planOf('text/event-stream', { path: '/finite' })
    expect(await openAny(client, { reconnect: 'on-drop' }, plan).toArray()).toEqual([
      { event: 'message', data: ' a\n  b', id: '1' },
      { event: 'message', data: 'c', id: '2' },
    ])
  })
  it('reports an error of its observable as an event, which ends the stream', async () => {
    const { client } = await started(start)
    const plan = { ...planOf('text/event-stream', { path: '/broken' }), remoteErrorEvent: 'error' }
    const seen: unknown[] = []
    const stream = openAny(client, { onMessage: ({ data }) => seen.push(data) }, plan)
    await expect(stream.done).rejects.toMatchObject({ kind: 'remote', body: 'no' })
    expect(seen).toEqual(['a'])
  })
})
