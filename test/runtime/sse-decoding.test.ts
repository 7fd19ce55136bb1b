import { describe, expect, it } from 'vitest'
import { newSseDecoder, type Resumption, type SseEvent } from '../../src/runtime/sse-decoder.js'
import { readSse } from './answers.js'

/** Decodes these texts; the state is that at the end. */
function decode(texts: readonly string[], id = ''): { events: SseEvent[]; id: string; retry: number | undefined } {
  const events: SseEvent[] = []
  const resumption: Resumption = { id }
  const decoder = newSseDecoder(resumption, undefined)
  for (const text of texts) {
    decoder.push(text)
    for (let event = decoder.next(); event; event = decoder.next()) events.push(event)
  }
  return { events, id: resumption.id, retry: resumption.retry }
}

function dataOf(...texts: readonly string[]): string[] {
  return decode(texts).events.map(({ data }) => data)
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

describe('rule 1: UTF-8', () => {
  it('drops one byte order mark', async () => {
    expect(await readSse(['\ufeffdata: a\n\n'])).toMatchObject([{ data: 'a' }])
  })
  it('row 17: drops one byte order mark that is split over chunks', async () => {
    expect(await readSse([bytes(0xef), bytes(0xbb), bytes(0xbf), 'data: a\n\n'])).toMatchObject([{ data: 'a' }])
  })
  it('drops only one: the field after a second has another name', async () => {
    expect(await readSse(['\ufeff\ufeffdata: a\n\ndata: b\n\n'])).toMatchObject([{ data: 'b' }])
  })
  it('row 17: takes a later mark as data', async () => {
    expect(await readSse(['data: a\n\n', 'data: \ufeffb\n\n'])).toMatchObject([{ data: 'a' }, { data: '\ufeffb' }])
  })
  it('joins a character that is split over chunks', async () => {
    expect(await readSse(['data: ', bytes(0xf0, 0x9f), bytes(0x98), bytes(0x80), '\n\n'])).toMatchObject([
      { data: '😀' },
    ])
  })
  it('row 23: reads wrong bytes as U+FFFD', async () => {
    expect(await readSse(['data: ', bytes(0xff, 0x61), '\n\n'])).toMatchObject([{ data: '\ufffda' }])
  })
})

describe('rule 2: line ends', () => {
  it.each([
    ['LF', 'data: a\ndata: b\n\n'],
    ['CRLF', 'data: a\r\ndata: b\r\n\r\n'],
    ['CR', 'data: a\rdata: b\r\r'],
    ['a mix', 'data: a\r\ndata: b\r\n\n'],
  ])('%s', (_, text) => {
    expect(dataOf(text)).toEqual(['a\nb'])
  })
  it('row 17: a CRLF split over two chunks is one line end', () => {
    expect(dataOf('data: a\r', '\ndata: b\r', '\n\r', '\n')).toEqual(['a\nb'])
  })
  it('row 17: a CR at the end of a chunk dispatches at once', () => {
    expect(dataOf('data: a\r\n\r')).toEqual(['a'])
  })
  it('an empty chunk between CR and LF changes nothing', () => {
    expect(dataOf('data: a\r', '', '\ndata: b\n\n')).toEqual(['a\nb'])
  })
  it('a LF after a CR that a chunk has between them is a line end', () => {
    expect(dataOf('data: a\r', 'data: b\r', '\n', '\n')).toEqual(['a\nb'])
  })
  it('U+2028 and U+0085 are text', () => {
    expect(dataOf('data: a\u2028b\u0085c\n\n')).toEqual(['a\u2028b\u0085c'])
  })
})

describe('rule 3: empty lines and comments', () => {
  it('many empty lines are no events', () => {
    expect(dataOf('\n\n\ndata: a\n\n\n\n')).toEqual(['a'])
  })
  it('a line that begins with a colon is a comment', () => {
    expect(dataOf(': ping\n\n:\n\n:data: x\ndata: a\n:\n\n')).toEqual(['a'])
  })
})

describe('rule 4: fields', () => {
  it.each([
    ['data:a', 'a'],
    ['data: a', 'a'],
    ['data:  a', ' a'],
    ['data:\ta', '\ta'],
    ['data: a: b', 'a: b'],
    ['data', ''],
    ['data:', ''],
    ['data: ', ''],
  ])('%j carries %j', (line, data) => {
    expect(dataOf(`${line}\n\n`)).toEqual([data])
  })
})

describe('rule 5: names', () => {
  it.each(['Data: x', 'data : x', ' data: x', 'DATA: x', 'datas: x', 'dat: x', 'foo', 'constructor: x'])(
    '%j is ignored',
    (line) => {
      expect(dataOf(`${line}\ndata: a\n\n`)).toEqual(['a'])
    },
  )
})

describe('rule 6: values', () => {
  it('the last event name counts', () => {
    expect(decode(['event: a\nevent: b\ndata: x\n\n']).events).toEqual([{ event: 'b', data: 'x', id: '' }])
  })
  it('row 22: an id with NUL is ignored', () => {
    expect(decode(['id: 1\nid: 2\0\ndata: x\n\n']).events).toEqual([{ event: 'message', data: 'x', id: '1' }])
  })
  it.each([
    ['1000', 1000],
    ['007', 7],
    ['', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['50x', undefined],
    ['1.5', undefined],
    ['٣', undefined],
  ])('retry: %s gives %s', (text, delay) => {
    expect(decode([`retry: ${text}\n\n`]).retry).toBe(delay)
  })
})

describe('rule 7: dispatch', () => {
  it('row 25: without data there is no event, but the id counts', () => {
    expect(decode(['event: a\nid: 7\n\ndata: x\n\n'])).toMatchObject({
      events: [{ event: 'message', data: 'x', id: '7' }],
      id: '7',
    })
  })
  it('row 25: data that is empty is an event', () => {
    expect(dataOf('data\n\n', 'data\ndata\n\n')).toEqual(['', '\n'])
  })
  it('row 22: NUL in data is data', () => {
    expect(dataOf('data: a\0b\n\n')).toEqual(['a\0b'])
  })
})

describe('rule 8: the end', () => {
  it('an unfinished block is discarded with its id', () => {
    expect(decode(['id: 1\ndata: a\n\nid: 2\ndata: b\n'])).toMatchObject({ events: [{ data: 'a' }], id: '1' })
  })
})

describe('rule 9: the id', () => {
  it('outlives events and connections', () => {
    expect(decode(['data: a\n\n'], '9').events).toMatchObject([{ id: '9' }])
  })
  it('an empty one clears it', () => {
    expect(decode(['id: 1\ndata: a\n\nid\ndata: b\n\n']).events).toMatchObject([{ id: '1' }, { id: '' }])
  })
})
