/** One program for all route files of one tsconfig. */
import { readFileSync } from 'node:fs'
import type { Candidate } from './candidates.js'
import { type Libraries, ts } from './compiler.js'
import type { Dialect } from './dialect.js'
import { newHost } from './host.js'
import type { TsConfig, TsConfigs } from './tsconfig.js'

export interface Project {
  readonly config: TsConfig
  /** Sorted by path. */
  readonly candidates: readonly Candidate[]
}

export interface ProjectProgram {
  readonly program: ts.Program
  /** Files that are there and were not read. */
  readonly refused: ReadonlySet<string>
  /** The files that a dialect looks at besides the route files. */
  readonly contextOf: (dialect: Dialect) => readonly ts.SourceFile[]
}

/** In the order of the first file of each. */
export function groupByProject(candidates: readonly Candidate[], configs: TsConfigs): Project[] {
  const groups = new Map<string, { config: TsConfig; candidates: Candidate[] }>()
  for (const candidate of candidates) {
    const config = configs.of(candidate.path)
    const key = config.path ?? config.folder
    const group = groups.get(key) ?? { config, candidates: [] }
    group.candidates.push(candidate)
    groups.set(key, group)
  }
  return [...groups.values()]
}

export interface ProgramOptions {
  readonly libraries: Libraries
  /** Absolute paths of the folders that imports may reach, besides the project's own. */
  readonly folders: readonly string[]
  readonly parsed: Map<string, ts.SourceFile>
}

export function createProject({ config, candidates }: Project, options: ProgramOptions): ProjectProgram {
  const texts = new Map(candidates.map(({ path, extended }) => [path, extended]))
  const others = [...config.files].filter((path) => !texts.has(path)).sort()
  const context = findContext(others, candidates)
  const folders = [config.folder, ...options.folders]
  // Route files in JavaScript are named by the user, whatever the project compiles.
  const hasScripts = candidates.some(({ path }) => /\.[cm]?jsx?$/.test(path))
  const compiler = hasScripts ? { ...config.options, allowJs: true } : config.options
  const { host, refused } = newHost({ ...options, options: compiler, folders, texts })
  const declarations = others.filter((path) => /\.d\.[cm]?ts$/.test(path))
  const further = [...new Set([...context.values()].flat())]
  const program = ts.createProgram({
    rootNames: [...texts.keys(), ...declarations, ...further],
    options: compiler,
    projectReferences: config.projects,
    host,
  })
  // One list for each dialect, so that what it finds in there is found once and not for every file.
  const lists = new Map<Dialect, readonly ts.SourceFile[]>()
  const contextOf: ProjectProgram['contextOf'] = (dialect) => {
    const known = lists.get(dialect) ?? sourcesAt([...texts.keys(), ...(context.get(dialect) ?? [])].sort(), program)
    lists.set(dialect, known)
    return known
  }
  return { program, refused, contextOf }
}

function sourcesAt(paths: readonly string[], program: ts.Program): ts.SourceFile[] {
  return paths.flatMap((path) => program.getSourceFile(path) ?? [])
}

/** The other files of the project that the dialects in use ask for, by their text. */
function findContext(others: readonly string[], candidates: readonly Candidate[]): Map<Dialect, string[]> {
  const asking = [...new Set(candidates.flatMap(({ dialects }) => dialects))].filter((one) => one.context !== undefined)
  const found = new Map<Dialect, string[]>(asking.map((dialect) => [dialect, []]))
  if (asking.length === 0) return found
  for (const path of others) {
    if (/\.d\.[cm]?ts$/.test(path)) continue
    const text = readFileSync(path, 'utf8')
    for (const dialect of asking) if (dialect.context?.test(text) === true) found.get(dialect)?.push(path)
  }
  return found
}
