/** The client of a Swagger 2.0 document: files, archives, text and the lines of grpc-gateway. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ApiClient,
  archive,
  createClient,
  getFile,
  log,
  putFile,
  watch,
} from '../../fixtures/generate/downloads/expected/index.js'

let uploaded = ''
const server = createServer(async (request, response) => {
  const url = request.url ?? ''
  for await (const chunk of request) uploaded += chunk
  if (request.method === 'POST') response.writeHead(204).end()
  else if (url.endsWith('/archive')) response.writeHead(200, { 'content-type': 'application/x-tar' }).end('ustar')
  else if (url.startsWith('/files/')) {
    const head = {
      'content-type': 'application/octet-stream',
      'content-length': '8',
      'content-disposition': "attachment; filename*=UTF-8''gr%C3%BC%C3%9Fe.bin",
    }
    response.writeHead(200, head)
    response.write('1234')
    setTimeout(() => response.end('5678'), 5)
  } else if (url === '/log')
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('one\r\ntwo\nthree')
  else
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"result":{"id":1,"text":null}}\n{"result":{"id":2}}\n{"error":{"code":5,"message":"gone"}}\n')
})
let client: ApiClient

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The address of a TCP server is an object.
  const { port } = server.address() as AddressInfo
  client = createClient({ baseUrl: `http://127.0.0.1:${port}` })
})

afterAll(() => server.close())

it('a file has the name and the type that the server gives, and progress on its way', async () => {
  const steps: (number | undefined)[][] = []
  const onProgress = ({ loaded, total }: { loaded: number; total: number | undefined }): void =>
    void steps.push([loaded, total])
  const file = await getFile({ name: 'a b' }, { client, onProgress }).blob()
  expect([file.name, file.type, await file.text()]).toEqual(['grüße.bin', 'application/octet-stream', '12345678'])
  expect(steps.at(-1)).toEqual([8, 8])
})

it('a file is saved under its name in a folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'download-'))
  await getFile({ name: 'a', part: [1, 2] }, { client }).save(folder)
  expect(readFileSync(join(folder, 'grüße.bin'), 'utf8')).toBe('12345678')
  rmSync(folder, { recursive: true })
})

it('an archive whose response has no schema comes as octets, by callbacks', async () => {
  const pieces: Uint8Array[] = []
  await archive({ name: 'a' }, { client, onChunk: (bytes) => void pieces.push(bytes) }).done
  expect(Buffer.concat(pieces).toString()).toBe('ustar')
})

it('a form goes up with its file, and its list between commas, as Swagger 2.0 has it', async () => {
  expect(
    await putFile({ name: 'a', body: { file: new Blob(['data']), labels: ['red', 'green'] } }, { client }),
  ).toBeUndefined()
  expect(uploaded.match(/ name="\w+"/g)).toEqual([' name="file"', ' name="labels"'])
  expect(uploaded).toContain('\r\n\r\nred,green\r\n')
})

it('text comes whole or line by line', async () => {
  expect(await log({ client }).text()).toBe('one\r\ntwo\nthree')
  const lines: string[] = []
  for await (const line of log({ client }).lines()) lines.push(line)
  expect(lines).toEqual(['one', 'two', 'three'])
})

it('lines of grpc-gateway come as their results, and an error among them is thrown', async () => {
  const received: object[] = []
  const error: unknown = await watch({ client, onChunk: (entry) => void received.push(entry) }).done.catch(
    (reason: unknown) => reason,
  )
  expect(received).toEqual([{ id: 1, text: null }, { id: 2 }])
  expect(error).toMatchObject({ kind: 'remote', body: { code: 5, message: 'gone' } })
})
