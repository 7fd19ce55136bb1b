/** Nodes to places, and the errors and warnings that stand at them. */
import { relative, sep } from 'node:path'
import { InputError, type Place, type Report } from '../../diagnostics.js'
import type { Sources } from '../../sources.js'
import type { ts } from './compiler.js'
import type { ProblemWords, Unreadable } from './dialect.js'
import { type Alias, originalOffset } from './source-text.js'

/** A route file as it was written, with what was put behind its end. */
export interface WrittenFile {
  readonly text: string
  readonly aliases: readonly Alias[]
}

export interface Places {
  /** The path as in `Place.file`. */
  nameOf(path: string): string
  of(node: ts.Node): Place
  at(source: ts.SourceFile, offset: number): Place
  /** @throws InputError */
  fail(node: ts.Node, words: ProblemWords): never
  failAt(place: Place, words: ProblemWords): never
  warn(node: ts.Node, words: ProblemWords): void
}

export interface PlacesOptions {
  /** Absolute path of the working folder. */
  readonly root: string
  /** By absolute path. */
  readonly written: ReadonlyMap<string, WrittenFile>
  readonly report: Report
  readonly sources: Sources
}

export function newPlaces({ root, written, report, sources }: PlacesOptions): Places {
  const nameOf = (path: string): string => relative(root, path).split(sep).join('/')
  const at = (source: ts.SourceFile, offset: number): Place => {
    const own = written.get(source.fileName)
    const file = nameOf(source.fileName)
    // Aliases stand behind the end, so that the lines of the original are those of the text that was parsed.
    const original = own === undefined ? offset : originalOffset(offset, own)
    const { line, character } = source.getLineAndCharacterOfPosition(original)
    sources.add({ file, text: own?.text ?? source.text })
    return { file, line: line + 1, column: character + 1 }
  }
  const of = (node: ts.Node): Place => {
    const source = node.getSourceFile()
    return at(source, node.getStart(source))
  }
  const failAt = (place: Place, words: ProblemWords): never => {
    throw new InputError({ ...words, place })
  }
  return {
    nameOf,
    of,
    at,
    failAt,
    fail: (node, words) => failAt(of(node), words),
    warn: (node, words) => report({ severity: 'warning', ...words, place: of(node) }),
  }
}

/** What an annotation can say instead. */
const ANNOTATE = 'state it by an annotation above the route: @stream KIND METHOD /path'

export function unreadableError({ node, message, hint = ANNOTATE }: Unreadable, places: Places): InputError {
  return new InputError({ code: 'route-unreadable', message, place: places.of(node), hint })
}
