/** Routers of chained calls: Express, Hono and Elysia. Prefixes, messages, and what is refused. */
import { describe, expect, it } from 'vitest'
import { answer, type Files, item, read, refusal, text } from '../core/reading.js'

function titles(files: Files): string[] {
  return read(files).api.operations.map(({ method, path }) => `${method} ${path}`)
}

const TAG = '/** @stream text */'

describe('prefixes of Express', () => {
  it('are those of all mounts, through several files', () => {
    const files = {
      'jobs.ts': `export const router = Router()\n${TAG}\nrouter.get('/:id', (request, response) => {})`,
      'v1.ts': "import { router } from './jobs.js'\nexport default Router().use('/jobs', log, router)",
      'app.ts': "import v1 from './v1.js'\nconst app = express()\napp.use('/v1', v1)\napp.use('/latest', v1)",
    }
    expect(titles(files)).toEqual(['GET /v1/jobs/{id}', 'GET /latest/jobs/{id}'])
    const stated = { ...files, 'jobs.ts': files['jobs.ts'].replace('text', 'text GET /here') }
    expect(titles(stated)).toEqual(['GET /here'])
  })

  it('are refused where one is not a constant, unless the annotation states the path', () => {
    const route = (tag: string) => `const router = Router()\n${tag}\nrouter.get('/x', (a, b) => {})`
    const mount = '\nconst app = express()\napp.use("/api/" + process.env.V, router)'
    expect(refusal({ 'a.ts': `${route(TAG)}${mount}` })).toBe(
      'a.ts:5:19 route-unreadable: the prefix is not a constant text: route files are read and not run',
    )
    expect(titles({ 'a.ts': `${route('/** @stream text GET /api/x */')}${mount}` })).toEqual(['GET /api/x'])
  })

  it('do not go round in circles', () => {
    expect(titles({ 'a.ts': `const a = Router()\na.use('/a', a)\n${TAG}\na.get('/x', (q, s) => {})` })).toEqual([
      'GET /a/x',
    ])
  })
})

describe('prefixes of Hono', () => {
  it('are those of mounts and base paths', () => {
    const jobs = `import { streamText } from 'hono/streaming'
const jobs = new Hono().basePath('/jobs')
jobs.get('/:id', (c) => streamText(c, async () => {}))
export default jobs`
    const app = "import jobs from './jobs.js'\nconst api = new Hono().basePath('/api')\napi.route('/v1', jobs)"
    expect(titles({ 'jobs.ts': jobs, 'app.ts': app })).toEqual(['GET /api/v1/jobs/{id}'])
  })
})

