/** What schemas let in: nothing that they say is lost without a word. */
import { describe, expect, it } from 'vitest'
import { operation, read, refusal, text } from '../core/reading.js'

/** Schemas with the members that zod gives them for the checker. */
const ZOD = `declare function schema<In, Out = In>(): { readonly _input: In; readonly _output: Out }
declare function zValidator(target: string, schema: unknown): unknown
`

const hono = (...handlers: readonly string[]) => `import { streamText } from 'hono/streaming'
${ZOD}app.post('/a', ${handlers.join(', ')}, (c) => streamText(c, async () => {}))`

describe('a schema', () => {
  it('that converts from anything lets in what comes out', () => {
    const converting = `schema<{ limit?: unknown; since: unknown; any: unknown; tags: { n: unknown }[] },
{ limit: number; since: Date; any: unknown; tags: { n: boolean }[] }>()`
    const found = read({ 'a.ts': hono(`zValidator('json', ${converting})`) })
    const body = operation(found, 'POST /a').body?.contents[0]?.type
    expect(body && text(found, body, 'request').replaceAll(/\s+/g, ' ')).toBe(
      '{ limit?: number | undefined since: Date | string any: unknown tags: { n: boolean }[] }',
    )
  })

  it('whose package is missing is refused, unless an annotation states the type', () => {
    const file = `import { z } from 'zod'\n${hono("zValidator('json', z.object({}))")}`
    expect(refusal({ 'a.ts': file })).toBe(
      'a.ts:5:35 type-unresolved: the type z.object({}) cannot be found: nothing is at the import "zod"',
    )
    const stated = file.replace('app.post', '/** @stream text\n * @body {{ n: 1 }} */\napp.post')
    const found = read({ 'a.ts': stated })
    const body = operation(found, 'POST /a').body?.contents[0]?.type
    expect(body && text(found, body, 'request')).toBe('{ n: 1 }')
  })

  it('of a form is the type of a form', () => {
    const found = read({ 'a.ts': hono("zValidator('form', schema<{ n: string }>())") })
    expect(operation(found, 'POST /a').body?.contents).toMatchObject([
      { mediaType: 'application/x-www-form-urlencoded', format: 'urlencoded' },
    ])
  })

  it('of cookies is one of cookies', () => {
    const found = read({ 'a.ts': hono("zValidator('cookie', schema<{ session: string; theme?: 'dark' }>())") })
    expect(operation(found, 'POST /a').parameters).toMatchObject([
      { in: 'cookie', name: 'session', required: true, serialization: { style: 'form' } },
      { in: 'cookie', name: 'theme', required: false },
    ])
  })

  it('that is none is refused', () => {
    expect(refusal({ 'a.ts': hono("zValidator('query', { not: 'a schema' })") })).toBe(
      'a.ts:4:36 type-any: this is of type any, so that nothing is known of it',
    )
  })

  it('of Elysia may be the name of a model, and is refused where that is not known', () => {
    const file = `import { Elysia, sse } from 'elysia'
new Elysia().post('/a', async function* ({ body }) { yield 'a' }, { body: 'ask' })`
    expect(refusal({ 'a.ts': file })).toMatch(/^a\.ts:2:75 type-(any|unresolved): /)
  })
})

describe('routes of Hono', () => {
  it('may be added by `on`, and have the handlers that a factory made', () => {
    const file = `import { streamText } from 'hono/streaming'
${ZOD}const handlers = factory.createHandlers(zValidator('query', schema<{ n: number }>()), (c) => streamText(c, async () => {}))
app.on('GET', '/a', (c) => streamText(c, async () => {}))
app.get('/b', ...handlers)
app.get('/c', ...factory.createHandlers((c) => streamText(c, async () => {})))`
    const found = read({ 'a.ts': file })
    expect(found.api.operations.map(({ path, parameters }) => [path, parameters.map(({ name }) => name)])).toEqual([
      ['/a', []],
      ['/b', ['n']],
      ['/c', []],
    ])
  })
})

