/** Parameters of a path that may be left out: each path that a request can have is a function of its own. */
import { expect, test } from 'vitest'
import { type Files, operation, read } from '../core/reading.js'

function shown(files: Files, names?: readonly string[]): string[] {
  return read(files, names).api.operations.map(({ method, path, parameters, override }) =>
    [method, path, ...parameters.map(({ name }) => name), override?.name ?? ''].join(' ').trim(),
  )
}

const EXPRESS = `import express from 'express'
const app = express()
/**
 * @stream text
 * @params {{ id?: number }}
 * @name watchJob
 */
app.get('/jobs/:id?', (request, response) => {})`

test('a route of Express is at both paths, with a name for each', () => {
  const files = { 'app.ts': EXPRESS }
  expect(shown(files)).toEqual(['GET /jobs/{id} id watchJob', 'GET /jobs watchJobWithoutId'])
  expect(operation(read(files), 'GET /jobs/{id}').parameters).toMatchObject([
    { name: 'id', required: true, type: { kind: 'number' } },
  ])
})

test('a route that has the shorter path for itself keeps it', () => {
  const list = "/** @stream ndjson\n * @event {1} */\napp.get('/jobs', (request, response) => {})"
  expect(shown({ 'app.ts': `${EXPRESS}\n${list}` })).toEqual(['GET /jobs/{id} id watchJob', 'GET /jobs'])
})

test('folders of Next.js and SvelteKit, and an option of TanStack', () => {
  const stream = '/** @stream text */\nexport function GET() {}'
  const files = {
    'app/api/files/[[...slug]]/route.ts': stream,
    'src/routes/[[lang]]/log/+server.ts': stream,
    'src/routes/posts.{-$category}.ts':
      "export const Route = createFileRoute('/posts/{-$category}')({ server: { handlers: {\n/** @stream text */\nGET: () => {} } } })",
  }
  expect(shown(files)).toEqual([
    'GET /api/files/{slug} slug',
    'GET /api/files',
    'GET /{lang}/log lang',
    'GET /log',
    'GET /posts/{category} category',
    'GET /posts',
  ])
})
