/** Finds and loads `streamwright.config.*`, which is the user's own code and is run. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import { defineConfig, type PartialConfig, parseConfigs } from '../config.js'
import { InputError, type Place } from '../diagnostics.js'
import { isUrl } from '../input.js'

const NAMES = ['ts', 'js', 'mjs', 'json'].map((extension) => `streamwright.config.${extension}`)

/**
 * The config file of a folder, or `undefined`.
 * @throws InputError if there are several.
 */
export function findConfigFile(folder: string): string | undefined {
  const found = NAMES.filter((name) => existsSync(join(folder, name)))
  const [file, other] = found
  if (file !== undefined && other !== undefined) {
    throw new InputError({
      code: 'config-ambiguous',
      message: `there are two config files, ${file} and ${other}`,
      place: { file: other },
      hint: 'remove one of them, or choose one with --config',
    })
  }
  return file === undefined ? undefined : join(folder, file)
}

/**
 * Loads TypeScript, JavaScript (default export) or JSON. Paths in the result are relative to the working folder.
 * @throws InputError where the file is missing, throws, or is not a config.
 */
export async function loadConfigFile(file: string): Promise<PartialConfig[]> {
  const place: Place = { file: file.replaceAll('\\', '/') }
  if (!existsSync(file)) {
    throw new InputError({
      code: 'config-not-found',
      message: 'there is no such config file',
      place,
      hint: 'correct --config',
    })
  }
  const value = extname(file) === '.json' ? readJson(file, place) : await runModule(file, place)
  const folder = dirname(file)
  return parseConfigs(value, place).map((config) => withPathsFrom(folder, config))
}

function readJson(file: string, place: Place): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw failed(error, place)
  }
}

async function runModule(file: string, place: Place): Promise<unknown> {
  const { createJiti } = await import('jiti')
  const path = resolve(file)
  // Without caches nothing is written beside the output, and a second call sees an edited file. The virtual module lets
  // a config import `streamwright` where it is run by npx and not installed.
  const jiti = createJiti(path, {
    fsCache: false,
    moduleCache: false,
    virtualModules: { streamwright: { defineConfig } },
  })
  let module: unknown
  try {
    module = await jiti.import(path)
  } catch (error) {
    throw failed(error, place)
  }
  if (typeof module === 'object' && module !== null && 'default' in module) return module.default
  throw new InputError({
    code: 'config-no-default',
    message: 'the config file has no default export',
    place,
    hint: 'write `export default defineConfig({ input, out })`',
  })
}

function failed(error: unknown, place: Place): InputError {
  const reason = error instanceof Error ? error.message : String(error)
  return new InputError(
    {
      code: 'config-failed',
      message: `the config file cannot be loaded: ${reason.split('\n', 1)[0]?.trim()}`,
      place: { ...place, ...positionIn(reason, place) },
      hint: `correct ${basename(place.file)}, or run with --debug to see where it fails`,
    },
    { cause: error },
  )
}

/** Both parsers tell the place in the message alone: jiti as `file:line:column` from column 0, JSON.parse as an offset. */
function positionIn(reason: string, { file }: Place): Pick<Place, 'line' | 'column'> {
  const [, line, column] = /^ParseError[\s\S]*:(\d+):(\d+)$/.exec(reason) ?? []
  if (line !== undefined && column !== undefined) return { line: Number(line), column: Number(column) + 1 }
  const offset = /JSON at position (\d+)/.exec(reason)?.[1]
  if (offset === undefined) return {}
  const before = readFileSync(file, 'utf8').slice(0, Number(offset)).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

function withPathsFrom(folder: string, config: PartialConfig): PartialConfig {
  const rebase = (path: string): string =>
    path === '-' || isUrl(path) ? path : relative('', resolve(folder, path)).replaceAll('\\', '/') || '.'
  const { input, out, allowOutside } = config
  return {
    ...config,
    ...(input !== undefined && { input: typeof input === 'string' ? rebase(input) : input.map(rebase) }),
    ...(out !== undefined && { out: rebase(out) }),
    ...(allowOutside && { allowOutside: allowOutside.map(rebase) }),
  }
}
