import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createProject, DOCUMENT, type Project } from './run.js'

let server: Server
let url = ''
let requests: string[] = []
let project: Project

beforeEach(async () => {
  requests = []
  server = createServer((request, response) => {
    requests.push(`${request.headers.authorization ?? '-'} ${request.headers['x-tenant'] ?? '-'}`)
    response.writeHead(request.headers.authorization === 'Bearer t0ken' ? 200 : 401).end(DOCUMENT)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A server that listens on a port has an address of this form; the type allows for pipes too.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api.yaml`
  project = createProject()
})

afterEach(() => {
  server.close()
  project.remove()
})

test('--header sends a credential with the request for the input', async () => {
  const args = ['generate', url, '--out', 'api', '--header', 'Authorization: Bearer t0ken', '--header', 'X-Tenant:7']
  const { code, stderr } = await project.run(args)
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(requests).toEqual(['Bearer t0ken 7'])
  for (const path of project.list('api')) expect(project.read(`api/${path}`)).not.toContain('t0ken')
})

test('the config file states it too, and the command line wins', async () => {
  const headers = { Authorization: 'Bearer old', 'X-Tenant': '7' }
  project.put('streamwright.config.json', JSON.stringify({ input: url, headers }))
  expect((await project.run(['inspect', '--header', 'authorization: Bearer t0ken'])).code).toBe(0)
  expect(requests).toEqual(['Bearer t0ken 7'])
})

test('an answer that asks for a login is told with the option that helps', async () => {
  const { code, stderr } = await project.run(['generate', url, '--out', 'api'])
  expect(code).toBe(2)
  expect(stderr).toContain('the server answered with status 401')
  expect(stderr).toContain("--header 'Authorization: Bearer …'")
  expect(project.list('api')).toEqual([])
})

test.each([
  ['Authorization', 'a header has a name, a colon and a value'],
  ['X Y: 1', '"X Y" cannot be the name of a header'],
  ['Host: evil.example', 'the header "Host" cannot be set'],
  ['X-Key: s3cret\nX-Evil: 1', 'the value of the header "X-Key" holds characters that no header can carry'],
  ['X-Key: s3cret\u{1f511}', 'the value of the header "X-Key" holds characters that no header can carry'],
])('%j is refused, and its value is not repeated', async (header, message) => {
  const { code, stderr } = await project.run(['generate', url, '--out', 'api', '--header', header, '--debug'])
  expect(code).toBe(2)
  expect(stderr).toContain(message)
  expect(stderr).not.toContain('s3cret')
  expect(requests).toEqual([])
})
