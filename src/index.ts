/** The library: what the command line does, as functions. Nothing here reads or ends the process. */
import { type Config, type PartialConfig, parseConfig, parseConfigs } from './config.js'
import type { GenerateOptions, GenerateReport } from './generate.js'
import type { InspectOptions, InspectReport } from './inspect.js'

export { type Config, defineConfig } from './config.js'
export { InputError, type Place, type Problem } from './diagnostics.js'
export type { Change } from './emit/compare.js'
export type { EntryKind, FileSystem } from './file-system.js'
export { formatProblem } from './format-problem.js'
export type { GenerateOptions, GenerateReport, OutputReport } from './generate.js'
export type { InspectedOperation, InspectOptions, InspectReport } from './inspect.js'
export type { Kind, Selector, StreamKind } from './ir.js'
export type { Limits } from './limits.js'
export { createMemoryFileSystem, type MemoryFileSystem } from './memory-file-system.js'
export type { OverrideConfig } from './read/openapi/overrides.js'
export { createSources, type Sources } from './sources.js'
export type { StreamRoute, StreamRouteTypes } from './stream-route.js'

/** The config of one input without an output folder. */
export type InspectConfig = Omit<Config, 'out'> & Pick<PartialConfig, 'out'>

/**
 * Generates the clients of one or more outputs: all of them or, when anything fails, none.
 * Paths are relative to the working folder of the process. No config file is looked for.
 * @throws InputError where a config, an input or an output folder is wrong; `problem` says what to do.
 */
export async function generate(
  config: Config | readonly Config[],
  options: GenerateOptions = {},
): Promise<GenerateReport> {
  const line = await import('./generate.js')
  return line.generate(parseConfigs(config), options)
}

/**
 * Says of every operation of one input what it answers with, and why. Nothing is written.
 * @throws InputError where the config or the input is wrong.
 */
export async function inspect(config: InspectConfig, options: InspectOptions = {}): Promise<InspectReport> {
  const line = await import('./inspect.js')
  const { report } = await line.inspect(parseConfig(config), options)
  return report
}
