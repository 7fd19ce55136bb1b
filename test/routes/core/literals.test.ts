/** Literals that are written in what is sent, which the checker widens. */
import { beforeAll, describe, expect, it } from 'vitest'
import { item, type Reading, read } from './reading.js'

/** What an untyped handler of Flink does before and when it writes. */
const CASES: Readonly<Record<string, readonly [body: string, view: string]>> = {
  'a property that is called as those are that tell messages apart': [
    "stream.write({ type: 'tick', n: Number(1), text: 'a' })",
    "{ type: 'tick'; n: number; text: string }",
  ],
  'a property with another literal in each message': [
    "stream.write({ done: false, phase: 'start' }); stream.write({ done: true, phase: 'end' })",
    "{ done: false; phase: 'start' } | { done: true; phase: 'end' }",
  ],
  'not a property with the same literal in each, or with none in one of them': [
    "stream.write({ a: 'x', b: 'y', n: 1 }); stream.write({ a: 'x', b: String(1), n: true })",
    '{ a: string; b: string; n: number } | { a: string; b: string; n: boolean }',
  ],
  'both branches of a condition': [
    "stream.write(open() ? { kind: 'a' } : { kind: 'b', at: new Date() })",
    "{ kind: 'a' } | { kind: 'b'; at: string }",
  ],
  'a constant that is not changed': [
    "const first = { type: 'first' as string, n: 1 }; const second = { type: 'x' }; stream.write(first); stream.write(second)",
    "{ type: string; n: number } | { type: 'x' }",
  ],
  'not a constant that is changed': [
    "const changing = { type: 'x' }; changing.type = 'y'; stream.write(changing)",
    '{ type: string }',
  ],
  'members of enums, and constants': [
    'stream.write({ type: Kind.A, op: OP }); stream.write({ type: Kind.B, op: OP })',
    "{ type: 'a'; op: 'op' } | { type: 'b'; op: 'op' }",
  ],
  'objects in it, and what stands behind a spread': [
    "stream.write({ type: 'x', ...rest(), payload: { kind: 'y', text: 'z' } })",
    "{ payload: { kind: 'y'; text: string }; id: string; type: 'x' }",
  ],
  'not what a spread stands over': ["stream.write({ type: 'x', ...typed() })", '{ type: string }'],
}

const DECLARED = `enum Kind { A = 'a', B = 'b' }
const OP = 'op'
declare function open(): boolean
declare function rest(): { id: string }
declare function typed(): { type: string }
`

let reading: Reading
beforeAll(() => {
  const routes = Object.values(CASES).map(
    ([body], index) =>
      `registerStreamHandler(async ({ stream }) => { ${body} }, { path: '/c${index}', format: 'ndjson' })`,
  )
  reading = read({ 'a.ts': `${DECLARED}${routes.join('\n')}` })
})

describe('literals are kept of', () => {
  it.each(Object.entries(CASES).map(([name, [, view]], index) => [name, view, index] as const))(
    '%s',
    (_, view, index) => {
      expect(item(reading, `GET /c${index}`).replaceAll(/\s+/g, ' ').replace(/^\| /, '')).toBe(view)
    },
  )

  it('every value that a generator yields, as long as it yields them itself', () => {
    const found = read({
      'a.ts': `/** @stream ndjson /own */
export async function* own() { yield { type: 'a', n: 1 }; yield { type: 'b', n: 2 } }
/** @stream ndjson /handed */
export async function* handed() { yield { type: 'a', n: 1 }; yield* own() }
/** @stream ndjson /stated */
export async function* stated(): AsyncGenerator<{ type: string }> { yield { type: 'a' } }`,
    })
    expect(item(found, 'GET /own')).toBe("{ type: 'a'; n: number } | { type: 'b'; n: number }")
    expect(item(found, 'GET /handed')).toBe('{ type: string; n: number }')
    expect(item(found, 'GET /stated')).toBe('{ type: string }')
  })
})
