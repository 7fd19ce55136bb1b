/** Documents in which thousands of things point at one another are read in about linear time. */
import { expect, it } from 'vitest'
import { createMemoryFileSystem, generate } from '../../src/index.js'

/** Microseconds of CPU that generating for a document takes. */
async function cpuOf(document: object): Promise<number> {
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  const options = { fileSystem: createMemoryFileSystem(), readStandardInput: async () => bytes }
  const start = process.cpuUsage().user
  await generate({ input: '-', out: '/out', runtime: 'import' }, options)
  return process.cpuUsage().user - start
}

function documentOf(schema: object, more: object): object {
  const responses = { 200: { description: '', content: { 'text/event-stream': { schema } } } }
  return { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: { '/a': { get: { responses } } }, ...more }
}

it('a discriminator of 10,000 alternatives takes seconds', { timeout: 120_000 }, async () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `S${index}`)
  const references = names.map((name) => `#/components/schemas/${name}`)
  const mapping = Object.fromEntries(names.map((name, index) => [`v${index}`, `#/components/schemas/${name}`]))
  const schema = { oneOf: references.map(($ref) => ({ $ref })), discriminator: { propertyName: 't', mapping } }
  const member = { type: 'object', properties: { t: { type: 'string' } } }
  const components = { schemas: Object.fromEntries(names.map((name) => [name, member])) }
  expect(await cpuOf(documentOf(schema, { components }))).toBeLessThan(8_000_000)
})

it('20,000 servers with variables take seconds', { timeout: 120_000 }, async () => {
  const variables = { v: { default: 'a' } }
  const servers = Array.from({ length: 20_000 }, (_, index) => ({ url: `https://{v}.example.com/${index}`, variables }))
  expect(await cpuOf(documentOf({ type: 'string' }, { servers }))).toBeLessThan(8_000_000)
})
