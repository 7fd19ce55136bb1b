import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createProject, type Project } from './run.js'

const BIN = fileURLToPath(new URL('../../bin/streamwright.js', import.meta.url))

let project: Project
let child: ChildProcess | undefined
let output = ''

beforeEach(() => {
  project = createProject()
  output = ''
})
afterEach(async () => {
  if (child) {
    const exited = new Promise((resolve) => child?.once('exit', resolve))
    child.kill()
    await exited
  }
  child = undefined
  project.remove()
})

function start(...args: readonly string[]): void {
  child = spawn(process.execPath, [BIN, 'generate', ...args, '--watch'], { cwd: project.folder })
  const append = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout?.on('data', append)
  child.stderr?.on('data', append)
}

async function until(isTrue: () => boolean): Promise<void> {
  const start = performance.now()
  while (!isTrue()) {
    if (performance.now() - start > 20_000) throw new Error(`not within 20 s: ${isTrue}\n${output}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const document = (id: string, schema = '{ type: string }'): string =>
  `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /events:
    get:
      operationId: ${id}
      responses:
        "200":
          description: Events
          content: { text/event-stream: { schema: ${schema} } }
`
const written = (): string => project.read('out/endpoints/default.ts')

it('writes again when the document changes, and goes on after one that is wrong', async () => {
  project.put('openapi.yaml', document('first'))
  start('openapi.yaml', '--out', 'out')
  await until(() => output.includes('watching for changes'))
  expect(written()).toContain('function first(')

  project.put('openapi.yaml', document('second'))
  await until(() => written().includes('function second('))

  project.put('openapi.yaml', 'openapi: 3.1.0\npaths: [\n')
  await until(() => output.includes('error'))
  expect(written()).toContain('function second(')

  project.put('openapi.yaml', document('third'))
  await until(() => written().includes('function third('))
  expect(output.match(/changed: openapi\.yaml/g)?.length).toBeGreaterThanOrEqual(3)
}, 60_000)

it('watches what a reference leads to, the config file, and nothing that does not matter', async () => {
  project.put('streamwright.config.json', '{ "input": "openapi.yaml", "out": "out" }')
  project.put('schemas/item.json', '{ "type": "object", "properties": { "one": { "type": "string" } } }')
  project.put('openapi.yaml', document('watch', '{ $ref: "./schemas/item.json" }'))
  start()
  await until(() => output.includes('watching for changes'))
  expect(project.read('out/types.ts')).toContain('one?: string')

  project.put('other.json', '{}')
  project.put('schemas/item.json', '{ "type": "object", "properties": { "two": { "type": "string" } } }')
  await until(() => project.read('out/types.ts').includes('two?: string'))
  expect(output).not.toContain('other.json')

  project.put('streamwright.config.json', '{ "input": "openapi.yaml", "out": "elsewhere" }')
  await until(() => project.list('elsewhere').includes(join('endpoints', 'default.ts')))
}, 60_000)

it('is refused where there is no file to watch, and beside --check', async () => {
  const url = await project.run(['generate', 'https://example.com/openapi.json', '--out', 'out', '--watch'])
  expect(url).toMatchObject({ code: 2, stdout: '' })
  expect(url.stderr).toContain('there is no file to watch')
  expect((await project.run(['generate', 'a.yaml', '--out', 'out', '--watch', '--check'])).code).toBe(2)
})
