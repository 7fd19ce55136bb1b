/** What the compiler may read: the project, its packages and the libraries of the language, and of route files our text. */
import { sep } from 'node:path'
import { isConfined } from '../openapi/origin.js'
import { type Libraries, ts } from './compiler.js'

export interface HostOptions {
  readonly options: ts.CompilerOptions
  /** Absolute paths of the folders that imports may reach. */
  readonly folders: readonly string[]
  readonly libraries: Libraries
  /** The texts of route files by absolute path. */
  readonly texts: ReadonlyMap<string, string>
  /** Files that need no second parse in another project of the same run. */
  readonly parsed: Map<string, ts.SourceFile>
}

export interface Host {
  readonly host: ProjectHost
  /** Files that are there and were not read, because they lie outside of the folders; filled while the program is made. */
  readonly refused: ReadonlySet<string>
}

/** With what editors tell the compiler: projects that are referred to need not be built. */
interface ProjectHost extends ts.CompilerHost {
  readonly useSourceOfProjectReferenceRedirect: () => boolean
}

const PACKAGES = '/node_modules/'

export function newHost({ options, folders, libraries, texts, parsed }: HostOptions): Host {
  const base = ts.createCompilerHost(options)
  const realPathOf = (path: string): string => base.realpath?.(path) ?? path
  // The folders may themselves be reached by links.
  const allowed = [...folders, ...folders.map(realPathOf)]
  const refused = new Set<string>()
  const isLibrary = (path: string): boolean => path.startsWith(`${libraries.folder}/`)
  const isInside = (path: string): boolean => allowed.some((root) => isConfined(path, { root, folders: [] }))
  const leadsInside = (path: string): boolean => {
    const real = realPathOf(path)
    return real === path || real.includes(PACKAGES) || isInside(real)
  }
  const mayRead = (path: string): boolean => {
    const isAllowed = path.includes(PACKAGES) || (isInside(path) && leadsInside(path))
    if (!isAllowed) refused.add(path)
    return isAllowed
  }
  const host: ProjectHost = {
    ...base,
    useSourceOfProjectReferenceRedirect: () => true,
    getDefaultLibFileName: () => `${libraries.folder}/${ts.getDefaultLibFileName(options)}`,
    getDefaultLibLocation: () => libraries.folder,
    fileExists: (path) => texts.has(path) || (base.fileExists(path) && mayRead(path)),
    readFile: (path) => {
      if (isLibrary(path)) return libraries.read(path)
      return texts.get(path) ?? (mayRead(path) ? base.readFile(path) : undefined)
    },
    getSourceFile: (path, language) => {
      const text = host.readFile(path)
      return text === undefined ? undefined : sourceOf({ path, text, language }, parsed)
    },
    realpath: (path) => {
      const real = realPathOf(path)
      // A package of the same workspace is a link in node_modules to a folder beside the project.
      if (path.includes(PACKAGES) && !real.includes(PACKAGES)) allowed.push(packageOf({ path, real }))
      return real
    },
    writeFile: () => {},
  }
  return { host, refused }
}

/** The real folder of a package, from the path of a file in it by way of node_modules and its real path. */
function packageOf({ path, real }: { readonly path: string; readonly real: string }): string {
  const inside = path.slice(path.lastIndexOf(PACKAGES) + PACKAGES.length).split('/')
  const depth = inside.length - (inside[0]?.startsWith('@') === true ? 2 : 1)
  return real
    .split('/')
    .slice(0, depth === 0 ? undefined : -depth)
    .join(sep)
}

interface Parse {
  readonly path: string
  readonly text: string
  readonly language: ts.ScriptTarget | ts.CreateSourceFileOptions
}

function sourceOf({ path, text, language }: Parse, parsed: Map<string, ts.SourceFile>): ts.SourceFile {
  const settings = typeof language === 'object' ? language : { languageVersion: language }
  const isForeign = path.includes(PACKAGES)
  const key = `${path}\n${settings.languageVersion} ${settings.impliedNodeFormat ?? ''}`
  const known = isForeign ? parsed.get(key) : undefined
  if (known !== undefined) return known
  // Comments of packages and libraries are not shown anywhere: they are not worth parsing.
  const jsDocParsingMode = isForeign ? ts.JSDocParsingMode.ParseNone : ts.JSDocParsingMode.ParseAll
  const source = ts.createSourceFile(path, text, { ...settings, jsDocParsingMode })
  if (isForeign) parsed.set(key, source)
  return source
}
