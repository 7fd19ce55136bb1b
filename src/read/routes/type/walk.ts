/** What the parts of the type reader hand to one another. */
import type { Declaration, Type, TypeTable } from '../../../ir.js'
import type { ts } from '../compiler.js'
import type { Places } from '../places.js'

/** Where a type was met. */
export interface At {
  /** Where a problem with it is reported. */
  readonly node: ts.Node
  /** The type nodes around it that somebody wrote, the outermost first. */
  readonly written: readonly ts.TypeNode[]
  /** Declared in a package, where the author of the route can change nothing. */
  readonly isForeign: boolean
  /** The names of the fields that lead to it. */
  readonly trail: readonly string[]
}

export interface TypeContext {
  readonly program: ts.Program
  readonly checker: ts.TypeChecker
  readonly places: Places
  readonly declarations: Declarations
  /** Files that were not read because they lie outside of the project. */
  readonly refused: ReadonlySet<string>
}

export interface Walk extends TypeContext {
  readonly read: (type: ts.Type, at: At) => Type
  /** The type of a property: what was found instead, or what the checker has. */
  readonly typeOf: (symbol: ts.Symbol) => ts.Type
}

export interface Declarations extends TypeTable {
  readonly has: (id: string) => boolean
  readonly add: (declaration: Declaration) => void
}

/** Declarations by identity. Two projects of one run may read the same file: the first one counts. */
export function newDeclarations(): Declarations {
  const known = new Map<string, Declaration>()
  return {
    has: (id) => known.has(id),
    add: (declaration) => {
      if (!known.has(declaration.id)) known.set(declaration.id, declaration)
    },
    get: (id) => {
      const declaration = known.get(id)
      if (declaration === undefined) throw new Error(`no declaration ${id}`)
      return declaration
    },
  }
}
