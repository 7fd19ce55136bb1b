/** Which tsconfig.json a route file belongs to, and what it says. */
import { dirname, join } from 'node:path'
import { InputError } from '../../diagnostics.js'
import { isConfined } from '../openapi/origin.js'
import { syntaxErrors, ts } from './compiler.js'
import { newConfigHost } from './config-host.js'

export interface TsConfig {
  /** The file; absent where there is none and the defaults hold. */
  readonly path?: string
  /** The folder that the project is. */
  readonly folder: string
  readonly options: ts.CompilerOptions
  /** Every file of the project, absolute. */
  readonly files: ReadonlySet<string>
  /** The projects whose sources stand in for what they would build. */
  readonly projects: readonly ts.ProjectReference[]
}

export interface TsConfigs {
  /** @throws InputError where the tsconfig.json of the file is broken, or extends one that is not there. */
  of(path: string): TsConfig
}

/** The name of a path in messages. */
export type NameOf = (path: string) => string

export interface TsConfigOptions {
  readonly nameOf: NameOf
  /** Absolute paths of the folders that a config may refer to, besides its own. */
  readonly folders: readonly string[]
}

/** Files of one folder share their tsconfig; each is read once. */
export function newTsConfigs(options: TsConfigOptions): TsConfigs {
  const parsed = new Map<string, ParsedConfig>()
  const nearest = new Map<string, string | undefined>()
  const parse = (path: string): ParsedConfig => {
    const known = parsed.get(path) ?? parseConfig(path, options)
    parsed.set(path, known)
    return known
  }
  return {
    of: (path) => {
      const folder = dirname(path)
      if (!nearest.has(folder)) nearest.set(folder, ts.findConfigFile(folder, ts.sys.fileExists))
      const config = nearest.get(folder)
      return config === undefined ? withoutConfig(path) : owner({ path, config }, { parse, ...options })
    },
  }
}

interface ParsedConfig extends TsConfig {
  readonly path: string
  readonly references: readonly string[]
}

/** Of a solution the project that includes the file; else the nearest one, which also speaks for files that it excludes. */
function owner(
  { path, config }: { readonly path: string; readonly config: string },
  { parse, nameOf, folders }: TsConfigOptions & { readonly parse: (path: string) => ParsedConfig },
): TsConfig {
  const first = parse(config)
  const seen = new Set([config])
  const waiting = [first]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (next.files.has(path)) return next
    for (const reference of next.references) {
      const isInside = [dirname(config), ...folders].some((root) => isConfined(reference, { root, folders: [] }))
      if (!seen.has(reference) && isInside) waiting.push(parse(reference))
      seen.add(reference)
    }
  }
  if (first.files.size > 0 || first.references.length === 0) return first
  throw new InputError({
    code: 'tsconfig-no-files',
    message: `no project that this solution refers to includes ${nameOf(path)}, so that its types are not known`,
    place: { file: nameOf(config) },
    hint: 'add the file to "include" of one of the projects under "references"',
  })
}

function parseConfig(path: string, { nameOf, folders }: TsConfigOptions): ParsedConfig {
  const { host, refused } = newConfigHost(path, folders)
  const text = host.readFile(path)
  for (const outside of refused) throw outsideError({ path, outside }, nameOf)
  if (text === undefined) throw unreadableError(nameOf(path))
  const source = ts.readJsonConfigFile(path, () => text)
  const parsed = ts.parseJsonSourceFileConfigFileContent(source, host, dirname(path), {}, path)
  for (const outside of refused) throw outsideError({ path, outside, ...extendsOf(source) }, nameOf)
  for (const problem of [...syntaxErrors(source), ...parsed.errors]) {
    const error = errorOf(problem, { path, nameOf })
    if (error !== undefined) throw error
  }
  return {
    path,
    folder: dirname(path),
    options: completed(parsed.options),
    files: new Set(parsed.fileNames),
    projects: parsed.projectReferences ?? [],
    references: (parsed.projectReferences ?? []).map((reference) => ts.resolveProjectReferencePath(reference)),
  }
}

