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
import type { InspectConfig } from '../../src/index.js'

export interface Prepared {
  readonly files: readonly GeneratedFile[]
  readonly warnings: readonly Problem[]
}

/** Takes a folder with `input.*` and, if it likes, `config.json`. */
export async function prepareFiles(folder: string): Promise<Prepared> {
  const file = join(folder, 'config.json')
  const [stated = {}] = existsSync(file) ? parseConfigs(JSON.parse(readFileSync(file, 'utf8'))) : []
  const name = readdirSync(folder).find((entry) => entry.startsWith('input.')) ?? 'input'
  return prepare({ include: 'all', ...stated, input: relative('.', join(folder, name)) })
}

/** The runtime is imported unless the config says otherwise, so that there is less to compare. */
export async function prepare(config: InspectConfig): Promise<Prepared> {
  const settings = settingsOf({ runtime: 'import', ...config })
  const { api, verdicts, warnings } = await analyse(settings, {})
  const assets = loadAssets()
  const { include, runtime, importExtension } = settings
  const sources = readRuntime(assets.runtime)
  const report = (problem: Problem): void => void warnings.push(problem)
  const planned = plan(verdicts, api, { include, runtime, importExtension, sources, report })
  return { files: render(planned.files, assets.templates), warnings }
}
