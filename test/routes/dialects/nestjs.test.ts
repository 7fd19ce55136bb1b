/** Ways to write events and paths in NestJS that the fixture does not have, and what is refused. */
import { describe, expect, it } from 'vitest'
import { answer, operation, read, refusal, text } from '../core/reading.js'

// What rxjs and NestJS declare, as far as these tests go.
const STUBS = `
declare class Observable<T> { value: T; pipe<R>(next: (value: T) => R): Observable<R> }
declare class Subject<T> extends Observable<T> { next(value: T): void }
declare function of<T>(...values: T[]): Observable<T>
interface MessageEvent { data?: string | object; id?: string; type?: string }
interface Job { id: string }
declare const job: Job
`

function controller(method: string, prefix = "'jobs'"): string {
  return `@Controller(${prefix})\nclass Jobs {\n  ${method}\n}${STUBS}`
}

function events(method: string): string[] {
  const reading = read({ 'a.ts': controller(method) })
  const found = answer(reading, 'GET /jobs/a')
  if (found.kind !== 'sse') throw new Error(found.kind)
  return found.events.map(({ name, type, payload }) => `${name} ${payload} ${text(reading, type)}`)
}

describe('the events of @Sse', () => {
  it.each([
    ["@Sse('a') a(): Observable<{ data: Job }> { return gone() }", ['null json Job']],
    ["@Sse('a') a(): Promise<Observable<{ type: 'x'; data: Job }>> { return gone() }", ['x json Job']],
    ["@Sse('a') async *a(): AsyncGenerator<{ data: Job }> {}", ['null json Job']],
    ["@Sse('a') a(): Observable<MessageEvent> { return of(job).pipe((one) => ({ data: one })) }", ['null json Job']],
    [
      "@Sse('a') a(): Observable<MessageEvent> { return of(job).pipe((data) => ({ data, type: 'x' })) }",
      ['x json Job'],
    ],
    ["@Sse('a') a(): Observable<MessageEvent> { return of({ data: JSON.stringify(job) }) }", ['null json Job']],
    ["@Sse('a') a(): Observable<MessageEvent> { return of({ data: 'plain' }) }", ['null text string']],
    [
      "@Sse('a') a(): Observable<MessageEvent> { return of(1).pipe((n) => n ? { type: 'x', data: job } : { type: 'y', data: '' }) }",
      ['x json Job', 'y none undefined'],
    ],
    [
      "@Sse('a') a() { return of(job).pipe((one) => wrap(one)) }\n} function wrap(data: Job) { return { data }",
      ['null json Job'],
    ],
  ])('%s', (method, expected) => {
    expect(events(method)).toEqual(expected)
  })

  it('are refused where a subject says nothing of them', () => {
    const method = "@Sse('a') a(): Observable<MessageEvent> { return new Subject<MessageEvent>() }"
    expect(refusal({ 'a.ts': controller(method) })).toBe(
      'a.ts:3:3 route-unreadable: the type of the events is not stated: `data` of MessageEvent may be any string or object',
    )
  })

  it('are those of the tags where there are tags', () => {
    const method = "/** @stream sse\n * @event {Job} */\n  @Sse('a') a(): Observable<MessageEvent> { return gone() }"
    expect(events(method)).toEqual(['null json Job'])
  })
})

describe('messages that are made elsewhere', () => {
  const service = `
class Service {
  jobs(): Observable<MessageEvent> { return of(job).pipe(map((one) => ({ type: 'job', data: one }))) }
  readonly all: Observable<MessageEvent> = of(job).pipe(map((one) => ({ type: 'all', data: { one } })))
}
declare const service: Service
declare function map<T, R>(make: (value: T) => R): (value: T) => R
declare function merge<T>(...all: Observable<T>[]): Observable<T>
function toMessage(one: Job): MessageEvent { return { type: 'made', data: one } }
`
  it.each([
    ["@Sse('a') a(): Observable<MessageEvent> { return service.jobs() }", ['job json Job']],
    ["@Sse('a') a(): Observable<MessageEvent> { return service.all }", ['all json { one: Job }']],
    [
      "@Sse('a') a(): Observable<MessageEvent> { const all = merge(service.jobs(), service.all); return all }",
      ['job json Job', 'all json { one: Job }'],
    ],
    ["@Sse('a') a(): Observable<MessageEvent> { return of(job).pipe(map(toMessage)) }", ['made json Job']],
    [
      "@Sse('a') a(): Observable<MessageEvent> { return of(job).pipe(map((one) => toMessage(one))) }",
      ['made json Job'],
    ],
    [
      "@Sse('a') a(): Observable<MessageEvent> { return new Observable((to) => { to.next({ data: { type: 'x', n: job.id } }) }) }",
      ["null json { type: 'x'; n: string }"],
    ],
    [
      "@Sse('a') async *a(): AsyncIterable<MessageEvent> { yield { data: { kind: 'x' } } }",
      ["null json { kind: 'x' }"],
    ],
    [
      "@Sse('a') a(): Observable<MessageEvent> { return of(either).pipe(map((one) => ({ type: one.kind, data: one }))) }",
      ["x json { kind: 'x' }", "y json { kind: 'y'; n: 1 }"],
    ],
  ])('%s', (method, expected) => {
    expect(
      events(`${method}\n}${service}\ndeclare const either: { kind: 'x' } | { kind: 'y'; n: 1 }\nclass Rest {`),
    ).toEqual(expected)
  })
})

