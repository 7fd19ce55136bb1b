/** The texts that were read, kept so that a message can show the line it is about. */
import type { Place } from './diagnostics.js'
import { findMark, lineStarts, type Mark, type Position, positionAt } from './outline.js'

export interface Source {
  /** As in `Place.file`. */
  readonly file: string
  readonly text: string
  /** Finds the place of every value; absent for a text that cannot be parsed. */
  readonly outline?: () => Mark
}

export interface LineRange {
  readonly file: string
  /** The first line. */
  readonly from: number
  /** The last line. */
  readonly to: number
}

export interface Sources {
  /** Adds a text, or replaces the one of the same file. */
  add(source: Source): void
  /** Every file that was added, as in `Place.file`. */
  files(): Iterable<string>
  /** Some lines without their ends, counted from 1; fewer where the text ends before. */
  lines(range: LineRange): readonly string[] | undefined
  /**
   * The line and column of what a place names: the key of a member, the first character of an item. For something that
   * is not in the text it is the nearest ancestor that is; `undefined` where the file or its outline is not known.
   */
  position(place: Place): Position | undefined
}

export function createSources(): Sources {
  const sources = new Map<string, Source>()
  const outlines = new Map<string, Mark>()
  const lines = new Map<string, readonly number[]>()
  const outlineOf = ({ file, outline }: Source): Mark | undefined => {
    if (!outlines.has(file) && outline) outlines.set(file, outline())
    return outlines.get(file)
  }
  const linesOf = ({ file, text }: Source): readonly number[] => {
    const known = lines.get(file) ?? lineStarts(text)
    lines.set(file, known)
    return known
  }
  return {
    add: (source) => {
      sources.set(source.file, source)
      outlines.delete(source.file)
      lines.delete(source.file)
    },
    files: () => sources.keys(),
    lines: ({ file, from, to }) => {
      const source = sources.get(file)
      const starts = source && linesOf(source)
      return starts?.slice(from - 1, to).map((start, index) => {
        return source?.text.slice(start, starts[from + index]).replace(/[\r\n]+$/, '') ?? ''
      })
    },
    position: ({ file, pointer, line, column = 1 }) => {
      if (line !== undefined) return { line, column }
      const source = sources.get(file)
      if (source === undefined || pointer === undefined) return undefined
      const root = outlineOf(source)
      return root && positionAt(linesOf(source), findMark(root, pointer).offset)
    },
  }
}
