import { expect, test } from 'vitest'
import { type Expectation, findDisagreements, type Inspected } from './agreement.js'

const expected: Expectation = {
  method: 'POST',
  path: '/chat',
  kinds: ['json', 'sse'],
  item: { sse: 'Chunk' },
  selector: { in: 'body', name: 'stream', value: true },
  terminator: '[DONE]',
  undeclared: null,
}
const inspected: Inspected = {
  method: 'POST',
  path: '/chat',
  kinds: ['json', 'sse'],
  items: { sse: 'Chunk' },
  selector: { in: 'body', name: 'stream', value: true },
  sentinel: '[DONE]',
}

function disagree(expectation: Partial<Expectation>, operation: Partial<Inspected>): string[] {
  return findDisagreements({ expected: [{ ...expected, ...expectation }], inspected: [{ ...inspected, ...operation }] })
}

test('the same on both sides is no disagreement', () => {
  expect(disagree({}, {})).toEqual([])
})

test('every difference names the operation, what was expected and what came', () => {
  expect(disagree({}, { kinds: ['json'] })).toEqual(['POST /chat: kinds: expected [json, sse], got [json]'])
  expect(disagree({}, { items: { sse: 'string' } })).toEqual(['POST /chat: item of sse: expected Chunk, got string'])
  expect(disagree({}, { selector: { in: 'query', name: 'stream', value: true } })).toEqual([
    'POST /chat: selector: expected body stream = true, got query stream = true',
  ])
  expect(disagree({}, { sentinel: '[done]' })).toEqual(['POST /chat: sentinel: expected [DONE], got [done]'])
})

test('a missing and an additional operation are disagreements', () => {
  expect(findDisagreements({ expected: [expected], inspected: [] })).toEqual(['POST /chat: is missing'])
  expect(findDisagreements({ expected: [], inspected: [inspected] })).toEqual(['POST /chat: is not expected'])
})

test('the order of a union and the case that an identifier takes do not matter', () => {
  expect(
    disagree({ item: { sse: 'userMessage|UserConnect' } }, { items: { sse: 'UserConnect | UserMessage' } }),
  ).toEqual([])
})

test.each(['(inline)', '(none)', 'Envelope.data', 'object'])('the item %s is a remark and not a name', (item) => {
  expect(disagree({ item: { sse: item } }, { items: { sse: '{ a: string }' } })).toEqual([])
})

test('what the document does not say is not asserted', () => {
  const undeclared = { kinds: ['json'], undeclared: 'sse' }
  const { items: _items, selector: _selector, sentinel: _sentinel, ...rest } = inspected
  const operation = { ...rest, kinds: ['json'] }
  expect(findDisagreements({ expected: [{ ...expected, ...undeclared }], inspected: [operation] })).toEqual([])
})

test('an undecided operation may have either answer, but no third', () => {
  const undecided = { kinds: { 'POST /chat': ['text'] }, items: ['POST /chat'] }
  const judge = (kinds: readonly string[]): string[] =>
    findDisagreements({ expected: [expected], inspected: [{ ...inspected, kinds, items: {} }], undecided })
  expect(judge(['json', 'sse'])).toEqual([])
  expect(judge(['text'])).toEqual([])
  expect(judge(['binary'])).toEqual(['POST /chat: kinds: expected [json, sse], got [binary]'])
})
