/** The names of declarations, one for each view of them that is written. */
import type { TypeId, TypeTable, Verdict } from '../ir.js'
import { type Candidate, distinctNames, pascalCase } from '../names.js'
import { reachable, splitByDirection } from './direction.js'
import { formTypes, requestTypes, responseTypes } from './roots.js'

/** Where a type is seen: in an answer, in a request, or in a form, which carries octets as such. */
export type Direction = 'request' | 'form' | 'response'

export interface NamedDeclaration {
  readonly id: TypeId
  readonly direction: Direction
  readonly name: string
}

export interface TypeNames {
  readonly typeName: (id: TypeId, direction: Direction) => string
  /** Sorted by name. */
  readonly declarations: readonly NamedDeclaration[]
}

/** Names that the output uses for types of our own and of the platform. */
export const TYPE_NAMES: ReadonlySet<string> = new Set(
  `Blob File Record Promise Uint8Array ArrayBuffer ReadableStream Auth ApiClient Client ClientOptions Secret RequestOptions SseStream
  SseOptions SseMessage RecordStream RecordOptions TextStream TextOptions BinaryStream BinaryOptions BinaryContent BasicCredentials
  StreamIn StreamOut StreamInOut SocketOptions SocketFailure SocketBytes CloseInfo StreamError StreamFailure StreamErrorKind Without`.split(
    /\s+/,
  ),
)

/** Which declarations are needed, in which views, and under which sets their names fall. */
interface Views {
  readonly request: ReadonlySet<TypeId>
  readonly form: ReadonlySet<TypeId>
  readonly response: ReadonlySet<TypeId>
  /** Requests see these otherwise than answers. */
  readonly oneWay: ReadonlySet<TypeId>
  /** Forms see these otherwise than whoever else does. */
  readonly octets: ReadonlySet<TypeId>
}

/** Names every declaration that the verdicts need; none gets a name that is `taken`. */
export function nameTypes(
  verdicts: readonly Verdict[],
  { table, taken }: { readonly table: TypeTable; readonly taken: ReadonlySet<string> },
): TypeNames {
  const views = viewsOf(verdicts, table)
  const { request, form, response, oneWay, octets } = views
  const names = distinctNames(candidatesOf(views, table), taken)
  const typeName: TypeNames['typeName'] = (id, direction) => names.get(keyOf({ id, direction }, views)) ?? 'unknown'
  const named = (ids: Iterable<TypeId>, direction: Direction): NamedDeclaration[] =>
    Array.from(ids, (id) => ({ id, direction, name: typeName(id, direction) }))
  const isOwn = (id: TypeId): boolean => oneWay.has(id) || !response.has(id)
  const declarations = [
    ...named(response, 'response'),
    ...named([...request].filter(isOwn), 'request'),
    ...named(
      [...form].filter((id) => octets.has(id) || (!request.has(id) && isOwn(id))),
      'form',
    ),
  ]
  return { typeName, declarations: declarations.sort((left, right) => (left.name < right.name ? -1 : 1)) }
}

function viewsOf(verdicts: readonly Verdict[], table: TypeTable): Views {
  const request = new Set(reachable(verdicts.flatMap(requestTypes), table))
  const form = new Set(reachable(verdicts.flatMap(formTypes), table))
  const response = new Set(reachable(verdicts.flatMap(responseTypes), table))
  const sent = form.size === 0 ? request : new Set([...request, ...form])
  const both = [...sent].filter((id) => response.has(id))
  const elsewhere = [...form].filter((id) => request.has(id) || response.has(id))
  const octets = splitByDirection(elsewhere, table, 'octets')
  return { request, form, response, oneWay: splitByDirection(both, table), octets }
}

/** `…Input` for what requests see otherwise than answers, `…Form` for what forms see otherwise than other requests. */
function keyOf({ id, direction }: Pick<NamedDeclaration, 'id' | 'direction'>, views: Views): string {
  if (direction === 'form' && views.octets.has(id)) return `${id} ${views.request.has(id) ? 'form' : 'input'}`
  return direction !== 'response' && views.oneWay.has(id) ? `${id} input` : id
}

function candidatesOf(views: Views, table: TypeTable): Candidate[] {
  const { request, form, response, oneWay, octets } = views
  return [...new Set([...request, ...response, ...form])].flatMap((id): Candidate[] => {
    const { name } = table.get(id)
    const wanted = pascalCase(name, 'Schema')
    const isForm = form.has(id) && octets.has(id)
    const hasInput = oneWay.has(id) || (isForm && !request.has(id))
    return [
      { key: id, wanted, exact: wanted === name },
      ...(hasInput ? [{ key: `${id} input`, wanted: `${wanted}Input`, exact: false }] : []),
      ...(isForm && request.has(id) ? [{ key: `${id} form`, wanted: `${wanted}Form`, exact: false }] : []),
    ]
  })
}
