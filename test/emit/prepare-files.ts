/** The line up to the texts of the output, for the tests that look at texts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { analyse } from '../../src/analyse.js'
import { parseConfigs, settingsOf } from '../../src/config.js'
import type { Problem } from '../../src/diagnostics.js'
import { loadAssets } from '../../src/emit/assets.js'
import { plan } from '../../src/emit/plan.js'
import { type GeneratedFile, render } from '../../src/emit/render.js'
import { readRuntime } from '../../src/emit/runtime-sources.js'

/** Takes a folder with `input.*` and, if it likes, `config.json`. */
export async function prepareFiles(folder: string): Promise<{ files: GeneratedFile[]; warnings: Problem[] }> {
  const file = join(folder, 'config.json')
  const [stated = {}] = existsSync(file) ? parseConfigs(JSON.parse(readFileSync(file, 'utf8'))) : []
  const name = readdirSync(folder).find((entry) => entry.startsWith('input.')) ?? 'input'
  const settings = settingsOf({
    runtime: 'import',
    include: 'all',
    ...stated,
    input: relative('.', join(folder, name)),
  })
  const { api, verdicts, warnings } = await analyse(settings, {})
  const assets = loadAssets()
  const { include, runtime, importExtension } = settings
  const sources = readRuntime(assets.runtime)
  const report = (problem: Problem): void => void warnings.push(problem)
  const planned = plan(verdicts, api, { include, runtime, importExtension, sources, report })
  return { files: render(planned.files, assets.templates), warnings }
}
