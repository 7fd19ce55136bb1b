/** The line that everything is: input → read → classify → plan → render → write. */
import { isAbsolute, relative, resolve } from 'node:path'
import { analyse, type Reading } from './analyse.js'
import { type PartialConfig, type Settings, settingsOf } from './config.js'
import { InputError, type Problem } from './diagnostics.js'
import { type Assets, loadAssets } from './emit/assets.js'
import { type Change, compareFolder } from './emit/compare.js'
import { plan } from './emit/plan.js'
import { warnOfRenamed } from './emit/renamed.js'
import { render } from './emit/render.js'
import { readRuntime } from './emit/runtime-sources.js'
import { verify } from './emit/verify.js'
import { writeOutputs } from './emit/write.js'
import { disk, type FileSystem } from './file-system.js'
import type { Endpoint, Kind } from './ir.js'
import { locate, locating, refusingDepth } from './locate.js'
import { createSources, type Sources } from './sources.js'

export interface GenerateOptions extends Reading {
  /** Find out what would be written, and write nothing. */
  readonly dryRun?: boolean
  /** Where the output is compared and written; default is the disk. Inputs are always read from the disk. */
  readonly fileSystem?: FileSystem
}

export interface GenerateReport {
  readonly outputs: readonly OutputReport[]
  /** False for a dry run, and where a config with `failOnWarnings` met warnings: then nothing was written anywhere. */
  readonly written: boolean
}

export interface OutputReport {
  /** The document, as it was found. */
  readonly input: string
  /** The output folder as it was named. */
  readonly folder: string
  /** Every file of the output and every stale file, sorted by path. */
  readonly changes: readonly Change[]
  /** How many functions there are of each kind. */
  readonly endpoints: Readonly<Partial<Record<Kind, number>>>
  readonly warnings: readonly Problem[]
  /** True if `failOnWarnings` is set and there are warnings. */
  readonly refused: boolean
}

/**
 * Generates the clients of one or more outputs: all of them or, when anything fails, none.
 * @throws InputError where an input, a config or an output folder is wrong.
 */
export async function generate(
  configs: readonly PartialConfig[],
  { dryRun = false, fileSystem = disk, sources = createSources(), readStandardInput }: GenerateOptions = {},
): Promise<GenerateReport> {
  return locating(sources, async () => {
    const targets = targetsOf(configs.map(settingsOf))
    const preparing = { assets: loadAssets(), fileSystem, sources, ...(readStandardInput && { readStandardInput }) }
    const outputs: OutputReport[] = []
    for (const target of targets) {
      outputs.push(await refusingDepth({ inputs: target.settings.inputs, sources }, () => prepare(target, preparing)))
    }
    const written = !dryRun && !outputs.some(({ refused }) => refused)
    if (written) writeOutputs(outputs, fileSystem)
    return { outputs, written }
  })
}

interface Target {
  readonly settings: Settings
  readonly folder: string
}

interface Preparing extends Reading {
  readonly assets: Assets
  readonly fileSystem: FileSystem
  readonly sources: Sources
}

async function prepare({ settings, folder }: Target, preparing: Preparing): Promise<OutputReport> {
  const { assets, fileSystem, sources } = preparing
  const { input, api, verdicts, warnings, report } = await analyse(settings, preparing)
  const planned = plan(verdicts, api, { ...settings, sources: readRuntime(assets.runtime), report })
  const files = render(planned.files, assets.templates)
  if (settings.verify) await verify(files, { folder })
  const { changes } = compareFolder(files, { folder, fileSystem })
  warnings.push(...warnOfRenamed(changes, planned.functions))
  return {
    input,
    folder,
    changes,
    endpoints: countKinds(planned.functions.keys()),
    warnings: warnings.map((warning) => locate(warning, sources)),
    refused: settings.failOnWarnings && warnings.length > 0,
  }
}

function countKinds(endpoints: Iterable<Endpoint>): Partial<Record<Kind, number>> {
  const counts: Partial<Record<Kind, number>> = {}
  for (const { answer } of endpoints) counts[answer.kind] = (counts[answer.kind] ?? 0) + 1
  return counts
}

/** Every output needs a folder to itself: files that another output wrote would count as stale. */
function targetsOf(all: readonly Settings[]): Target[] {
  const targets = all.map((settings) => ({ settings, folder: folderOf(settings) }))
  for (const [index, { folder }] of targets.entries()) {
    const clash = targets.find(
      (other, position) => position !== index && isWithin({ inner: other.folder, outer: folder }),
    )
    if (clash === undefined) continue
    throw new InputError({
      code: 'output-shared',
      message: `two outputs share a folder: ${clash.folder} lies in ${folder}`,
      place: { file: clash.folder },
      hint: 'give every output a folder of its own, beside the others',
    })
  }
  return targets
}

function folderOf({ out, inputs }: Settings): string {
  if (out !== undefined) return out
  throw new InputError({
    code: 'out-missing',
    message: 'no output folder is named',
    place: { file: inputs[0] ?? '-' },
    hint: 'name it with --out, or as "out" in streamwright.config.ts',
  })
}

function isWithin({ inner, outer }: { inner: string; outer: string }): boolean {
  const path = relative(resolve(outer), resolve(inner))
  return !isAbsolute(path) && !/^\.\.([\\/]|$)/.test(path)
}
