import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProject, type Project } from './run.js'

const DOCUMENT = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/log': { get: { operationId: 'log', responses: { 200: { description: 'Log', content: { 'text/plain': {} } } } } },
  },
})

describe('init', () => {
  let project: Project
  beforeEach(() => {
    project = createProject()
  })
  afterEach(() => project.remove())

  it('writes a config with which generate needs no options', async () => {
    project.put('docs/openapi.json', DOCUMENT)
    project.put('src/main.ts', '')
    const init = await project.run(['init'])
    expect(init).toMatchObject({ code: 0, stderr: '' })
    expect(init.stdout).toContain('wrote streamwright.config.ts: docs/openapi.json → src/api\n')
    expect(project.read('streamwright.config.ts')).toBe(`import { defineConfig } from 'streamwright'

export default defineConfig({
  input: 'docs/openapi.json',
  out: 'src/api',
})
`)
    expect((await project.run(['generate'])).code).toBe(0)
    expect(project.list('src/api')).toContain('endpoints/default.ts')
  })
  it('takes inputs and the folder from the command line, whatever is in them', async () => {
    const { code } = await project.run(['init', "it's.yaml", 'src/**/*.ts', '--out', 'client'])
    expect(code).toBe(0)
    expect(project.read('streamwright.config.ts')).toContain(
      "  input: ['it\\'s.yaml', 'src/**/*.ts'],\n  out: 'client',\n",
    )
  })
  it('overwrites no config file', async () => {
    project.put('streamwright.config.json', '{}')
    const { code, stderr } = await project.run(['init', 'openapi.yaml'])
    expect(code).toBe(2)
    expect(stderr).toContain('there is a config file already')
    expect(project.list('.')).toEqual(['streamwright.config.json'])
  })
  it('says what to do where there is no document', async () => {
    const { code, stderr } = await project.run(['init'])
    expect(code).toBe(2)
    expect(stderr).toContain('streamwright init openapi.yaml')
    expect(project.list('.')).toEqual([])
  })
})
