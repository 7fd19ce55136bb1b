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
