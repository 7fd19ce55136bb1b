import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/diagnostics.js'
import { formatProblem } from '../../src/format-problem.js'
import { createSources } from '../../src/sources.js'

const PROBLEM: Problem = {
  severity: 'error',
  code: 'shape',
  message: 'an object is expected here',
  place: { file: 'api.yaml', pointer: '/paths', line: 3, column: 3 },
  hint: 'correct the document',
}

function format(problem: Partial<Problem>, text?: string, color: boolean = false): Promise<string> {
  const sources = createSources()
  if (text !== undefined) sources.add({ file: 'api.yaml', text })
  return formatProblem({ ...PROBLEM, ...problem }, sources, { color })
}

describe('a problem for people', () => {
  test('says what, where with the lines around it, and what to do', async () => {
    expect(await format({}, 'one\ntwo\n  three\nfour\nfive\n')).toBe(
      [
        'error: an object is expected here (shape)',
        '  in api.yaml:3:3 #/paths',
        '  1 | one',
        '  2 | two',
        '> 3 |   three',
        '    |   ^',
        '  4 | four',
        '  to do: correct the document',
      ].join('\n'),
    )
  })

  test('finds the line of a pointer', async () => {
    const sources = createSources()
    const members = new Map([['a', { offset: 4 }]])
    sources.add({ file: 'api.yaml', text: 'x\r\ny\na: 1', outline: () => ({ offset: 0, members }) })
    const text = await formatProblem({ ...PROBLEM, place: { file: 'api.yaml', pointer: '/a' } }, sources, {
      color: false,
    })
    expect(text).toContain('in api.yaml:2:2 #/a\n')
  })

  test('needs no text and no place', async () => {
    expect(await format({})).toBe(
      'error: an object is expected here (shape)\n  in api.yaml:3:3 #/paths\n  to do: correct the document',
    )
    const { place: _place, ...rest } = PROBLEM
    expect(await formatProblem(rest, createSources(), { color: false })).toBe(
      'error: an object is expected here (shape)\n  to do: correct the document',
    )
  })

  test('tells warnings from errors', async () => {
    expect(await format({ severity: 'warning' })).toMatch(/^warning: /)
  })

  test('has colours only where they are wanted', async () => {
    const text = 'one\ntwo\n  three\n'
    expect(await format({}, text, false)).not.toContain('\u001b')
    expect(await format({}, text, true)).toContain('\u001b[31merror')
  })
})

describe('text of the input', () => {
  const HOSTILE = '\u0000\u001b[31mred\u0007\u007f\u009b\u202e\u2066\u200b\u2028'
  const SHOWN = '\\u0000\\u001b[31mred\\u0007\\u007f\\u009b\\u202e\\u2066\\u200b\\u2028'

  test('cannot steer a terminal, in any part of the message', async () => {
    const text = await format(
      { message: HOSTILE, hint: HOSTILE, place: { file: `a${HOSTILE}`, pointer: `/${HOSTILE}` } },
      'one',
    )
    expect(text).toBe(`error: ${SHOWN} (shape)\n  in a${SHOWN} #/${SHOWN}\n  to do: ${SHOWN}`)
  })

  test('stays on its line', async () => {
    expect(await format({ message: 'a\nb\r\nc\td' })).toContain('error: a\\u000ab\\u000d\\u000ac\\td (shape)\n')
  })

  test('is escaped in the lines of the document, and the mark stays under its character', async () => {
    const lines = (await format({}, `one\ntwo\n\u001b\u202eX\u2028\nfour`)).split('\n')
    expect(lines[4]).toBe('> 3 | \\u001b\\u202eX\\u2028')
    expect(lines[5]).toBe('    |             ^')
  })

  test('a line of megabytes is cut around the place', async () => {
    const text = await format(
      { place: { file: 'api.yaml', line: 1, column: 1_000_001 } },
      `${'a'.repeat(1_000_000)}X${'b'.repeat(1_000_000)}`,
    )
    const [, , line = '', mark = ''] = text.split('\n')
    expect(line.length).toBeLessThan(140)
    expect(line[mark.indexOf('^')]).toBe('X')
  })

  test('is never more than about 4 kB', async () => {
    const long = '\u0000'.repeat(100_000)
    const text = await format(
      { message: long, hint: long, place: { file: 'api.yaml', pointer: long, line: 2, column: 60 } },
      `${long}\n${long}\n${long}`,
    )
    expect(text.length).toBeLessThan(4000)
  })
})
