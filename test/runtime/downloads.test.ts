import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type BinaryOptions, type BinaryStream, newClient, openBinary, type Progress } from '../../src/runtime/index.js'
import { planOf } from './answers.js'
import { type ScriptedServer, serve, sleep } from './scripted-server.js'

const megabyte = Buffer.alloc(1_000_000, 'x')

function download(server: ScriptedServer, options?: BinaryOptions): BinaryStream {
  return openBinary(server.client, options, { ...planOf('application/zip'), fileName: 'report.zip' })
}

function serveFile(headers: Record<string, string> = {}): Promise<ScriptedServer> {
  return serve((response) => {
    response.writeHead(200, { 'content-type': 'application/zip', 'content-length': '1000000', ...headers })
    response.end(megabyte)
  })
}

/** Promises 1 MB and drops after some of it. */
function serveShort(): Promise<ScriptedServer> {
  return serve((response) => {
    response.writeHead(200, { 'content-type': 'application/zip', 'content-length': '1000000' })
    response.write(megabyte.subarray(0, 500_000), () => setTimeout(() => response.socket?.destroy(), 20))
  })
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'streamwright-save-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('row 50: blob()', () => {
  it('is a File with the name and the type of the answer', async () => {
    const file = await download(await serveFile({ 'content-disposition': 'attachment; filename="../a.zip"' })).blob()
    expect([file.name, file.type, file.size]).toEqual(['a.zip', 'application/zip', 1_000_000])
    expect(file).toBeInstanceOf(File)
  })
  it('has the name of the plan where the server gives none', async () => {
    expect((await download(await serveFile()).blob()).name).toBe('report.zip')
  })
  it('rejects a body that is too short', async () => {
    await expect(download(await serveShort()).blob()).rejects.toMatchObject({ kind: 'network' })
    await expect(download(await serveShort()).bytes()).rejects.toMatchObject({ kind: 'network' })
  })
  it('rejects after close() rather than yield a part', async () => {
    const stream = download(await serveShort(), { onProgress: () => stream.close() })
    await expect(stream.blob()).rejects.toMatchObject({ kind: 'closed' })
  })
  it('rejects with the reason of an abort', async () => {
    const controller = new AbortController()
    const stream = download(await serveShort(), {
      signal: controller.signal,
      onProgress: () => controller.abort('mine'),
    })
    await expect(stream.blob()).rejects.toBe('mine')
  })
  it('keeps every byte of a body that is folded', async () => {
    const server = await serve((response) => {
      response.writeHead(200)
      for (let part = 0; part < 40; part++) response.write(Buffer.alloc(1_000_000, part))
      response.end()
    })
    const bytes = await download(server).bytes()
    expect(bytes.length).toBe(40_000_000)
    expect([bytes[0], bytes[20_500_000], bytes[39_999_999]]).toEqual([0, 20, 39])
  })
})

describe('rows 46, 50: onProgress', () => {
  it('grows to the total', async () => {
    const seen: Progress[] = []
    await download(await serveFile(), { onProgress: (progress) => seen.push(progress) }).bytes()
    expect(seen.at(-1)).toEqual({ loaded: 1_000_000, total: 1_000_000 })
    expect(seen.every(({ loaded }, index) => loaded > (seen[index - 1]?.loaded ?? 0))).toBe(true)
  })
  it('has no total where the body is compressed, even to more bytes', async () => {
    const zipped = gzipSync(randomBytes(100_000))
    const server = await serve((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': `${zipped.length}` }).end(zipped)
    })
    const seen: Progress[] = []
    await download(server, { onProgress: (progress) => seen.push(progress) }).bytes()
    expect(seen.at(-1)).toEqual({ loaded: 100_000, total: undefined })
    expect(new Set(seen.map(({ total }) => total))).toEqual(new Set([undefined]))
  })
  it('drops a total that turns out to be that of something else', async () => {
    const response = new Response('abc', { headers: { 'content-length': '2' } })
    const client = newClient({ baseUrl: 'https://api.test', fetch: () => response })
    const seen: Progress[] = []
    await openBinary(client, { onProgress: (progress) => seen.push(progress) }, planOf('image/png')).bytes()
    expect(seen).toEqual([{ loaded: 3, total: undefined }])
  })
  it('only observes', async () => {
    const server = await serveFile()
    const onProgress = vi.fn()
    download(server, { onProgress })
    await sleep(20)
    expect(onProgress).not.toHaveBeenCalled()
    expect(server.requests).toHaveLength(0)
  })
})

describe('onChunk', () => {
  it('starts the download and gets every byte', async () => {
    const lengths: number[] = []
    const stream = download(await serveFile(), { onChunk: (bytes) => lengths.push(bytes.length) })
    await stream.done
    expect(lengths.reduce((sum, length) => sum + length)).toBe(1_000_000)
  })
})

describe('row 50: save()', () => {
  it('writes to a path', async () => {
    const path = join(await newFolder(), 'mine.zip')
    expect(await download(await serveFile()).save(path)).toBe(path)
    expect((await readFile(path)).equals(megabyte)).toBe(true)
  })
  it('writes into a folder under the name of the answer, and never elsewhere', async () => {
    const folder = await newFolder()
    const server = await serveFile({ 'content-disposition': 'attachment; filename="../../a.zip"' })
    expect(await download(server).save(folder)).toBe(join(folder, 'a.zip'))
    expect(await readdir(folder)).toEqual(['a.zip'])
  })
  it('leaves nothing behind when the download fails', async () => {
    const folder = await newFolder()
    await expect(download(await serveShort()).save(join(folder, 'a.zip'))).rejects.toMatchObject({ kind: 'network' })
    await expect(download(await serveShort()).save(folder)).rejects.toMatchObject({ kind: 'network' })
    expect(await readdir(folder)).toEqual([])
  })
  it('closes the connection when the file cannot be written', async () => {
    const server = await serveFile()
    await expect(download(server).save('/nowhere/at/all/a.zip')).rejects.toThrow('ENOENT')
    await server.released()
  })
  it('asks the page where there is one, and revokes the URL', async () => {
    const anchor = { href: '', download: '', click: vi.fn() }
    vi.stubGlobal('document', { createElement: () => anchor })
    const revoke = vi.spyOn(URL, 'revokeObjectURL')
    onTestFinished(() => {
      vi.unstubAllGlobals()
      vi.useRealTimers()
    })
    const stream = download(await serveFile())
    const realTimeout = globalThis.setTimeout
    const timers = vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation((callback, delay) => realTimeout(callback, delay === 10_000 ? 1 : delay))
    expect(await stream.save()).toBe('report.zip')
    timers.mockRestore()
    expect(anchor).toMatchObject({ href: expect.stringMatching(/^blob:/), download: 'report.zip' })
    expect(anchor.click).toHaveBeenCalledOnce()
    await sleep(10)
    expect(revoke).toHaveBeenCalledWith(anchor.href)
  })
})
