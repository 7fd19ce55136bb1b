import { rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { inspect } from '../../../src/inspect.js'
import { type Files, makeFolder, TSCONFIG } from './reading.js'

function folder(files: Files): string {
  const root = makeFolder({ 'tsconfig.json': TSCONFIG, ...files })
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return root
}

const DOCUMENT = `openapi: 3.1.0
info: { title: Jobs, version: '1' }
paths:
  /jobs/{id}:
    get:
      operationId: watchJob
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: x, content: { application/json: { schema: {} } } } }
  /log:
    get:
      operationId: tailLog
      responses: { '200': { description: x, content: { text/event-stream: { schema: { type: string } } } } }
`
const ROUTES = `/** @stream sse /jobs/:job
 * @event {{ percent: number }} */
/** @stream ndjson /log
 * @event {{ line: string }} */
/** @stream text /notes */
`

test('a document and route files complete each other, and what both describe is a warning', async () => {
  const root = folder({ 'openapi.yaml': DOCUMENT, 'src/routes.ts': ROUTES })
  const { report, warnings } = await inspect({ input: ['openapi.yaml', 'src/*.ts'].map((name) => `${root}/${name}`) })
  expect(report.operations.map(({ id, kinds, functions, items }) => [id, kinds, functions, items])).toEqual([
    ['watchJob', ['sse'], ['watchJob'], { sse: '{ percent: number }' }],
    ['tailLog', ['sse'], ['tailLog'], { sse: 'string' }],
    ['GET /notes', ['text'], ['getNotes'], { text: 'string' }],
  ])
  const shown = warnings.map(({ code, message }) => `${code}: ${message.replace(/\S+openapi/, 'openapi')}`)
  expect(shown).toEqual([
    'route-described-twice: GET /jobs/{id} is described by openapi.yaml too; all but the answer is taken from there',
    'route-described-twice: GET /log is described by openapi.yaml too; all of it is taken from there',
  ])
  expect(warnings.map(({ place }) => place?.line)).toEqual([1, 3])
})

test('the config file names and skips routes, and states nothing else of them', async () => {
  const input = `${folder({ 'routes.ts': '/** @stream text /a */\n/** @stream text /b */' })}/routes.ts`
  const { report } = await inspect({ input, operations: { 'GET /a': { name: 'tail' }, 'GET /b': { skip: true } } })
  expect(report.operations.map(({ functions }) => functions)).toEqual([['tail'], [null]])
  const refused = inspect({ input, operations: { 'GET /a': { kind: 'sse' } } })
  await expect(refused).rejects.toThrow('the config file states "kind"')
  await expect(inspect({ input, operations: { 'GET /c': {} } })).rejects.toThrow('there is no such route')
})

test('files of JavaScript are route files, but for those beside the TypeScript that they were made from', async () => {
  const root = folder({
    'lib/a.js': '/** @typedef {{ n: number }} Tick */\n/** @stream ndjson /a\n * @event {Tick} */',
    'lib/b.cjs': '/** @stream text /b */\nmodule.exports = {}',
    'lib/c.ts': '/** @stream text /c */',
    'lib/c.js': '/** @stream text /c */',
  })
  const { report } = await inspect({ input: `${root}/lib/*` })
  expect(report.operations.map(({ path, items }) => [path, items])).toEqual([
    ['/a', { ndjson: 'Tick' }],
    ['/b', { text: 'string' }],
    ['/c', { text: 'string' }],
  ])
})

test('files of declarations are no route files', async () => {
  await expect(inspect({ input: 'routes.d.ts' })).rejects.toThrow('declarations of types, and no routes')
})
