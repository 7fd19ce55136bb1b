import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openBinary } from '../../src/runtime/index.js'
import { planOf } from './answers.js'
import { begin, type ScriptedServer, serve } from './scripted-server.js'

function serveNamed(disposition: string): Promise<ScriptedServer> {
  return serve((response) => {
    response.writeHead(200, { 'content-type': 'application/zip', 'content-disposition': disposition }).end('new')
  })
}

async function nameOf(disposition: string): Promise<string> {
  const { client } = await serveNamed(disposition)
  return (await openBinary(client, {}, { ...planOf('application/zip'), fileName: 'plan' }).blob()).name
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'streamwright-saving-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('row 50: a file name', () => {
  it('costs little time, whatever a server sends', async () => {
    const before = performance.now()
    expect(await nameOf(`attachment; filename="a${' .'.repeat(7000)}x"`)).toBe('x')
    expect(performance.now() - before).toBeLessThan(1000)
  })
  it('has no dots and blanks at the end where it was cut', async () => {
    const name = await nameOf(`attachment; filename="${'x'.repeat(252)}. . .y y"`)
    expect(name).toBe('x'.repeat(252))
  })
  it.each([
    ['attachment; filename="aux "', '_aux'],
    ["attachment; filename*=UTF-8''%2e%2e%2fa%00b.txt; filename=b", 'ab.txt'],
    ["attachment; filename*=UTF-8''a%2", 'plan'],
    ['attachment; filename="a/.."', 'plan'],
    ['attachment; filename = "a b.txt" ; size=3', 'a b.txt'],
  ])('of %s is %s', async (disposition, name) => {
    expect(await nameOf(disposition)).toBe(name)
  })
})

describe('row 50: save()', () => {
  it('leaves nothing behind after an abort, and closes the connection', async () => {
    const folder = await newFolder()
    const controller = new AbortController()
    const server = await serve((response) => {
      begin(response, 'application/zip').write('abc')
      setTimeout(() => controller.abort('mine'), 20)
    })
    const stream = openBinary(server.client, { signal: controller.signal }, planOf('application/zip'))
    await expect(stream.save(join(folder, 'a.zip'))).rejects.toBe('mine')
    expect(await readdir(folder)).toEqual([])
    await server.released()
  })
  it('writes over the file whose path the caller gives', async () => {
    const path = join(await newFolder(), 'mine.zip')
    await writeFile(path, 'old')
    const { client } = await serveNamed('attachment; filename=a.zip')
    expect(await openBinary(client, {}, planOf('application/zip')).save(path)).toBe(path)
    expect(await readFile(path, 'utf8')).toBe('new')
  })
  it('into a folder never writes over a file under the name that the server gives', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'package.json'), 'old')
    const { client } = await serveNamed('attachment; filename=package.json')
    await mkdir(join(folder, 'package (2).json'))
    const path = await openBinary(client, {}, planOf('application/zip')).save(folder)
    expect(path).toBe(join(folder, 'package (3).json'))
    expect(await readFile(path, 'utf8')).toBe('new')
    expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe('old')
    expect((await readdir(folder)).length).toBe(3)
  })
  it('that cannot write closes the stream', async () => {
    const { client } = await serveNamed('attachment; filename=a.zip')
    const stream = openBinary(client, {}, planOf('application/zip'))
    await expect(stream.save('/nowhere/at/all/a.zip')).rejects.toThrow('ENOENT')
    expect(stream.status).toBe('closed')
  })
})