describe('the path of a method', () => {
  const SSE = "@Sse('b') b(): Observable<{ data: Job }> { return gone() }"
  const titles = (files: Readonly<Record<string, string>>) =>
    read(files, ['a.ts']).api.operations.map(({ method, path }) => `${method} ${path}`)

  it.each([
    [controller(SSE, ''), 'GET /b'],
    [controller(SSE, "{ path: '/v1/a/' }"), 'GET /v1/a/b'],
    [controller("@Get('c') @Sse() b(): Observable<{ data: Job }> { return gone() }"), 'GET /jobs/c'],
    [
      controller("@Sse('b', { method: RequestMethod.POST }) b(): Observable<{ data: Job }> { return gone() }"),
      'POST /jobs/b',
    ],
  ])('%s', (file, title) => {
    expect(titles({ 'a.ts': file })).toEqual([title])
  })

  it('is one for each that a list states', () => {
    expect(titles({ 'a.ts': controller(SSE, "['x', 'y']") })).toEqual(['GET /x/b', 'GET /y/b'])
  })

  it('has the global prefix and the version, which other files set', () => {
    const main = "app.setGlobalPrefix('api')\napp.enableVersioning()"
    const file = controller(SSE, "{ path: 'a', version: '2' }")
    expect(titles({ 'a.ts': file, 'main.ts': main })).toEqual(['GET /api/v2/a/b'])
    expect(titles({ 'a.ts': file, 'main.ts': 'app.enableVersioning({ type: VersioningType.HEADER })' })).toEqual([
      'GET /a/b',
    ])
  })

  it('has the version that the app gives to all, and none where it is neutral', () => {
    const main =
      "app.setGlobalPrefix('api', { exclude: ['a/b'] })\napp.enableVersioning({ defaultVersion: ['1', '2'], prefix: 'V' })"
    expect(titles({ 'a.ts': controller(SSE, "'x'"), 'main.ts': main })).toEqual(['GET /api/V1/x/b', 'GET /api/V2/x/b'])
    const neutral = controller(SSE, "{ path: 'a', version: VERSION_NEUTRAL }")
    expect(titles({ 'a.ts': neutral, 'main.ts': main })).toEqual(['GET /a/b'])
  })

  it('is that of the controller for methods that it inherits', () => {
    const base = `export abstract class Base<T> {
@Sse('b') b(): Observable<{ data: T }> { throw 1 }
@Sse('c') c(): Observable<{ data: T }> { throw 1 }
}`
    const own = `import { Base } from './base.js'
interface Job { id: string }
@Controller('jobs') export class Jobs extends Base<Job> { @Sse('d') c(): Observable<{ data: number }> { throw 1 } }`
    const files = {
      'a.ts': `${own}\nclass Observable<T> { item?: T }`,
      'base.ts': `${base}\nclass Observable<T> { item?: T }`,
    }
    expect(titles(files).sort()).toEqual(['GET /jobs/b', 'GET /jobs/d'])
    expect(answer(read(files, ['a.ts']), 'GET /jobs/b')).toMatchObject({
      events: [{ type: { kind: 'ref', id: 'a.ts#Job' } }],
    })
  })

  it('is refused where it is not a constant', () => {
    expect(refusal({ 'a.ts': controller(SSE, 'prefix()') })).toBe(
      'a.ts:1:13 route-unreadable: the path is not a constant',
    )
    const main = 'app.setGlobalPrefix(config.prefix)'
    expect(refusal({ 'a.ts': controller(SSE), 'main.ts': main }, ['a.ts'])).toBe(
      'main.ts:1:21 route-unreadable: the global prefix is not a constant',
    )
  })
})

describe('a method that streams otherwise', () => {
  it('returns a file, with the type that it states', () => {
    const method =
      "@Get('a') async a(): Promise<StreamableFile> { return new StreamableFile(bytes, { type: 'image/png' }) }"
    const reading = read({ 'a.ts': controller(method) })
    expect(operation(reading, 'GET /jobs/a').override?.stated?.accept).toEqual(['image/png'])
  })

  it('is refused where only its header says that it streams', () => {
    const method = "@Get('a') @Header('Content-Type', 'application/x-ndjson') a(@Res() res) { res.end() }"
    const file = controller(method.replace('res.end()', "res.end('text/event-stream')"))
    expect(refusal({ 'a.ts': file })).toBe(
      'a.ts:3:3 route-unreadable: this method writes its stream by hand, and nothing states what is in it',
    )
  })
})