describe('the messages of Hono', () => {
  const DECLARED = `
type Event = { type: 'a'; n: number } | { type: 'b' }
declare const event: Event, name: string, kind: 'x' | 'y', when: Date, raw: string`
  const route = (message: string, before = '') => `import { streamSSE } from 'hono/streaming'
app.get('/a', (c) => streamSSE(c, async (s) => {
  ${before}
  await s.writeSSE(${message})
}))${DECLARED}`

  it.each([
    ['{ data: JSON.stringify({ n: name.length }) }', ['null json { n: number }']],
    ["{ event: 'x', data: raw }", ['x text string']],
    ["{ event: 'x', data: '' }", ['x none undefined']],
    ['{ event: event.type, data: JSON.stringify(event) }', ["a json { type: 'a'; n: number }", "b json { type: 'b' }"]],
    ['{ event: kind, data: JSON.stringify(when) }', ['x json string', 'y json string']],
  ])('%s', (message, expected) => {
    const reading = read({ 'a.ts': route(message) })
    const found = answer(reading, 'GET /a')
    if (found.kind !== 'sse') throw new Error(found.kind)
    expect(found.events.map(({ name, payload, type }) => `${name} ${payload} ${text(reading, type)}`)).toEqual(expected)
  })

  it('may go through a constant, and end with a mark', () => {
    const before = "const data = JSON.stringify({ n: 1 as const })\n  await s.writeSSE({ data: '[DONE]' })"
    const found = answer(read({ 'a.ts': route('{ data }', before) }), 'GET /a')
    expect(found).toMatchObject({ kind: 'sse', sentinel: '[DONE]', events: [{ name: null, payload: 'json' }] })
  })

  it.each([
    ['{ event: name, data: raw }', 'a.ts:4:20 route-unreadable: the name of this event is not a constant'],
    ['made()', 'a.ts:4:9 route-unreadable: the message is not written as an object here'],
    ["{ event: 'x' }", 'a.ts:4:20 route-unreadable: the message has no property `data`'],
    [
      '{ data: JSON.stringify(JSON.parse(raw)) }',
      'a.ts:4:43 type-any: this is of type any, so that nothing is known of it',
    ],
  ])('%s is refused', (message, expected) => {
    expect(refusal({ 'a.ts': route(message) })).toBe(expected)
  })

  it('of a handler that hands its stream to another function are refused', () => {
    expect(refusal({ 'a.ts': route("{ event: 'x', data: raw }", 'await rest(s)') })).toBe(
      'a.ts:3:14 route-unreadable: the stream is handed to another function, so that not all that is sent stands here',
    )
  })

  it('of a handler without one are refused', () => {
    const file = "import { streamSSE } from 'hono/streaming'\napp.get('/a', (c) => streamSSE(c, send))"
    expect(refusal({ 'a.ts': file })).toBe(
      'a.ts:2:22 route-unreadable: nothing in this handler calls `writeSSE`, so that the events are not known',
    )
  })

  it('of stream() have the type of what is written as lines of JSON', () => {
    const file = (type: string) => `import { stream } from 'hono/streaming'
app.get('/a', (c) => { ${type} return stream(c, async (s) => { await s.write(JSON.stringify({ n: s.n as number }) + '\\n') }) })`
    expect(item(read({ 'a.ts': file("c.header('Content-Type', 'application/x-ndjson');") }), 'GET /a')).toBe(
      '{ n: number }',
    )
    expect(refusal({ 'a.ts': file('') })).toBe(
      'a.ts:2:32 route-unreadable: `stream` has no media type of its own, and this handler sets none',
    )
  })
})

describe('Elysia', () => {
  const app = (body: string) => `import { Elysia, sse } from 'elysia'\n${body}`

  it('has the prefixes of constructors, groups and the apps that use it', () => {
    const files = {
      'inner.ts': app("export const inner = new Elysia({ prefix: '/in' }).get('/x', function* () { yield 'a' })"),
      'app.ts': app(`import { inner } from './inner.js'
new Elysia({ prefix: '/api' }).group('/g', (g) => g.use(inner).get('/y', function* () { yield 'a' }))`),
    }
    // The app is not kept in a constant: what is on it is found, and so is what it uses.
    expect(titles(files).sort()).toEqual(['GET /api/g/in/x', 'GET /api/g/y'])
  })

  it('refuses objects that nothing separates', () => {
    expect(refusal({ 'a.ts': app("new Elysia().get('/a', function* () { yield { n: 1 } })") })).toBe(
      'a.ts:2:45 route-unreadable: Elysia sends yielded objects one behind the other, without anything that separates them',
    )
  })

  it('refuses frames that are written by hand', () => {
    const body =
      "new Elysia().get('/a', function* ({ set }) { set.headers['content-type'] = 'text/event-stream'; yield 'data: 1' })"
    expect(refusal({ 'a.ts': app(body) })).toBe(
      'a.ts:2:24 route-unreadable: this handler writes a stream of kind sse by hand, and nothing states what is in it',
    )
  })

  it('refuses events whose name could be any', () => {
    const body =
      "declare const name: string\nnew Elysia().get('/a', function* () { yield sse({ event: name, data: 1 }) })"
    expect(refusal({ 'a.ts': app(body) })).toBe('a.ts:3:49 route-unreadable: the name of this event is not a constant')
  })
})

describe('@hono/zod-openapi without its packages', () => {
  it('refuses a stream whose schema gives no type', () => {
    const file = `import { createRoute, z } from '@hono/zod-openapi'
const route = createRoute({ method: 'get', path: '/a', responses: { 200: { content: { 'text/event-stream': { schema: z.object({}) } } } } })
app.openapi(route, handler)`
    expect(refusal({ 'a.ts': file })).toBe(
      'a.ts:2:118 route-unreadable: the schema of this stream gives no type: zod or @hono/zod-openapi is not installed, or it is no schema',
    )
  })
})
