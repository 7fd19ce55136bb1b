import { describe, expect, it } from 'vitest'
import { newLineEnds, newLines } from '../../src/runtime/lines.js'

/** The lines of these pieces, and what is left. */
function read(pieces: readonly string[], limit?: number): { lines: string[]; rest: string } {
  const lines = newLines(limit)
  const found: string[] = []
  for (const piece of pieces) {
    lines.push(piece)
    for (let line = lines.next(); line !== undefined; line = lines.next()) found.push(line)
  }
  return { lines: found, rest: lines.rest() }
}

describe('lines, alone', () => {
  it.each([
    [['a\nb\n'], { lines: ['a', 'b'], rest: '' }],
    [['a', 'b\nc'], { lines: ['ab'], rest: 'c' }],
    [['\n\n'], { lines: ['', ''], rest: '' }],
    [['a\r\nb'], { lines: ['a\r'], rest: 'b' }],
    [['', 'a', '', '\n'], { lines: ['a'], rest: '' }],
  ])('of %j', (pieces, expected) => {
    expect(read(pieces)).toEqual(expected)
  })
  it('of the limit are taken, longer ones and starts of them are not; a CR does not count', () => {
    expect(read(['abc\r\n', 'abc\n'], 3).lines).toEqual(['abc\r', 'abc'])
    expect(() => read(['abcd\n'], 3)).toThrow('item is longer than maxItemLength')
    expect(() => read(['ab', 'cde'], 3)).toThrow('item is longer than maxItemLength')
  })
})

it('line ends become LF, whatever pieces a CRLF comes in', () => {
  const change = newLineEnds()
  expect(['a\r', '\nb\r\n', 'c\r', '', '\n', '\nd'].map(change)).toEqual(['a\n', 'b\n', 'c\n', '', '', '\nd'])
})
