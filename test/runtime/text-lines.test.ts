import { describe, expect, it, vi } from 'vitest'
import { openText, type TextOptions, type TextStream } from '../../src/runtime/index.js'
import { answering, planOf } from './answers.js'
import { begin, serve } from './scripted-server.js'

const plan = planOf('text/plain')

async function linesOf(stream: TextStream, use: (line: string) => void = () => {}): Promise<string[]> {
  const lines: string[] = []
  for await (const line of stream.lines()) {
    lines.push(line)
    use(line)
  }
  return lines
}

function open(chunks: readonly string[], options: TextOptions = {}): TextStream {
  return openText(answering(chunks, ''), options, plan)
}

describe('row 35: lines', () => {
  it('that came in the same piece are not delivered after close()', async () => {
    const stream = open(['a\nb\nha', 'lf\n'])
    expect(await linesOf(stream, () => stream.close())).toEqual(['a'])
  })
  it('that came in the same piece are not delivered after an abort', async () => {
    const controller = new AbortController()
    const lines: string[] = []
    const reading = linesOf(open(['a\nb\nc'], { signal: controller.signal }), (line) => {
      lines.push(line)
      controller.abort('mine')
    })
    await expect(reading).rejects.toBe('mine')
    expect(lines).toEqual(['a'])
  })
  it('that a close cuts off are not delivered as whole ones', async () => {
    const server = await serve((response) => {
      begin(response, 'text/plain').write('a\nha')
    })
    const stream = openText(server.client, {}, plan)
    // The loop waits for the rest of the second line by then.
    expect(await linesOf(stream, () => setTimeout(() => stream.close(), 20))).toEqual(['a'])
    await server.released()
  })
})

describe('row 20: a line of text', () => {
  it.each([
    ['alone in a piece', ['abcdef\n']],
    ['after another one', ['a\nabcdef\n']],
    ['without an end', ['abcdef']],
    ['after another one, without an end', ['a\nabcdef']],
    ['in pieces', ['a\nabc', 'def\n']],
  ])('that is longer than maxItemLength is a limit error: %s', async (_, chunks) => {
    await expect(linesOf(open(chunks, { maxItemLength: 5 }))).rejects.toMatchObject({ kind: 'limit' })
  })
  it('of maxItemLength is taken, wherever it stands', async () => {
    const chunks = ['abcde\r\nabc', 'de\nabcde']
    expect(await linesOf(open(chunks, { maxItemLength: 5 }))).toEqual(['abcde', 'abcde', 'abcde'])
  })
  it('that is too long is told to onError and to done', async () => {
    const onError = vi.fn()
    const stream = open(['abcdef\n'], { maxItemLength: 5, onError })
    await expect(linesOf(stream)).rejects.toMatchObject({ kind: 'limit' })
    await expect(stream.done).rejects.toMatchObject({ kind: 'limit' })
    expect(onError).toHaveBeenCalledOnce()
  })
})

describe('row 17: line ends of text', () => {
  it.each([
    [
      ['a\r', '\nb\r\rc\n\rd'],
      ['a', 'b', '', 'c', '', 'd'],
    ],
    [
      ['\r', '\n', '\n'],
      ['', ''],
    ],
    [['a\r'], ['a']],
    [['\u2028a\n\u0085b'], ['\u2028a', '\u0085b']],
  ])('are CR, LF or CRLF, also split: %j', async (chunks, lines) => {
    expect(await linesOf(open(chunks))).toEqual(lines)
  })
})
