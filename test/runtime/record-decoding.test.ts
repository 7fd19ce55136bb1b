import { describe, expect, it } from 'vitest'
import { openJsonSequence, openNdjson, type RecordOptions, type RecordPlan } from '../../src/runtime/index.js'
import { answering, planOf } from './answers.js'

type Chunks = readonly (string | Uint8Array)[]

function readNdjson(
  chunks: Chunks,
  options: RecordOptions<unknown> = {},
  plan: Partial<RecordPlan> = {},
): Promise<unknown[]> {
  const type = 'application/x-ndjson'
  return openNdjson(answering(chunks, type), options, { ...planOf(type), ...plan }).toArray()
}

function readSequence(chunks: Chunks, options: RecordOptions<unknown> = {}): Promise<unknown[]> {
  const type = 'application/json-seq'
  return openJsonSequence(answering(chunks, type), options, planOf(type)).toArray()
}

describe('NDJSON', () => {
  it('takes LF and CRLF, blank lines, and a last line without its end', async () => {
    expect(await readNdjson(['1\n2\r\n\n \r\n{"a":', '3}\n', '[4]'])).toEqual([1, 2, { a: 3 }, [4]])
  })
  it('takes null for a record', async () => {
    expect(await readNdjson(['null\n', 'null\nfalse\n'])).toEqual([null, null, false])
  })
  it('takes U+2028 and U+2029 for text', async () => {
    expect(await readNdjson(['"a\u2028b\u2029c\u0085"\n'])).toEqual(['a\u2028b\u2029c\u0085'])
  })
  it('drops one byte order mark', async () => {
    expect(await readNdjson(['\ufeff1\n'])).toEqual([1])
  })
  it('row 23: takes bytes that are not UTF-8 for U+FFFD, or refuses them', async () => {
    const chunks = ['"a"\n"', Uint8Array.of(0xff), '"\n']
    expect(await readNdjson(chunks)).toEqual(['a', '\ufffd'])
    const stream = openNdjson(answering(chunks, ''), { fatal: true }, planOf('application/x-ndjson'))
    const seen: unknown[] = []
    const reading = (async () => {
      for await (const item of stream) seen.push(item)
    })()
    await expect(reading).rejects.toMatchObject({ kind: 'parse', message: 'the text is not UTF-8' })
    expect(seen).toEqual(['a'])
  })
  it('row 23: a character that is cut by chunks is no wrong one', async () => {
    const bytes = new TextEncoder().encode('"é😀"\n"é"\n')
    const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte))
    expect(await readNdjson(chunks, { fatal: true })).toEqual(['é😀', 'é'])
  })
  it('rejects a line that is not JSON and tells which, after the lines before it', async () => {
    const seen: unknown[] = []
    const stream = openNdjson(answering(['1\n\nnope\n3\n'], ''), undefined, planOf('application/x-ndjson'))
    const reading = (async () => {
      for await (const item of stream) seen.push(item)
    })()
    await expect(reading).rejects.toMatchObject({
      kind: 'parse',
      position: 3,
      excerpt: 'nope',
      message: 'record 3 is not JSON',
    })
    expect(seen).toEqual([1])
  })
  it('skips what is not JSON where it is told so', async () => {
    expect(await readNdjson(['1\nnope\n3\n{"cut'], { onInvalid: 'skip' })).toEqual([1, 3])
  })
  it('rejects a last line that is cut off', async () => {
    await expect(readNdjson(['{"a":1}\n{"a"'])).rejects.toMatchObject({ kind: 'parse', position: 2 })
  })
  it.each([
    'application/x-ndjson',
    'application/ndjson',
    'application/jsonl',
    'application/x-jsonl',
    'application/json-lines',
    'application/jsonlines',
    'application/x-jsonlines',
    'application/stream+json',
    'application/x-json-stream',
    'application/nd-json',
    'Application/X-NDJSON; charset=latin1',
    '',
  ])('accepts %j', async (type) => {
    const client = answering(['1\n'], type)
    expect(await openNdjson(client, undefined, planOf('application/x-ndjson')).toArray()).toEqual([1])
  })
  it('accepts application/json only where the document says so', async () => {
    const client = answering(['1\n'], 'application/json')
    expect(await openNdjson(client, undefined, planOf('application/json')).toArray()).toEqual([1])
    await expect(openNdjson(client, undefined, planOf('application/jsonl')).toArray()).rejects.toMatchObject({
      kind: 'content-type',
      message: 'application/json in place of application/jsonl',
    })
  })
  it('unwraps the results of grpc-gateway, but only where there are any', async () => {
    expect(await readNdjson(['{"result":{"a":1}}\n{"b":2}\n{"result":null}\n'], {}, { unwrap: 'result' })).toEqual([
      { a: 1 },
      { b: 2 },
      null,
    ])
  })
  it("ends with the server's own error", async () => {
    const plan = { remoteErrorField: 'error' }
    await expect(readNdjson(['{"a":1}\n{"error":{"code":5}}\n'], {}, plan)).rejects.toMatchObject({
      kind: 'remote',
      body: { code: 5 },
    })
    expect(await readNdjson(['{"error":null}\n'], {}, plan)).toEqual([{ error: null }])
  })
})

describe('JSON text sequences', () => {
  it('takes RS, text, LF, and several RS in a row', async () => {
    expect(await readSequence(['\u001e{"a":1}\n\u001e\u001e2\n', '\u001e"x"', '\n'])).toEqual([{ a: 1 }, 2, 'x'])
  })
  it('takes texts that are printed over many lines', async () => {
    expect(await readSequence(['\u001e{\n "a": {\n  "b": [\n1,\n2]\n }\n}\n\u001e3\n'])).toEqual([
      { a: { b: [1, 2] } },
      3,
    ])
  })
  it('delivers a record before the next one begins', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (to) => to.enqueue(new TextEncoder().encode('\u001e{"a":1}\n')),
    })
    const client = { options: { baseUrl: 'https://api.test', fetch: async () => new Response(body) } }
    for await (const record of openJsonSequence(client, undefined, planOf('application/json-seq'))) {
      expect(record).toEqual({ a: 1 })
      break
    }
  })
  it('takes a number without LF for cut off, an object not', async () => {
    await expect(readSequence(['\u001e12'])).rejects.toMatchObject({ kind: 'parse', position: 1 })
    await expect(readSequence(['\u001etrue\u001e1\n'])).rejects.toMatchObject({ kind: 'parse', position: 1 })
    expect(await readSequence(['\u001e{"a":1}\u001e[2]'])).toEqual([{ a: 1 }, [2]])
  })
  it('goes on at the next RS after a bad record', async () => {
    expect(await readSequence(['\u001e{"a":\u001e2\n\u001enope\n\u001e3\n'], { onInvalid: 'skip' })).toEqual([2, 3])
  })
})
