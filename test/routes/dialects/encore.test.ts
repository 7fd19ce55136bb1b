/** The arity rule of Encore.ts, what else the fixture does not have, and what is refused. */
import { describe, expect, it } from 'vitest'
import type { SocketAnswer } from '../../../src/ir.js'
import { answer, operation, type Reading, read, refusal, text } from '../core/reading.js'

const TYPES = `import { api, Header, Query } from 'encore.dev/api'
interface Shake { a: string }
interface In { in: 1 }
interface Out { out: 1 }
`

/** No package is installed. */
function endpoint(call: string): Reading {
  return read({ 'svc/a.ts': `${TYPES}export const a = ${call}` })
}

function socket(call: string): object {
  const reading = endpoint(call)
  const found = answer(reading, 'GET /svc.a')
  if (found.kind !== 'websocket') throw new Error(found.kind)
  const { send, receive, reply }: SocketAnswer = found
  const query = operation(reading, 'GET /svc.a').parameters.map(({ name }) => name)
  const shown = Object.entries({ send, receive, reply }).flatMap(([role, type]) =>
    type ? [[role, text(reading, type)]] : [],
  )
  return { ...Object.fromEntries(shown), ...(query.length === 0 ? {} : { query }) }
}

describe('the type arguments of Encore.ts', () => {
  it.each([
    ['streamIn<In>({ expose: true }, async (s) => {})', { send: 'In' }],
    ['streamIn<In, Out>({ expose: true }, async (s) => {})', { send: 'In', reply: 'Out' }],
    ['streamIn<In>({ expose: true }, async (s): Promise<Out> => {})', { send: 'In', reply: 'Out' }],
    ['streamIn<In>({ expose: true }, async (s): Promise<void> => {})', { send: 'In' }],
    ['streamIn<Shake, In>({ expose: true }, async (h, s) => {})', { send: 'In', query: ['a'] }],
    ['streamIn<Shake, In, Out>({ expose: true }, async (h, s) => {})', { send: 'In', reply: 'Out', query: ['a'] }],
    ['streamOut<Out>({ expose: true }, async (s) => {})', { receive: 'Out' }],
    ['streamOut<Shake, Out>({ expose: true }, async (h, s) => {})', { receive: 'Out', query: ['a'] }],
    ['streamInOut<In, Out>({ expose: true }, async (s) => {})', { send: 'In', receive: 'Out' }],
    ['streamInOut<Shake, In, Out>({ expose: true }, async (h, s) => {})', { send: 'In', receive: 'Out', query: ['a'] }],
  ])('api.%s', (call, expected) => {
    expect(socket(`api.${call}`)).toEqual(expected)
  })

  it.each([
    [
      'api.streamOut<Out>({}, async (h, s) => {})',
      'svc/a.ts:5:18 encore-type-arguments: api.streamOut with a handler with a handshake takes 2 type arguments, and has 1',
    ],
    [
      'api.streamInOut<Shake, In, Out>({}, async (s) => {})',
      'svc/a.ts:5:18 encore-type-arguments: api.streamInOut with a handler without a handshake takes 2 type arguments, and has 3',
    ],
    [
      'api.streamIn({}, async (s) => {})',
      'svc/a.ts:5:18 encore-type-arguments: api.streamIn with a handler without a handshake takes 1 or 2 type arguments, and has 0',
    ],
    [
      'api.streamOut<Out>({}, imported)',
      'svc/a.ts:5:41 route-unreadable: the handler of this stream cannot be found, whose parameters tell what its type arguments mean',
    ],
    [
      'api.streamOut<Out>({ expose: on }, async (s) => {})',
      'svc/a.ts:5:47 route-not-constant: `expose` of this endpoint is not a constant',
    ],
    [
      'api.streamOut<Gone>({ expose: true }, async (s) => {})',
      'svc/a.ts:5:32 type-unresolved: the type Gone cannot be found',
    ],
    [
      'api.streamOut<Gone, Out>({ expose: true }, async (h, s) => {})',
      'svc/a.ts:5:32 type-unresolved: the type Gone cannot be found',
    ],
  ])('%s is refused', (call, expected) => {
    expect(refusal({ 'svc/a.ts': `${TYPES}export const a = ${call}` })).toBe(expected)
  })
})

