import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { generate } from '../../src/generate.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync('.renamed-')
})
afterEach(() => rmSync(folder, { recursive: true }))

async function warningsWith(content: object, operationId = 'watch'): Promise<string[]> {
  const input = join(folder, 'openapi.json')
  const description = 'Watches.\n\nFor `a` long time.'
  const get = { operationId, description, responses: { 200: { description: 'Items', content } } }
  writeFileSync(
    input,
    JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/watch': { get } } }),
  )
  const { outputs } = await generate([{ input, out: join(folder, 'out'), include: 'all' }])
  return outputs.flatMap(({ warnings }) =>
    warnings.map(({ code, message, place }) => `${code}: ${message} (${place?.pointer}, ${place?.line})`),
  )
}

const events = { 'text/event-stream': { schema: { type: 'string' } } }
const json = { 'application/json': { schema: { type: 'string' } } }

it('a function whose name went to a new twin is warned of, at its operation, once', async () => {
  expect(await warningsWith(events)).toEqual([])
  const warning =
    'function-renamed: watch is called watchStream now, because the operation has other kinds of reply than before (/paths/~1watch/get, 1)'
  expect(await warningsWith({ ...json, ...events })).toEqual([warning])
  expect(await warningsWith({ ...json, ...events })).toEqual([])
})

it('and so is one that gets the plain name when its twin is gone', async () => {
  await warningsWith({ ...json, ...events })
  expect(await warningsWith(events)).toMatchObject([
    expect.stringMatching(/^function-renamed: watchStream is called watch now/),
  ])
})

it('an operation that is renamed, or has lost a kind, is not', async () => {
  await warningsWith(events)
  expect(await warningsWith(events, 'follow')).toEqual([])
  expect(await warningsWith(json, 'follow')).toEqual([])
})
