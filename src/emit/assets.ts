/** What the emitter reads from its own package: the templates and the sources of the runtime. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Assets {
  /** Handlebars source by name; partials have `partials/` in front. */
  readonly templates: ReadonlyMap<string, string>
  /** TypeScript source by file name without extension. */
  readonly runtime: ReadonlyMap<string, string>
}

/** Reads them from the package's folder; `src/emit` and `dist/emit` lie equally deep in it. */
export function loadAssets(): Assets {
  const templates = folder('../../templates/', '.hbs')
  for (const [name, text] of folder('../../templates/partials/', '.hbs')) templates.set(`partials/${name}`, text)
  return { templates, runtime: folder('../../src/runtime/', '.ts') }
}

function folder(relative: string, extension: string): Map<string, string> {
  const path = fileURLToPath(new URL(relative, import.meta.url))
  const names = readdirSync(path).filter((name) => name.endsWith(extension))
  const entries = names.sort().map((name): [string, string] => {
    return [name.slice(0, -extension.length), readFileSync(join(path, name), 'utf8')]
  })
  return new Map(entries)
}
