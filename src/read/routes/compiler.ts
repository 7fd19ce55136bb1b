/**
 * The TypeScript compiler that ts-morph brings, whatever version the project has. No other file under `routes` knows
 * ts-morph. It costs about half a second to load, so that the whole folder is loaded by `import()` only. What the
 * compiler keeps in members that its types do not show is read here and nowhere else.
 */
import { Project, ts } from 'ts-morph'

export { ts }

/** What the parser found wrong, in the order of the file. */
export function syntaxErrors(source: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  // Only a program shows them otherwise, after it has looked at much more.
  return (source as ts.SourceFile & { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? []
}

/** True for the text of one type. */
export function parsesAsType(text: string): boolean {
  if (text.trim() === '') return false
  const source = ts.createSourceFile('type.ts', `type T = ${text}\n;`, ts.ScriptTarget.Latest)
  return syntaxErrors(source).length === 0 && source.statements.length === 1
}

/** The members of a union as the author grouped them: `Status | null` has two, however many `Status` has. */
export function writtenMembers(union: ts.UnionType): readonly ts.Type[] {
  // The compiler keeps it for its own messages.
  const { origin } = union as ts.UnionType & { origin?: ts.Type }
  return origin?.isUnion() === true ? origin.types : union.types
}

/** True for the `any` that stands for a type that could not be found. */
export function isUnresolved(type: ts.Type): boolean {
  // The compiler has several types with the flag `Any`, and tells them apart by this name.
  return (type as ts.Type & { intrinsicName?: string }).intrinsicName === 'error'
}

/** The declarations of the language and of the DOM, which ts-morph has in memory and not as files. */
export interface Libraries {
  readonly folder: string
  readonly read: (path: string) => string | undefined
}

export function openLibraries(): Libraries {
  // An empty project is the public way to them; it takes some milliseconds.
  const host = new Project({ useInMemoryFileSystem: true }).getModuleResolutionHost()
  return { folder: '/node_modules/typescript/lib', read: (path) => host.readFile(path) }
}
