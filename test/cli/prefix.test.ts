/** `--prefix`: what stands before the paths of route files where no file of the project shows it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createProject, DOCUMENT, type Project } from './run.js'

const ROUTES = `import { Router } from 'express'
export const jobs = Router()
/** @stream text */
jobs.get('/log', () => {})
/** @stream text GET /whole/path */
jobs.get('/other', () => {})
`

let project: Project

beforeEach(() => {
  project = createProject({ 'jobs.ts': ROUTES, 'openapi.yaml': DOCUMENT })
})

afterEach(() => {
  project.remove()
})

async function paths(args: readonly string[]): Promise<{ readonly paths: unknown; readonly stderr: string }> {
  const { stdout, stderr } = await project.run(['inspect', ...args, '--json'])
  const { operations } = JSON.parse(stdout)
  return { paths: operations.map(({ path }: { path: string }) => path), stderr }
}

test('it stands before a path that is read from code, and before none that a tag states', async () => {
  const without = await paths(['jobs.ts'])
  expect(without.paths).toEqual(['/log', '/whole/path'])
  expect(without.stderr).toContain('jobs.ts:2:14')
  const { paths: found, stderr } = await paths(['jobs.ts', '--prefix', '/api/v1/'])
  expect(found).toEqual(['/api/v1/log', '/whole/path'])
  expect(stderr).toBe('')
})

test('the config file can state it', async () => {
  project.put('streamwright.config.json', '{ "input": "jobs.ts", "out": "api", "prefix": "/api" }')
  expect((await paths([])).paths).toEqual(['/api/log', '/whole/path'])
})

test('it must be a path, and there must be route files', async () => {
  const wrong = await project.run(['generate', 'jobs.ts', '--out', 'api', '--prefix', 'https://example.com/api'])
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('prefix of the route files must be a path')])
  const unused = await project.run(['generate', 'openapi.yaml', '--out', 'api', '--prefix', '/api'])
  expect([unused.code, unused.stderr]).toEqual([0, expect.stringContaining('there are none')])
})
