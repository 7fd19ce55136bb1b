/** Schema Objects (OpenAPI 3.2 section 4.24, JSON Schema 2020-12) to `Type`, declaration by declaration. */
import type { Problem, Report } from '../../diagnostics.js'
import type { Declaration, Docs, Type, TypeId, TypeTable } from '../../ir.js'
import { type Limits, limitError } from '../../limits.js'
import { type Budget, newBudget } from './budget.js'
import { type Documents, isObject, type Node } from './node.js'
import { idOf, type Position, peek, type SchemaContext, type Scope, type Target } from './schema/context.js'
import { newCycles } from './schema/cycles.js'
import { docsOf } from './schema/docs.js'
import { edgesOf } from './schema/edges.js'
import { lower } from './schema/lower.js'
import { nameOf } from './schema/name.js'
import { withSubtypes } from './schema/subtypes.js'
import { targetOf } from './schema/target.js'

export interface SchemaReader extends TypeTable {
  /**
   * The type of the schema at `node`: a Schema Object, a boolean or a `$ref`. Schemas that are referred to are only
   * named; `get` reads them.
   * @throws InputError with the place of what is broken.
   */
  read(node: Node): Type
  /** What the schema says to people; nothing for what is no schema. */
  docs(node: Node): Docs
}

/** Fields and items inside one another that are written in place; a schema below is a declaration of its own. */
const MAX_NESTED = 24

/** Whatever holds further schemas: each must end the nesting, or a chain of it ends the stack. */
const HOLDERS: readonly string[] = [
  ...['properties', 'items', 'additionalProperties', 'prefixItems', 'patternProperties', 'allOf', 'oneOf', 'anyOf'],
  ...['then', 'else', 'dependentSchemas', 'dependencies'],
]

/** Reads schemas on demand; every declaration is read once. Pure but for what it remembers and for `report`. */
export function newSchemaReader(
  documents: Documents,
  options: { readonly report: Report; readonly limits: Limits; readonly budget?: Budget },
): SchemaReader {
  const { limits, budget = newBudget(documents, limits) } = options
  const nodes = new Map<TypeId, Node>()
  const declarations = new Map<TypeId, Declaration>()
  const declare = (node: Node): TypeId => {
    const id = idOf(node.at)
    nodes.set(id, nodes.get(id) ?? node)
    return id
  }
  const targets = new WeakMap<object, Target>()
  const target: SchemaContext['target'] = (node) => {
    if (!isObject(node.value)) return undefined
    const known = targets.get(node.value)
    if (known !== undefined) return known
    const found = targetOf(node, { documents, limits })
    if (found === undefined) return undefined
    const list = withSubtypes(found, documents)
    const made: Target = { id: declare(list ?? found), node: list ?? found, ...(list && { base: found }) }
    // Where a dynamic reference leads depends on where it stands, and an alias of YAML stands in several places.
    if (Object.hasOwn(node.value, '$ref')) targets.set(node.value, made)
    return made
  }
  const cycles = boundedCycles({ nodes, target }, { documents, limits })
  const context: SchemaContext = { documents, limits, report: once(options.report), cycles, target, nested }

  function nested(node: Node, { depth }: Position): Type {
    budget.spend(node)
    const isDeep = depth >= MAX_NESTED && HOLDERS.some((key) => peek(node, key) !== undefined)
    if (isDeep) return { kind: 'ref', id: declare(node) }
    // Written out, because this runs for each part of each schema, where copying an object is felt.
    return lower(node, { depth: depth + 1, composed: 0, isConjunct: false, context })
  }

  const rooted = (node: Node): Scope => {
    return { root: declare(node), depth: 0, composed: 0, isConjunct: false, copied: new Set(), context }
  }

  return {
    read: (node) => {
      budget.spend(node)
      return lower(node, rooted(node))
    },
    docs: docsOf,
    get(id) {
      const known = declarations.get(id)
      if (known !== undefined) return known
      const node = nodes.get(id)
      if (node === undefined) throw new Error(`no declaration ${id}`)
      const declaration = newDeclaration({ id, node, type: lower(node, rooted(node)) }, documents)
      declarations.set(id, declaration)
      return declaration
    },
  }
}

/** What leads back to itself, looked for as far as a chain of references may go. */
function boundedCycles(
  { nodes, target }: { readonly nodes: ReadonlyMap<TypeId, Node>; readonly target: SchemaContext['target'] },
  { documents, limits }: { readonly documents: Documents; readonly limits: Limits },
): SchemaContext['cycles'] {
  return newCycles(
    (id) => edgesOf(nodes.get(id), target),
    (depth, id) => {
      if (depth <= limits.referenceHops) return
      const node = nodes.get(id)
      throw limitError({
        name: 'referenceHops',
        limits,
        message: 'a chain of schemas that are part of one another exceeds',
        ...(node && { place: documents.place(node.at) }),
      })
    },
  )
}

function newDeclaration(
  { id, node, type }: { readonly id: TypeId; readonly node: Node; readonly type: Type },
  documents: Documents,
): Declaration {
  const docs = docsOf(node)
  const title = peek(node, 'title')
  return {
    id,
    name: nameOf(node, title),
    type,
    ...(Object.keys(docs).length === 0 ? {} : { docs }),
    ...(typeof title === 'string' && title.trim() !== '' ? { title } : {}),
    place: documents.place(node.at),
  }
}

/** A schema that is read in several places is complained of once. */
function once(report: Report): Report {
  const told = new Set<string>()
  return (problem: Problem) => {
    const id = JSON.stringify([problem.code, problem.place])
    if (!told.has(id)) report(problem)
    told.add(id)
  }
}
