/** Path Item and Operation Objects of Swagger 2.0, with bodies and replies as OpenAPI 3 has them. */
import type { Place } from '../../diagnostics.js'
import { limitError } from '../../limits.js'
import { isObject, type JsonObject } from './node.js'
import { type Draft, isDraft } from './upgrade-copy.js'
import { convertBody, type Split, splitParameters } from './upgrade-parameters.js'
import { convertReplies, type Produces } from './upgrade-replies.js'
import { stringsAt, type Upgrade } from './upgrade-root.js'

const METHODS: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch'])

export interface ConvertedItem {
  /** What the upgrader gets. */
  readonly converted: JsonObject
  /** Puts what it does not get into the paths that it gives. */
  readonly attach: (paths: JsonObject, path: string) => void
}

interface Round {
  readonly keys: readonly string[]
  readonly value: unknown
}

export function convertPathItem(
  { item, pointer }: { readonly item: unknown; readonly pointer: string },
  upgrade: Upgrade,
): ConvertedItem {
  if (!isObject(item)) return around({}, [{ keys: [], value: item }])
  const rounds: Round[] = []
  const converted: Draft = {}
  const shared = splitParameters({ value: item['parameters'], pointer: `${pointer}/parameters` }, upgrade)
  if (shared === undefined) rounds.push({ keys: ['parameters'], value: item['parameters'] })
  else if (shared.parameters.length > 0) converted['parameters'] = shared.parameters
  for (const [key, operation] of Object.entries(item)) {
    if (key === 'parameters') continue
    if (!METHODS.has(key) || !isObject(operation)) {
      rounds.push({ keys: [key], value: operation })
      continue
    }
    const found = convertOperation({ operation, pointer: `${pointer}/${key}`, shared }, upgrade)
    converted[key] = found.converted
    rounds.push(...found.rounds.map(({ keys, value }) => ({ keys: [key, ...keys], value })))
  }
  return around(converted, rounds)
}

function around(converted: JsonObject, rounds: readonly Round[]): ConvertedItem {
  const attach = (paths: JsonObject, path: string): void => {
    for (const { keys, value } of rounds) set(paths, { keys: [path, ...keys], value })
  }
  return { converted, attach }
}

function set(root: JsonObject, { keys, value }: Round): void {
  let object: unknown = root
  for (const key of keys.slice(0, -1)) object = isObject(object) ? object[key] : undefined
  const last = keys.at(-1)
  if (isDraft(object) && last !== undefined) object[last] = value
}

interface WrittenOperation {
  readonly operation: JsonObject
  readonly pointer: string
  /** The parameters of the path item. */
  readonly shared: Split | undefined
}

function convertOperation(
  { operation, pointer, shared }: WrittenOperation,
  upgrade: Upgrade,
): { readonly converted: JsonObject; readonly rounds: readonly Round[] } {
  checkParts({ file: upgrade.file, pointer }, upgrade)
  const { parameters, responses, consumes: _consumes, produces: _produces, ...rest } = operation
  const holder = { file: upgrade.file, object: operation, pointer }
  const rounds: Round[] = []
  const converted: Draft = { ...rest }
  const own = splitParameters({ value: parameters, pointer: `${pointer}/parameters` }, upgrade)
  if (own === undefined) rounds.push({ keys: ['parameters'], value: parameters })
  else if (own.parameters.length > 0) converted['parameters'] = own.parameters
  const target = { at: `${pointer}/requestBody`, consumes: stringsAt(holder, 'consumes') ?? upgrade.consumes ?? [] }
  const body = (own && convertBody(own, target, upgrade)) ?? (shared && convertBody(shared, target, upgrade))
  if (body) converted['requestBody'] = body
  const replies = convertReplies(
    { value: responses, pointer: `${pointer}/responses`, produces: producesOf(holder, upgrade) },
    upgrade,
  )
  if (replies) converted['responses'] = replies
  else if (responses !== undefined) rounds.push({ keys: ['responses'], value: responses })
  return { converted, rounds }
}

/** Media types of the root are repeated in every reply of every operation. Each part takes two or three places. */
function checkParts(place: Place, { moves, limits }: Upgrade): void {
  if (moves.size <= 3 * limits.parts) return
  const message = 'the operations, with the media types of the document written out, have more parts than'
  throw limitError({ name: 'parts', limits, message, place })
}

/** An empty list of the operation's own clears that of the document (Swagger 2.0, Operation Object). */
function producesOf(holder: Parameters<typeof stringsAt>[0], upgrade: Upgrade): Produces {
  const own = stringsAt(holder, 'produces')
  return own ? { types: own, inherited: false } : { types: upgrade.produces ?? [], inherited: true }
}
