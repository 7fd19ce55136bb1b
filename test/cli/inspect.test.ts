import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createProject, DOCUMENT, type Project } from './run.js'

let project: Project

beforeEach(() => {
  project = createProject({ 'openapi.yaml': DOCUMENT })
})

afterEach(() => {
  project.remove()
})

/** More than a pipe holds. */
function largeDocument(): string {
  const paths = Array.from(
    { length: 1500 },
    (_, index) =>
      `  /events/${index}: { get: { responses: { '200': { description: ok, content: { text/event-stream: {} } } } } }`,
  )
  return ["openapi: 3.1.0\ninfo: { title: L, version: '1' }\npaths:", ...paths, ''].join('\n')
}

describe('inspect --json', () => {
  test('prints every operation, also those for which nothing is generated', async () => {
    const { code, stdout, stderr } = await project.run(['inspect', 'openapi.yaml', '--json'])
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toEqual({
      operations: [
        {
          id: 'streamEvents',
          method: 'GET',
          path: '/events',
          kinds: ['sse'],
          functions: ['streamEvents'],
          items: { sse: 'Event' },
          because: [expect.stringContaining('text/event-stream')],
          warnings: [],
          source: 'openapi.yaml:6:5',
        },
        {
          id: 'exportRows',
          method: 'GET',
          path: '/rows',
          kinds: ['ndjson'],
          functions: ['exportRows'],
          items: { ndjson: 'Event' },
          because: [expect.stringContaining('application/x-ndjson')],
          warnings: [],
          source: 'openapi.yaml:14:5',
        },
        {
          id: 'getPlain',
          method: 'GET',
          path: '/plain',
          kinds: ['json'],
          functions: [null],
          because: [expect.stringContaining('application/json')],
          warnings: [],
          source: 'openapi.yaml:22:5',
        },
      ],
    })
  })

  test('--include all names the functions of plain operations', async () => {
    const { stdout } = await project.run(['inspect', 'openapi.yaml', '--json', '--include', 'all'])
    expect(JSON.parse(stdout).operations[2].functions).toEqual(['getPlain'])
  })

  test('puts a warning to its operation', async () => {
    project.put(
      'w.yaml',
      DOCUMENT.replace(
        'operationId: streamEvents',
        'parameters: [{ name: id, in: path, required: true, schema: { type: string } }]',
      ),
    )
    const { stdout, stderr } = await project.run(['inspect', 'w.yaml', '--json'])
    const { operations } = JSON.parse(stdout)
    expect(operations[0].id).toBe('GET /events')
    expect(operations.map((operation: { warnings: unknown[] }) => operation.warnings)).toEqual([
      [{ code: 'path-parameter-unused', message: expect.stringContaining('does not occur in the path') }],
      [],
      [],
    ])
    expect(stderr).toContain('does not occur in the path')
  })

  test('the whole text gets through a pipe that is read slowly', async () => {
    project.put('large.yaml', largeDocument())
    const { code, stdout } = await project.run(['inspect', 'large.yaml', '--json'])
    expect(stdout.length).toBeGreaterThan(200_000)
    expect([code, JSON.parse(stdout).operations.length]).toEqual([0, 1500])
  })

  test('a reader that stops early is no failure', async () => {
    project.put('large.yaml', largeDocument())
    const bin = fileURLToPath(new URL('../../bin/streamwright.js', import.meta.url))
    const child = spawn(process.execPath, [bin, 'inspect', 'large.yaml', '--json'], {
      cwd: join(project.folder),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString()
    })
    child.stdout.once('data', () => child.stdout.destroy())
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect([code, stderr.includes('EPIPE')]).toEqual([0, false])
  })
})

describe('inspect', () => {
  test('prints an aligned table', async () => {
    const { code, stdout } = await project.run(['inspect', 'openapi.yaml'])
    expect(code).toBe(0)
    expect(stdout).toBe(`METHOD  PATH     KINDS   FUNCTIONS     SELECTOR
GET     /events  sse     streamEvents
GET     /rows    ndjson  exportRows
GET     /plain   json    -

3 operations: 1 json, 1 ndjson, 1 sse
`)
  })
})

describe('help and version', () => {
  test('--version prints the version of the package', async () => {
    const { code, stdout } = await project.run(['--version'])
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
  })

  test.each([
    [['--help'], 'Examples:'],
    [['help', 'generate'], 'Exit codes:'],
    [['generate', '--help'], '--allow-remote <origin>'],
    [['inspect', '--help'], '--json'],
  ])('%j prints help', async (args, text) => {
    const { code, stdout, stderr } = await project.run(args)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(text)
  })
})