describe('error replies', () => {
  const replies = (file: string, title: string) => {
    const found = read({ 'a.ts': file })
    return operation(found, title).replies.map(({ status, contents: [content] }) => [
      status,
      content?.type && text(found, content.type),
    ])
  }

  it('of @hono/zod-openapi have the types of their schemas, wherever they are written', () => {
    const file = `${ZOD}interface Problem { message: string }
declare const app: { openapi(route: object, handler: unknown): void }
declare function jsonContent<T>(schema: T): { content: { 'application/json': { schema: T } }; description: string }
const common = { 500: jsonContent(schema<Problem>()) }
const route = { method: 'get', path: '/a', responses: {
  ...common,
  200: { content: { 'text/event-stream': { schema: schema<Problem>() } } },
  404: { content: { 'application/problem+json': { schema: schema<{ missing: string }>() } } },
  401: { description: 'nothing in it' },
  '4XX': { content: { 'text/html': { schema: schema<string>() } } },
} }
app.openapi(createRoute(route), () => {})`
    expect(replies(file, 'GET /a').sort()).toEqual([
      ['404', '{ missing: string }'],
      ['500', 'Problem'],
    ])
  })

  it('of Elysia have those of its response schemas', () => {
    const file = `import { Elysia } from 'elysia'\n${ZOD}
new Elysia().get('/a', function* () { yield 'a' }, { response: { 200: schema<string>(), 404: schema<{ gone: true }>() } })`
    expect(replies(file, 'GET /a')).toEqual([['404', '{ gone: true }']])
  })
})

describe('guards of Elysia', () => {
  const inputs = (file: string): string[] => {
    const found = read({ 'a.ts': `import { Elysia } from 'elysia'\n${ZOD}${file}` })
    return found.api.operations.map(({ path, parameters, body }) =>
      [path, ...parameters.map((one) => `${one.in}:${one.name}`), ...(body === undefined ? [] : ['body'])].join(' '),
    )
  }
  const stream = "function* () { yield 'a' }"

  it.each([
    [
      'before in the chain',
      `new Elysia().get('/a', ${stream}).guard({ query: schema<{ q: 1 }>() }).get('/b', ${stream})`,
    ],
    [
      'of a name',
      `const app = new Elysia()\napp.get('/a', ${stream})\napp.guard({ query: schema<{ q: 1 }>() })\napp.get('/b', ${stream})`,
    ],
    [
      'around',
      `new Elysia().get('/a', ${stream}).guard({ query: schema<{ q: 1 }>() }, (app) => app.get('/b', ${stream}))`,
    ],
    [
      'around the group around',
      `new Elysia().get('/a', ${stream}).guard({ query: schema<{ q: 1 }>() }, (app) => app.group('/b', (inner) => inner.get('/', ${stream})))`,
    ],
  ])('%s', (_, file) => {
    expect(inputs(file)).toEqual(['/a', '/b query:q'])
  })

  it('and groups state what the hook of a route does not', () => {
    const file = `new Elysia().group('/g', { body: schema<{ a: 1 }>(), headers: schema<{ h: 1 }>() }, (app) =>
  app.post('/a', ${stream}, { headers: schema<{ own: 1 }>(), cookie: schema<{ c: 1 }>() }))`
    expect(inputs(file)).toEqual(['/g/a header:own cookie:c body'])
  })

  it('that hold beside others are refused, unless an annotation states the type', () => {
    const file = (tag: string): string =>
      `new Elysia().guard({ schema: 'standalone', query: schema<{ q: 1 }>() })${tag}.get('/a', ${stream}, { query: schema<{ own: 1 }>() })`
    expect(() => inputs(file(''))).toThrow('this is of type any')
    expect(inputs(file('\n/** @stream text\n * @query {{ q: 1; own: 1 }} */\n'))).toEqual(['/a query:q query:own'])
  })

  it('are in the path of their app', () => {
    const file = `new Elysia({ prefix: '/p' }).guard({}, (app) => app.get('/a', ${stream}))`
    expect(inputs(file)).toEqual(['/p/a'])
  })
})
