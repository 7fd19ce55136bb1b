/** Collects what one generated file imports, so that it imports what it uses and nothing else. */
import type { RuntimeSources } from './runtime-sources.js'

export interface ImportView {
  /** `import` or `import type`. */
  readonly keyword: string
  /** `{ a, b as c }`, on one line or on several. */
  readonly names: string
  /** The specifier, quoted. */
  readonly from: string
}

export type RuntimeMode = 'copy' | 'import'
export type ImportExtension = 'js' | 'ts' | 'none'

export interface ImportOptions {
  readonly runtime: RuntimeMode
  readonly extension: ImportExtension
  readonly sources: RuntimeSources
  /** The way from the file to the root of the output: `./` or `../`. */
  readonly root: './' | '../'
  /** Names that the file declares itself; an import of the same name gets another one. */
  readonly declared: ReadonlySet<string>
}

export interface Imports {
  /** Notes a value of the runtime. @returns the name it has in this file. */
  readonly value: (name: string) => string
  /** Notes a type of the runtime. @returns its name. */
  readonly type: (name: string) => string
  /** Notes a name of another generated file, given without extension. @returns its name. */
  readonly local: (what: { readonly name: string; readonly file: string; readonly isType: boolean }) => string
  readonly view: () => readonly ImportView[]
}

const MAX_LINE = 100

/** The text of a relative import of `path`, which has no extension. */
export function specifier(path: string, extension: ImportExtension): string {
  return extension === 'none' ? path : `${path}.${extension}`
}

export function newImports({ runtime, extension, sources, root, declared }: ImportOptions): Imports {
  const found = new Map<string, Set<string>>()
  const note = ({ name, from, isType }: { name: string; from: string; isType: boolean }): string => {
    const key = `${isType ? 'import type' : 'import'}\n${from}`
    const names = found.get(key) ?? new Set<string>()
    found.set(key, names)
    const local = declared.has(name) ? `${name}_` : name
    names.add(local === name ? name : `${name} as ${local}`)
    return local
  }
  const fromRuntime = (name: string): string => {
    const file = sources.fileOf(name)
    return runtime === 'import' ? 'streamwright/runtime' : specifier(`${root}runtime/${file}`, extension)
  }
  return {
    value: (name) => note({ name, from: fromRuntime(name), isType: false }),
    type: (name) => note({ name, from: fromRuntime(name), isType: true }),
    local: ({ name, file, isType }) => note({ name, from: specifier(`${root}${file}`, extension), isType }),
    view: () =>
      [...found]
        .map(([key, names]) => {
          const [keyword = '', from = ''] = key.split('\n')
          return { keyword, names: braces([...names].sort(), keyword.length + from.length), from: `'${from}'` }
        })
        .sort((left, right) => order(left) - order(right) || (left.from < right.from ? -1 : 1)),
  }
}

/** Packages, then the output's own files; values before types. */
function order({ keyword, from }: ImportView): number {
  return (from.startsWith("'.") ? 2 : 0) + (keyword === 'import' ? 0 : 1)
}

/** Names in braces, on one line where it and `others` more characters fit. */
export function braces(names: readonly string[], others: number): string {
  const line = `{ ${names.join(', ')} }`
  return line.length + others < MAX_LINE ? line : `{\n${names.map((name) => `  ${name},\n`).join('')}}`
}
