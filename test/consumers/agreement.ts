/** Compares what `inspect` says of a document with what its readers found in it. */

/** One operation of an expected file. */
export interface Expectation {
  readonly method: string
  readonly path: string
  readonly kinds: readonly string[]
  /** The item of each kind: a name, names joined by `|`, or a remark such as `(inline)`, `(none)`, `X.data`. */
  readonly item?: { readonly [kind: string]: string }
  readonly selector?: { readonly in: string; readonly name: string; readonly value: unknown }
  readonly terminator?: string
  /** The kind that the server sends though the document does not say so; what stands beside it is then not in the document. */
  readonly undeclared: string | null
}

/** The part of an operation in the output of `inspect --json` that an expectation speaks of. */
export interface Inspected {
  readonly method: string
  readonly path: string
  readonly kinds: readonly string[]
  readonly items?: { readonly [kind: string]: string }
  readonly selector?: { readonly in: string; readonly name: string; readonly value: unknown }
  readonly sentinel?: string
}

/** What the readers could not decide: another right answer, by method and path. Nothing else is asserted of those. */
export interface Undecided {
  readonly kinds?: { readonly [operation: string]: readonly string[] }
  readonly items?: readonly string[]
}

export interface Comparison {
  readonly expected: readonly Expectation[]
  readonly inspected: readonly Inspected[]
  readonly undecided?: Undecided
}

/** One line for each disagreement, which names the operation, what was expected and what came. Pure. */
export function findDisagreements({ expected, inspected, undecided = {} }: Comparison): string[] {
  const byName = new Map(inspected.map((operation) => [nameOf(operation), operation]))
  const known = new Set(expected.map(nameOf))
  const missing = expected.flatMap((expectation) => {
    const operation = byName.get(nameOf(expectation))
    return operation ? compare(expectation, { operation, undecided }) : [`${nameOf(expectation)}: is missing`]
  })
  const extra = [...byName.keys()].filter((name) => !known.has(name)).map((name) => `${name}: is not expected`)
  return [...missing, ...extra]
}

interface Answer {
  readonly operation: Inspected
  readonly undecided: Undecided
}

function compare(expectation: Expectation, { operation, undecided }: Answer): string[] {
  const name = nameOf(expectation)
  const wanted = expectation.kinds.join(', ')
  const kinds = operation.kinds.join(', ')
  const other = undecided.kinds?.[name]?.join(', ')
  if (kinds !== wanted && kinds !== other) return [`${name}: kinds: expected [${wanted}], got [${kinds}]`]
  if (other !== undefined) return []
  const items = undecided.items?.includes(name) ? [] : compareItems(expectation, operation)
  return [...items, ...compareSelector(expectation, operation), ...compareSentinel(expectation, operation)]
}

function compareItems(expectation: Expectation, operation: Inspected): string[] {
  return Object.entries(expectation.item ?? {})
    .filter(([kind, item]) => expectation.kinds.includes(kind) && isName(item))
    .filter(([kind, item]) => flatten(item) !== flatten(operation.items?.[kind] ?? ''))
    .map(([kind, item]) => `${nameOf(operation)}: item of ${kind}: expected ${item}, got ${operation.items?.[kind]}`)
}

/** Asserted where the document itself leaves a choice; that `Accept` chooses is no field of the request. */
function compareSelector({ selector, kinds, undeclared }: Expectation, operation: Inspected): string[] {
  if (selector === undefined || selector.name === 'Accept') return []
  if (undeclared !== null && kinds.length < 2) return []
  const wanted = `${selector.in} ${selector.name} = ${JSON.stringify(selector.value)}`
  const got = operation.selector
  const given = got ? `${got.in} ${got.name} = ${JSON.stringify(got.value)}` : 'none'
  return given === wanted ? [] : [`${nameOf(operation)}: selector: expected ${wanted}, got ${given}`]
}

function compareSentinel({ terminator, undeclared }: Expectation, operation: Inspected): string[] {
  if (terminator === undefined || undeclared !== null || operation.sentinel === terminator) return []
  return [`${nameOf(operation)}: sentinel: expected ${terminator}, got ${operation.sentinel}`]
}

function nameOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`
}

/** A plain name or several; `object` is how the readers call an inline type. */
function isName(item: string): boolean {
  return /^\w+(\|\w+)*$/.test(item) && item !== 'object'
}

/** Members of a union in one order, and without what the choice of identifiers may change. */
function flatten(type: string): string {
  const members = type.split('|').map((member) => member.replace(/[^a-z0-9]/gi, '').toLowerCase())
  return members.toSorted().join('|')
}
