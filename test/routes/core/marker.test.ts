/** What `satisfies StreamRoute<…>` may look like, and what is refused of it. */
import { describe, expect, it, test } from 'vitest'
import { item, operation, read, refusal, text } from './reading.js'

const IMPORT = "import type { StreamRoute } from 'streamwright'\n"

describe('a constant that satisfies StreamRoute', () => {
  it.each([
    ['a member of a namespace', "import type * as sw from 'streamwright'", 'sw.StreamRoute'],
    ['an import in place', '', "import('streamwright').StreamRoute"],
    ['an import of another name', "import { type StreamRoute as Live } from 'streamwright'", 'Live'],
  ])('may name it by %s', (_, before, name) => {
    const route = `export const a = { kind: 'ndjson', path: '/a' } satisfies ${name}<{ event: { n: 1 } }>`
    expect(item(read({ 'a.ts': `${before}\n${route}` }), 'GET /a')).toBe('{ n: 1 }')
  })

  it.each([
    ['a member', "{ kind: 'text', path: '/a', pth: 1 }", '{}', 'a.ts:2:46 annotation: StreamRoute has no member "pth"'],
    ['a type', "{ kind: 'sse', path: '/a' }", '{ evnt: 1 }', 'a.ts:2:70 annotation: StreamRoute has no member "evnt"'],
    [
      'a name',
      "{ kind: 'ndjson', path: '/a' }",
      '{ events: { b: 1 } }',
      'a.ts:2:86 annotation: ndjson has no named events',
    ],
    [
      'an event',
      "{ kind: 'text', path: '/a' }",
      '{ event: 1 }',
      'a.ts:2:78 annotation: event says nothing of a stream of kind text',
    ],
    ['no path', "{ kind: 'text' }", '{}', 'a.ts:2:18 route-path-missing: nothing says at which path this route is'],
  ])('is refused for %s that has no place in it', (_, object, types, expected) => {
    expect(refusal({ 'a.ts': `${IMPORT}export const a = ${object} satisfies StreamRoute<${types}>` })).toBe(expected)
  })

  it('must be on the line where the object ends, as the language wants it', () => {
    const files = { 'a.ts': `${IMPORT}export const a = { kind: 'text', path: '/a' }\n  satisfies StreamRoute<{}>` }
    expect(refusal(files)).toMatch(/^a\.ts:3:3 route-syntax: /)
  })
})

describe('what two tags or a tag and the code say differently', () => {
  test('an event that is called as a type of the file', () => {
    const tags = '/** @stream sse /a\n * @event Progress\n */\ninterface Progress { n: number }'
    expect(refusal({ 'a.ts': tags })).toBe(
      'a.ts:1:5 annotation: @event Progress states an event without data, and Progress is a type of this file',
    )
    const stated = tags.replace('@event Progress', '@event Progress {void}')
    expect(operation(read({ 'a.ts': stated }), 'GET /a').override?.stated?.answer).toMatchObject({
      events: [{ name: 'Progress', payload: 'none' }],
    })
  })

  test('a body without a method', () => {
    expect(refusal({ 'a.ts': '/** @stream text /a\n * @body {{ q: string }} */' })).toBe(
      'a.ts:2:11 route-body: a request by GET carries no body, and GET /a states one',
    )
  })

  test('a body that a framework states for GET is left out, with a warning', () => {
    const controller = "@Controller() class A { @Sse('a') a(@Body() body: { q: string }): Observable<{ data: 1 }> {} }"
    const reading = read({ 'a.ts': controller })
    expect(operation(reading, 'GET /a')).not.toHaveProperty('body')
    expect(reading.warnings.map(({ code }) => code)).toEqual(['route-body'])
  })

  test('a query of a tag is in place of the one that the framework has', () => {
    const controller =
      "@Controller() class A {\n/** @stream sse\n * @query {{ limit: number }} */\n@Sse('a') a(@Query('limit') limit, @Query('x') x): Observable<{ data: 1 }> {} }"
    const reading = read({ 'a.ts': controller })
    const { parameters } = operation(reading, 'GET /a')
    expect(parameters.map(({ name, type }) => [name, text(reading, type)])).toEqual([['limit', 'number']])
  })
})

test('a body that may be undefined is one that may be left out', () => {
  const reading = read({ 'a.ts': '/** @stream text POST /a\n * @body {{ q: string } | undefined} */' })
  const { body } = operation(reading, 'POST /a')
  expect(body?.required).toBe(false)
  expect(body?.contents.map(({ type }) => text(reading, type))).toEqual(['{ q: string }'])
})