describe('an endpoint of Encore.ts', () => {
  it('takes its fields from where the wrappers say, under the names that they give', () => {
    const shake = `{ id: string; tenant: Header<'X-Tenant'>; page?: Query<number, 'p'>; at: Header<Date>; plain: string }`
    const reading = read({
      'svc/a.ts': `${TYPES}export const a = api.streamOut<${shake}, Out>({ path: '/x/:id', expose: true }, async (h, s) => {})`,
    })
    const { parameters } = operation(reading, 'GET /x/{id}')
    expect(
      parameters.map((one) => `${one.in} ${one.name}${one.required ? '' : '?'} ${text(reading, one.type)}`),
    ).toEqual(['path id string', 'header X-Tenant string', 'query p? number', 'header at string', 'query plain string'])
  })

  it('belongs to the nearest service above it', () => {
    const service = "import { Service } from 'encore.dev/service'\nexport default new Service('mail')"
    const files = {
      'a/encore.service.ts': service,
      'a/b/c.ts': `${TYPES}export const d = api.streamOut<Out>({}, async (s) => {})`,
    }
    const found = operation(read(files, ['a/b/c.ts']), 'GET /mail.d')
    expect([found.tags, found.override?.skip]).toEqual([['mail'], true])
  })

  it('demands what the auth handler of the app looks at', () => {
    const auth = `import { authHandler } from 'encore.dev/auth'
import type { Header, Query } from 'encore.dev/api'
interface Params { authorization: Header<'Authorization'>; key: Query<'api_key'> }
export const auth = authHandler<Params, {}>(async (params) => ({}))`
    const route = `${TYPES}export const a = api.streamOut<Out>({ auth: true, expose: true }, async (s) => {})`
    const reading = read({ 'auth.ts': auth, 'svc/a.ts': route }, ['svc/a.ts'])
    expect(reading.api.securitySchemes).toEqual([
      { name: 'bearerAuth', credential: { kind: 'bearer' } },
      { name: 'key', credential: { kind: 'apiKey', in: 'query', name: 'api_key' } },
    ])
  })

  it.each([
    [`a: Header<'Authorization'>; b: Query<'k'>`, [['bearerAuth', 'b']]],
    [`a: Header<'Authorization'>; b?: Query<'k'>`, [['bearerAuth', 'b'], ['bearerAuth']]],
    [`a?: Header<'Authorization'>; b?: Query<'k'>`, [['bearerAuth', 'b'], ['bearerAuth'], ['b']]],
    // A browser sends its cookies itself.
    [`a: Header<'Authorization'>; c: Cookie<'session'>`, [['bearerAuth', 'c'], ['bearerAuth']]],
    [`c: Cookie<'session'>`, [['c']]],
  ])('is sent all that its auth handler looks at and the caller has: { %s }', (fields, security) => {
    const auth = `import { authHandler } from 'encore.dev/auth'
import type { Cookie, Header, Query } from 'encore.dev/api'
export const auth = authHandler<{ ${fields} }, {}>(async (params) => ({}))`
    const route = `${TYPES}export const a = api.streamOut<Out>({ auth: true, expose: true }, async (s) => {})`
    const reading = read({ 'auth.ts': auth, 'svc/a.ts': route }, ['svc/a.ts'])
    expect(operation(reading, 'GET /svc.a').security).toEqual(security)
  })

  it('is sent its credentials all together or one by one where very many of them may be missing', () => {
    const fields = Array.from({ length: 40 }, (_, index) => `k${index}?: Query<string>`).join('; ')
    const auth = `import { authHandler } from 'encore.dev/auth'
import type { Query } from 'encore.dev/api'
export const auth = authHandler<{ ${fields} }, {}>(async (params) => ({}))`
    const route = `${TYPES}export const a = api.streamOut<Out>({ auth: true, expose: true }, async (s) => {})`
    const { security } = operation(read({ 'auth.ts': auth, 'svc/a.ts': route }, ['svc/a.ts']), 'GET /svc.a')
    expect(security.map(({ length }) => length)).toEqual([40, ...Array.from({ length: 40 }, () => 1)])
  })

  it.each([
    ['what the annotation leaves out', '@event {Shake}', 'async (s) => {}', { send: 'In', receive: 'Shake' }],
    ['a handler that cannot be found', '@send {In}\n * @event {Out}', 'imported', { send: 'In', receive: 'Out' }],
  ])('keeps its handshake below an annotation, for %s', (_, tags, handler, expected) => {
    const route = `${TYPES}/** @stream websocket\n * ${tags} */
export const a = api.streamInOut<In, Out>({ expose: true }, ${handler})`
    const reading = read({ 'svc/a.ts': route })
    const found = answer(reading, 'GET /svc.a')
    if (found.kind !== 'websocket' || !found.send || !found.receive) throw new Error(JSON.stringify(found))
    expect({ send: text(reading, found.send), receive: text(reading, found.receive) }).toEqual(expected)
    expect(found.protocol).toBe('encore')
  })

  it('that is raw is one only by its annotation', () => {
    const raw = (comment: string) => `${TYPES}${comment}
export const a = api.raw({ path: '/a', method: 'POST', expose: true }, async (req, resp) => {})`
    expect(answer(read({ 'a.ts': raw('/** @stream sse\n * @event {Out} */') }), 'POST /a').kind).toBe('sse')
    expect(refusal({ 'a.ts': raw('') })).toBe('a.ts routes-none: no streaming route is found in this file')
  })
})
