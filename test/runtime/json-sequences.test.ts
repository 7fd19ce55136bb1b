import { describe, expect, it } from 'vitest'
import { openJsonSequence, type RecordOptions } from '../../src/runtime/index.js'
import { answering, planOf } from './answers.js'

const separator = '\u001e'

function read(chunks: readonly string[], options: RecordOptions<unknown> = {}): Promise<unknown[]> {
  return openJsonSequence(answering(chunks, ''), options, planOf('application/json-seq')).toArray()
}

describe('row 20: a record over many lines', () => {
  it('costs time in proportion to its length', async () => {
    const value = Array.from({ length: 4000 }, (_, id) => ({ id, tags: ['a', '}]"'], place: { x: 1 } }))
    const before = performance.now()
    expect(await read([`${separator}${JSON.stringify(value, null, 2)}\n`])).toEqual([value])
    expect(performance.now() - before).toBeLessThan(5000)
  })
  it('that is wrong costs no more', async () => {
    const before = performance.now()
    const chunks = [separator, 'x\n'.repeat(100_000), separator, '\n'.repeat(100_000), '{}\n', separator, '[]]\n']
    expect(await read([...chunks, '[]\n'.repeat(100_000)], { onInvalid: 'skip' })).toEqual([{}])
    expect(performance.now() - before).toBeLessThan(5000)
  })
  it.each([
    ['[\n1\n,\n\n{\n"a":"}"\n}\n]\n', [1, { a: '}' }]],
    ['\n\n{"a":\n"\\"{["}\n', { a: '"{[' }],
    ['\n[[],\n[]\n]\n', [[], []]],
  ])('is delivered where its brackets close: %j', async (text, value) => {
    expect(await read([separator + text, '{"rest":'], { onInvalid: 'skip' })).toEqual([value])
  })
})

describe('row 20: a record', () => {
  it('of maxItemLength is taken, one that is longer is a limit error', async () => {
    expect(await read([`${separator}"abc"\n`], { maxItemLength: 5 })).toEqual(['abc'])
    await expect(read([`${separator}"abcd"\n`], { maxItemLength: 5 })).rejects.toMatchObject({ kind: 'limit' })
  })
})

describe('RFC 7464 section 2.4', () => {
  it.each([
    ['1', []],
    ['12 ', [12]],
    ['true\t', [true]],
    ['true', []],
    ['null\r\n', [null]],
    ['"a"', ['a']],
    ['[1]', [[1]]],
  ])('a number or a literal is whole where a blank follows it: %j', async (text, items) => {
    expect(await read([separator + text], { onInvalid: 'skip' })).toEqual(items)
  })
})
