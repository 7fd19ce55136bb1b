import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { disk } from '../../src/file-system.js'
import { load, problemOf } from './loading.js'

const DOCUMENT = '{"openapi":"3.1.0","info":{"title":"x","version":"1"},"paths":{}}'
const BOM = [0xef, 0xbb, 0xbf]

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(parts.map((part) => Buffer.from(typeof part === 'string' ? part : Uint8Array.from(part))))
}

describe('bytes that are a document', () => {
  test.each(['api.json', 'api.yaml'])('a byte order mark of UTF-8 is dropped: %s', async (file) => {
    const { documents } = await load({ [file]: bytes(BOM, DOCUMENT) })
    expect(documents.entry.value).toEqual({ openapi: '3.1.0', info: { title: 'x', version: '1' }, paths: {} })
  })

  test('the end of lines makes no difference', async () => {
    const text = 'openapi: 3.1.0\ninfo:\n  title: x\n  description: |\n    two\n    lines\npaths: {}\n'
    const lf = await load({ 'api.yaml': text })
    const crlf = await load({ 'api.yaml': text.replaceAll('\n', '\r\n') })
    expect(crlf.documents.entry.value).toEqual(lf.documents.entry.value)
    expect(crlf.sources.position({ file: 'api.yaml', pointer: '/paths' })).toEqual({ line: 7, column: 1 })
  })

  test('standard input is read as a document without a name', async () => {
    const { documents } = await load({ '-': '' }, { stdin: async () => bytes(DOCUMENT) })
    expect(documents.entry.at).toEqual({ file: '<stdin>', pointer: '' })
  })
})

describe('bytes that are none', () => {
  test.each<[string, Uint8Array, string, object]>([
    ['a PNG image', bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'input-binary', { file: 'api.yaml' }],
    ['a gzip archive', bytes([0x1f, 0x8b, 8, 0]), 'input-binary', { file: 'api.yaml' }],
    ['UTF-16 with a mark', bytes([0xff, 0xfe], [0x7b, 0, 0x7d, 0]), 'input-encoding', { file: 'api.yaml' }],
    ['UTF-16 without one', bytes([0x7b, 0, 0x22, 0, 0x61, 0]), 'input-encoding', { file: 'api.yaml' }],
    ['UTF-32, the large end first', bytes([0, 0, 0, 0x7b], [0, 0, 0, 0x7d]), 'input-encoding', { file: 'api.yaml' }],
    ['UTF-32, the small end first', bytes([0x7b, 0, 0, 0], [0x7d, 0, 0, 0]), 'input-encoding', { file: 'api.yaml' }],
    ['UTF-32 with a mark', bytes([0, 0, 0xfe, 0xff], [0, 0, 0, 0x7b]), 'input-encoding', { file: 'api.yaml' }],
    ['a Zstandard archive', bytes([0x28, 0xb5, 0x2f, 0xfd, 4]), 'input-binary', { file: 'api.yaml' }],
    ['an xz archive', bytes([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'input-binary', { file: 'api.yaml' }],
    ['a NUL character', bytes('a: 1\nb: ', [0], '\n'), 'input-binary', { file: 'api.yaml', line: 2, column: 4 }],
    ['what is no UTF-8', bytes('a: 1\nb: é', [0xc3, 0x28]), 'input-encoding', { file: 'api.yaml', line: 2, column: 5 }],
    ['nothing', bytes(), 'input-empty', { file: 'api.yaml' }],
    ['blanks', bytes(BOM, ' \n\t\n'), 'input-empty', { file: 'api.yaml' }],
    ['a comment', bytes('# later\n'), 'input-empty', { file: 'api.yaml' }],
    ['an HTML page', bytes('\n<!DOCTYPE html><html></html>'), 'input-html', { file: 'api.yaml', line: 2, column: 1 }],
    ['XML', bytes('<?xml version="1.0"?><a/>'), 'syntax', { file: 'api.yaml', line: 1, column: 1 }],
  ])('%s is refused', async (_, content, code, place) => {
    expect(await problemOf(() => load({ 'api.yaml': content }))).toMatchObject({ code, place })
  })

  test('a file of more bytes than the limit is refused by the name of the limit', async () => {
    const problem = await problemOf(() => load({ 'api.json': DOCUMENT }, { limits: { fileBytes: 10 } }))
    expect(problem.code).toBe('limit-file-bytes')
    expect(problem.message).toBe('the document has more bytes than the limit "fileBytes" of 10')
    expect(problem.hint).toContain('--limit fileBytes=100')
  })
})

describe('files that cannot be read', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'streamwright-read-'))
    mkdirSync(join(folder, 'folder.yaml'))
    symlinkSync('gone.yaml', join(folder, 'dangling.yaml'))
    symlinkSync('loop.yaml', join(folder, 'loop.yaml'))
    writeFileSync(join(folder, 'api.json'), DOCUMENT)
    symlinkSync('api.json', join(folder, 'link.json'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const loadFile = (input: string) => load({ [input]: '' }, { root: folder, fileSystem: disk, input })

  test.each([
    ['missing.yaml', 'input-not-found', 'there is no such file'],
    ['api.json/inside.yaml', 'input-not-found', 'there is no such file'],
    ['folder.yaml', 'input-unreadable', 'this is a folder, and a document is a file'],
    ['dangling.yaml', 'input-not-found', 'this is a link to a file that does not exist'],
    ['loop.yaml', 'input-not-found', 'this is a link that leads to itself'],
  ])('%s', async (file, code, message) => {
    expect(await problemOf(() => loadFile(file))).toMatchObject({ code, message, place: { file } })
  })

  test('a link to a document is read under its own name', async () => {
    const { documents } = await loadFile('link.json')
    expect(documents.entry.at.file).toBe('link.json')
  })
})
