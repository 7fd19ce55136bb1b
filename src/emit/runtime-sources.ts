/** The files of `src/runtime` as text, and what each exports and imports: enough to copy only what is used. */

export interface RuntimeSources {
  /** The file, without extension, that exports a name. @throws Error for a name that the runtime does not have. */
  readonly fileOf: (name: string) => string
  /** The files and all files that they import, sorted. */
  readonly closure: (files: Iterable<string>) => readonly string[]
  readonly textOf: (file: string) => string
}

const EXPORTED = /^export (?:async function|function|class|const|interface|type) (\w+)/gm
const IMPORTED = /from '\.\/([\w-]+)\.js'/g

/** Reads the sources, given by file name without extension. Relies on their style, which a test holds them to. */
export function readRuntime(texts: ReadonlyMap<string, string>): RuntimeSources {
  const files = new Map<string, string>()
  for (const [file, text] of texts) {
    if (file === 'index') continue
    for (const [, name = ''] of text.matchAll(EXPORTED)) files.set(name, file)
  }
  const textOf = (file: string): string => texts.get(file) ?? ''
  return {
    fileOf: (name) => {
      const file = files.get(name)
      if (file === undefined) throw new Error(`the runtime has no ${name}`)
      return file
    },
    closure: (roots) => {
      const found = new Set<string>()
      const queue = [...roots]
      for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
        if (found.has(file)) continue
        found.add(file)
        for (const [, next = ''] of textOf(file).matchAll(IMPORTED)) queue.push(next)
      }
      return [...found].sort()
    },
    textOf,
  }
}
