import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { analyse } from '../../src/analyse.js'
import { parseConfig, settingsOf } from '../../src/config.js'
import { inspect } from '../../src/index.js'
import { printIr } from '../../src/print-ir.js'

const harbour = fileURLToPath(new URL('../../fixtures/generate/sockets/input.yaml', import.meta.url))

/** Writes a document of one operation; it is gone with the test. */
async function document(operation: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'streamwright-sockets-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'api.json')
  const paths = { '/feed': { get: { responses: { 101: { description: '' } }, ...operation } } }
  await writeFile(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths }))
  return file
}

describe('a WebSocket that the input states', () => {
  it('is shown by inspect with its direction and what goes over it', async () => {
    const { operations } = await inspect({ input: harbour })
    expect(
      operations.map(({ id, kinds, functions, items, because }) => [id, ...kinds, ...functions, items, ...because]),
    ).toEqual([
      ['openRadio', 'websocket', 'openRadio', { websocket: 'Call' }, 'stated by the user'],
      [
        'watchArrivals',
        'websocket',
        'watchArrivals',
        { websocket: expect.stringContaining('ship: string') },
        'stated by the user',
      ],
      [
        'uploadManifest',
        'websocket',
        'uploadManifest',
        { websocket: expect.stringContaining('container: string') },
        'stated by the user',
      ],
      ['feedSonar', 'websocket', 'feedSonar', { websocket: 'Uint8Array' }, 'stated by the user'],
      ['GET /console', undefined],
      ['openAnything', 'websocket', 'openAnything', { websocket: 'unknown' }, 'stated by the user'],
    ])
  })
  it('is part of the intermediate representation', async () => {
    const analysis = await analyse(settingsOf(parseConfig({ input: harbour })), {})
    const { verdicts } = JSON.parse(printIr(analysis))
    expect(verdicts[0].endpoints[0].answer).toEqual({
      kind: 'websocket',
      send: { kind: 'ref', id: expect.stringContaining('#/components/schemas/Call') },
      receive: { kind: 'ref', id: expect.stringContaining('#/components/schemas/Call') },
      protocol: 'encore',
    })
  })
  it('may be stated by the config file alone, by references or schemas, for an operation that answers 101 only', async () => {
    const input = await document({})
    const plain = await inspect({ input })
    expect(plain.operations[0]).toMatchObject({ kinds: [], warnings: [{ code: 'no-success' }] })
    const stated = await inspect({
      input,
      operations: { 'GET /feed': { kind: 'websocket', data: { type: 'number' } } },
    })
    expect(stated.operations[0]).toMatchObject({ kinds: ['websocket'], items: { websocket: 'number' }, warnings: [] })
  })
  it.each([
    [{ kind: 'websockets' }, 'kinds are'],
    [{ kind: 'websocket', protocol: 'soap' }, '"protocol" is plain or encore, not "soap"'],
    [{ kind: 'websocket', send: '#/components/schemas/Missing' }, 'Missing'],
    [{ kind: 'websocket', receive: {}, reply: {} }, '"reply" and "receive" exclude each other'],
    [{ kind: 'websocket', data: {}, reply: {} }, '"reply" and "data" exclude each other'],
  ])('that is wrong is refused with its place: %j', async (extension, message) => {
    const input = await document({ 'x-streamwright': extension })
    await expect(inspect({ input })).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
      problem: { place: { pointer: expect.stringContaining('/paths/~1feed/get') } },
    })
  })
  it('in a config file is refused with its key', async () => {
    const operations: unknown = { 'GET /feed': { kind: 'websocket', protocol: 'soap' } }
    expect(() => parseConfig({ input: 'x', operations })).toThrow('protocol')
  })
})
