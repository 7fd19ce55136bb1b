/** What every part of planning needs, and what each part yields. */
import type { Report } from '../diagnostics.js'
import type { Api, TypeId } from '../ir.js'
import { type ImportExtension, type Imports, newImports, type RuntimeMode, specifier } from './imports.js'
import type { Naming } from './naming.js'
import type { RuntimeSources } from './runtime-sources.js'
import type { Direction } from './type-names.js'
import type { PlannedFile } from './view.js'

export interface PlanOptions {
  /** `streams`: operations with a streaming, text or binary reply, and their JSON twins. */
  readonly include: 'streams' | 'all'
  readonly runtime: RuntimeMode
  readonly importExtension: ImportExtension
  readonly sources: RuntimeSources
  readonly report: Report
}

export interface Planning {
  readonly api: Api
  readonly naming: Naming
  readonly options: PlanOptions
}

/** A file, and the files of the runtime that it imports. */
export interface Planned {
  readonly file: PlannedFile
  readonly runtime: Iterable<string>
}

/** The imports of one file, with the files of the runtime among them. */
export interface TrackedImports {
  readonly imports: Imports
  readonly runtime: ReadonlySet<string>
}

/** Starts the imports of a file that lies at `root` from the root of the output and declares `declared` itself. */
export function trackImports(
  { root, declared }: { readonly root: './' | '../'; readonly declared: ReadonlySet<string> },
  { runtime: mode, importExtension: extension, sources }: PlanOptions,
): TrackedImports {
  const inner = newImports({ runtime: mode, extension, sources, root, declared })
  const runtime = new Set<string>()
  const track =
    (note: (name: string) => string) =>
    (name: string): string => {
      runtime.add(sources.fileOf(name))
      return note(name)
    }
  return { imports: { ...inner, value: track(inner.value), type: track(inner.type) }, runtime }
}

/** Names declarations in one direction, and notes that the file imports them. */
export function importedName(
  direction: Direction,
  { naming, imports }: { naming: Naming; imports: Imports },
): (id: TypeId) => string {
  return (id) => imports.local({ name: naming.typeName(id, direction), file: 'types', isType: true })
}

/** Where a name of the runtime is imported from, seen from the root of the output. */
export function runtimeSpecifier(name: string, { runtime, importExtension, sources }: PlanOptions): string {
  return runtime === 'import' ? 'streamwright/runtime' : specifier(`./runtime/${sources.fileOf(name)}`, importExtension)
}
