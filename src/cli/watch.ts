/** `generate --watch`: the same call again, whenever a file changes that its output depends on. */
import { resolve } from 'node:path'
import { watch } from 'chokidar'
import type { PartialConfig } from '../config.js'
import { InputError } from '../diagnostics.js'
import { isUrl } from '../input.js'
import { createSources } from '../sources.js'
import { type Call, runGenerate } from './generate.js'
import { configsOf } from './options.js'
import { writeFailure } from './problems.js'
import { escapeControls, type Session } from './session.js'

/** What one run has told of what it depends on. */
interface Run {
  /** Absolute paths of the documents that were read. */
  readonly files: ReadonlySet<string>
  readonly configs: readonly PartialConfig[]
  readonly failed: boolean
}

/** Editors write a file in several steps. */
const SETTLING_MS = 100
const CODE = /\.[cm]?[jt]sx?$|(^|[\\/])tsconfig[^\\/]*\.json$/i
const DOCUMENT = /\.(json|ya?ml)$/i
const CONFIG = /(^|[\\/])streamwright\.config\.\w+$/
const NEVER = /(^|[\\/])(node_modules|\.git)([\\/]|$)/

/**
 * Generates, watches, and generates again; a run that fails says why and is tried again at the next change. Resolves
 * once it watches, which then keeps the process alive until it is interrupted.
 * @throws InputError where there is no file to watch.
 */
export async function watchGenerate(call: Call, session: Session): Promise<void> {
  let last = await runOnce(call, { session, configs: await configsOf(call.inputs, call.flags) })
  let isRunning = false
  let isStale = false

  const runAgain = async (): Promise<void> => {
    isStale = true
    if (isRunning) return
    isRunning = true
    while (isStale) {
      await new Promise((settled) => setTimeout(settled, SETTLING_MS))
      isStale = false
      last = await runOnce(call, { session, configs: last.configs })
    }
    isRunning = false
  }

  const folders = new Set(['.', ...last.configs.flatMap(({ allowOutside = [] }) => allowOutside)])
  const ignored = (path: string): boolean => NEVER.test(path) || last.configs.some(({ out }) => isWithin(path, out))
  const watcher = watch([...folders, ...documentsOf(last.configs)], { ignoreInitial: true, ignored })
  watcher.on('all', (_, path) => {
    if (!concerns(path, last) && resolve(path) !== resolve(call.flags.config ?? '.')) return
    session.writeErr(escapeControls(`changed: ${path}\n`))
    void runAgain()
  })
  await new Promise((ready) => watcher.once('ready', () => ready(undefined)))
  session.writeErr('watching for changes\n')
}

/** @param configs those of the last run, for a config file that cannot be loaded now. */
async function runOnce(
  call: Call,
  { session, configs }: { session: Session; configs: readonly PartialConfig[] },
): Promise<Run> {
  const own = { ...session, sources: createSources() }
  let current = configs
  let failed = false
  try {
    current = await configsOf(call.inputs, call.flags)
    refuseWithoutFiles(current)
    await runGenerate(call, own)
  } catch (error) {
    if (error instanceof InputError && error.problem.code === 'watch-no-file') throw error
    failed = true
    await writeFailure(error, { debug: call.flags.debug ?? false, session: own })
  }
  return { files: new Set([...own.sources.files()].map((file) => resolve(file))), configs: current, failed }
}

function refuseWithoutFiles(configs: readonly PartialConfig[]): void {
  const inputs = configs.flatMap(({ input = [] }) => input)
  if (inputs.length === 0 || inputs.some((input) => input !== '-' && !isUrl(input))) return
  throw new InputError({
    code: 'watch-no-file',
    message: 'there is no file to watch: URLs and standard input tell nobody when they change',
    place: { file: inputs[0] ?? '-' },
    hint: 'leave --watch away, or name a file',
  })
}

function documentsOf(configs: readonly PartialConfig[]): string[] {
  return configs.flatMap(({ input = [] }) => input).filter((input) => !isUrl(input) && DOCUMENT.test(input))
}

/** Types may come from any file of code; after a failure the missing document may be any. */
function concerns(path: string, { files, configs, failed }: Run): boolean {
  if (files.has(resolve(path)) || CONFIG.test(path)) return true
  const readsRoutes = configs.flatMap(({ input = [] }) => input).some((input) => /\.[cm]?[jt]sx?$|[*{]/i.test(input))
  return (readsRoutes && CODE.test(path)) || (failed && DOCUMENT.test(path))
}

function isWithin(path: string, folder: string | undefined): boolean {
  return (
    folder !== undefined &&
    `${resolve(path)}/`.replaceAll('\\', '/').startsWith(`${resolve(folder)}/`.replaceAll('\\', '/'))
  )
}
