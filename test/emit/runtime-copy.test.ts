import { dirname, join } from 'node:path/posix'
import { describe, expect, it } from 'vitest'
import { analyse } from '../../src/analyse.js'
import { type PartialConfig, settingsOf } from '../../src/config.js'
import { loadAssets } from '../../src/emit/assets.js'
import { plan } from '../../src/emit/plan.js'
import { render } from '../../src/emit/render.js'
import { readRuntime } from '../../src/emit/runtime-sources.js'

const assets = loadAssets()
const sources = readRuntime(assets.runtime)

async function outputOf(mediaTypes: readonly string[], config: PartialConfig): Promise<Map<string, string>> {
  const settings = settingsOf({ input: '-', ...config })
  const paths = Object.fromEntries(
    mediaTypes.map((type, index) => [
      `/${index}`,
      { get: { responses: { 200: { description: '', content: { [type]: {} } } } } },
    ]),
  )
  const document = { openapi: '3.1.0', info: { title: '', version: '' }, paths }
  const { api, verdicts } = await analyse(settings, {
    readStandardInput: async () => new TextEncoder().encode(JSON.stringify(document)),
  })
  const { include, runtime, importExtension } = settings
  const planned = plan(verdicts, api, { include, runtime, importExtension, sources, report: () => {} })
  return new Map(render(planned.files, assets.templates).map(({ path, text }) => [path, text]))
}

const ALL = [
  'text/event-stream',
  'application/x-ndjson',
  'application/json-seq',
  'text/plain',
  'image/png',
  'application/json',
]

describe('the runtime in the output', () => {
  it('has the files that the endpoints need and no others', async () => {
    const text = [...(await outputOf(['text/plain'], {})).keys()]
    expect(text).toContain('runtime/text.ts')
    expect(text.filter((path) => /sse|ndjson|records|binary|save|reconnect/.test(path))).toEqual([])
    const events = [...(await outputOf(['text/event-stream'], {})).keys()]
    expect(events).toContain('runtime/sse.ts')
    expect(events.filter((path) => /ndjson|binary|save|runtime\/text/.test(path))).toEqual([])
  })

  it('is not copied where it is imported', async () => {
    const files = await outputOf(ALL, { runtime: 'import', include: 'all' })
    expect([...files.keys()].filter((path) => path.startsWith('runtime/'))).toEqual([])
    expect(files.get('index.ts')).toContain("from 'streamwright/runtime'")
  })

  it.each(['js', 'ts', 'none'] as const)('is found by every import with the ending %s', async (importExtension) => {
    const files = await outputOf(ALL, { importExtension, include: 'all' })
    const ending = importExtension === 'none' ? '' : `.${importExtension}`
    for (const [path, text] of files) {
      for (const [, specifier = ''] of text.matchAll(/(?:from |import\()'(\.[^']*)'/g)) {
        expect(specifier.endsWith(ending), `${path}: ${specifier}`).toBe(true)
        const target = join(dirname(path), ending === '' ? specifier : specifier.slice(0, -ending.length))
        expect([...files.keys()], `${path}: ${specifier}`).toContain(`${target}.ts`)
      }
    }
  })
})
