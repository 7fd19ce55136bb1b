/** The intermediate representation as JSON text: what `--print ir` shows. */
import type { Analysis } from './analyse.js'
import type { Declaration, TypeId, TypeTable } from './ir.js'

/**
 * The document, each operation with its verdict, and every declaration that one of them reaches. Identities of
 * declarations become `file#pointer`, so that the text does not depend on where the project lies.
 * @throws InputError where a schema that is reached is broken.
 */
export function printIr({ input, api, verdicts }: Analysis): string {
  const { types, operations: _, ...head } = api
  // The operation stands once for each verdict, and not again in its endpoints.
  const judged = verdicts.map((verdict) => ({
    ...verdict,
    endpoints: verdict.endpoints.map(({ operation: __, ...endpoint }) => endpoint),
  }))
  const declarations = reach(judged, types)
  const names = nameAll(declarations)
  const text = { input, ...head, verdicts: judged, types: Object.fromEntries(declarations.map(entryOf(names))) }
  return `${JSON.stringify(text, (key, value: unknown) => rename({ key, value }, names), 2)}\n`
}

/** Members that hold JSON of the input, in which nothing is a reference of ours. */
const FOREIGN = new Set(['extensions', 'default', 'value'])

/** Declarations in the order in which they are met. */
function reach(roots: unknown, types: TypeTable): Declaration[] {
  const found = new Map<TypeId, Declaration>()
  const waiting: unknown[] = [roots]
  const meet = (id: TypeId): void => {
    if (found.has(id)) return
    const declaration = types.get(id)
    found.set(id, declaration)
    waiting.push(declaration.type)
  }
  for (let index = 0; index < waiting.length; index++) {
    const value = waiting[index]
    if (typeof value !== 'object' || value === null) continue
    const id = refOf(value)
    if (id !== undefined) meet(id)
    for (const [key, member] of Object.entries(value)) {
      if (isDiscriminated(key, member)) meet(member)
      else if (!FOREIGN.has(key)) waiting.push(member)
    }
  }
  return [...found.values()]
}

function refOf(value: object): TypeId | undefined {
  return 'kind' in value && value.kind === 'ref' && 'id' in value && typeof value.id === 'string' ? value.id : undefined
}

/** In the values of a discriminator `type` is an identity; everywhere else it is a type. */
function isDiscriminated(key: string, member: unknown): member is TypeId {
  return key === 'type' && typeof member === 'string'
}

type Names = ReadonlyMap<TypeId, string>

function nameAll(declarations: readonly Declaration[]): Names {
  const names = new Map<TypeId, string>()
  const taken = new Set<string>()
  for (const { id, name, place } of declarations) {
    const text = `${place.file}#${place.pointer ?? name}`
    let free = text
    for (let number = 2; taken.has(free); number++) free = `${text} (${number})`
    taken.add(free)
    names.set(id, free)
  }
  return names
}

function entryOf(names: Names): (declaration: Declaration) => [string, Omit<Declaration, 'id'>] {
  return ({ id, ...declaration }) => [names.get(id) ?? id, declaration]
}

function rename({ key, value }: { key: string; value: unknown }, names: Names): unknown {
  if (isDiscriminated(key, value)) return names.get(value) ?? value
  const id = typeof value === 'object' && value !== null ? refOf(value) : undefined
  return id !== undefined && names.has(id) ? { kind: 'ref', id: names.get(id) } : value
}