/** Of the compiler: a file that cannot be read or is not there. */
const NOT_THERE: ReadonlySet<number> = new Set([5012, 5083, 6053, 6096])
/** Of the compiler: `extends` in a circle. */
const CIRCULAR = 18000

/** Options that the compiler does not know do no harm; a file that is missing takes paths and types with it. */
function errorOf(
  { code, file, start, messageText }: ts.Diagnostic,
  { path, nameOf }: { readonly path: string; readonly nameOf: NameOf },
): InputError | undefined {
  if (code === CIRCULAR) {
    return new InputError({
      code: 'tsconfig-invalid',
      message: 'the tsconfig.json builds on itself',
      place: { file: nameOf(file?.fileName ?? path) },
      hint: 'take the file out of the "extends" that leads back to it',
    })
  }
  const isSyntax = code >= 1000 && code < 2000
  if (!isSyntax && !NOT_THERE.has(code)) return undefined
  const place = {
    file: nameOf(file?.fileName ?? path),
    ...(file !== undefined && start !== undefined ? position(file, start) : {}),
  }
  const words = ts.flattenDiagnosticMessageText(messageText, ' ').replace(/\.$/, '')
  if (isSyntax) {
    const hint = 'correct the file: it is JSON with comments'
    return new InputError({ code: 'tsconfig-invalid', message: `this file is not valid: ${words}`, place, hint })
  }
  return new InputError({
    code: 'tsconfig-missing',
    message: `a file that the tsconfig.json builds on is not there: ${relativeWords(words, nameOf)}`,
    place,
    hint: 'install the packages, or let the framework write it (`svelte-kit sync`, `nuxt prepare`, `astro sync`)',
  })
}

interface Outside {
  readonly path: string
  readonly outside: string
  readonly line?: number
  readonly column?: number
}

function outsideError({ path, outside, ...at }: Outside, nameOf: NameOf): InputError {
  return new InputError({
    code: 'tsconfig-outside',
    message: `the tsconfig.json leads to ${nameOf(outside)}, which lies outside of the project, and is not read`,
    place: { file: nameOf(path), line: 1, column: 1, ...at },
    hint: `if you trust it, allow its folder by --allow-outside ${nameOf(dirname(outside))}`,
  })
}

/** Where a config names those that it builds on. */
function extendsOf(source: ts.TsConfigSourceFile): { readonly line: number; readonly column: number } {
  return position(source, Math.max(source.text.indexOf('"extends"'), 0))
}

function unreadableError(file: string): InputError {
  return new InputError({
    code: 'tsconfig-invalid',
    message: 'the tsconfig.json cannot be read',
    place: { file },
    hint: 'give the user who runs the command the right to read it, or move it away',
  })
}

/** The compiler puts absolute paths in quotation marks. */
function relativeWords(words: string, nameOf: NameOf): string {
  return words.replaceAll(/'((?:\/|[A-Za-z]:)[^']*)'/g, (_, path: string) => nameOf(path))
}

function position(file: ts.SourceFile, start: number): { line: number; column: number } {
  const { line, character } = file.getLineAndCharacterOfPosition(start)
  return { line: line + 1, column: character + 1 }
}

function withoutConfig(path: string): TsConfig {
  return {
    folder: packageFolder(dirname(path)),
    options: completed({
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      jsx: ts.JsxEmit.Preserve,
      strict: true,
      allowImportingTsExtensions: true,
      experimentalDecorators: true,
    }),
    files: new Set(),
    projects: [],
  }
}

/** The folder of the nearest package.json, else that of the file. */
function packageFolder(folder: string): string {
  const found = ts.findConfigFile(folder, ts.sys.fileExists, 'package.json')
  return found === undefined ? folder : dirname(join(found))
}

/** What holds in every project: nothing is written, and `undefined` and `null` are not lost. */
function completed(options: ts.CompilerOptions): ts.CompilerOptions {
  return {
    ...options,
    // Before TypeScript 6 all of them were there without a word.
    types: options.types ?? ['*'],
    strictNullChecks: true,
    skipLibCheck: true,
    noEmit: true,
    composite: false,
    incremental: false,
    declaration: false,
    ignoreDeprecations: '6.0',
  }
}
