/**
 * Swagger 2.0 to the shape of OpenAPI 3. `@scalar/openapi-upgrader` moves definitions, parameters, servers and security;
 * bodies, forms and replies are put into their new shape before it runs, because it takes the media types of the document
 * before those of the operation, drops them where a reply has no schema, and loses most of what forms declare. What it
 * cannot take, such as a broken shape, goes round it and is judged by the readers, which know how to name the place.
 */
import { InputError, type Place, type Report } from '../../diagnostics.js'
import { type Limits, limitError } from '../../limits.js'
import { escapeSegment, isObject, type JsonObject } from './node.js'
import type { StoredDocument } from './store.js'
import { copyForUpgrade, restoreKeys } from './upgrade-copy.js'
import { convertPathItem } from './upgrade-operations.js'
import { isFormOrBody } from './upgrade-parameters.js'
import { SECTIONS } from './upgrade-places.js'
import { convertReply } from './upgrade-replies.js'
import { convertServers, stringsAt, type Upgrade } from './upgrade-root.js'

export interface UpgradeSource {
  readonly file: string
  readonly root: JsonObject
  /** An object in it has a key called `__proto__`. */
  readonly hasProto: boolean
}

/** @throws InputError of code `shape` or `upgrade` with the place of what is wrong. */
export async function upgrade(
  { file, root, hasProto }: UpgradeSource,
  { limits, report }: { readonly limits: Limits; readonly report: Report },
): Promise<Required<Pick<StoredDocument, 'value' | 'moves'>>> {
  const document = copyForUpgrade(root)
  const upgrade: Upgrade = {
    file,
    document,
    report,
    limits,
    moves: new Map(SECTIONS.map(([written, upgraded]) => [upgraded, written])),
    produces: stringsAt({ file, object: document, pointer: '' }, 'produces'),
    consumes: stringsAt({ file, object: document, pointer: '' }, 'consumes'),
  }
  const paths = convertPaths(upgrade)
  prepareRoot(upgrade)
  const value = await runUpgrader({ ...document, paths: paths.converted }, { file, limits })
  const upgradedPaths = isObject(value['paths']) ? value['paths'] : {}
  for (const attach of paths.attach) attach(upgradedPaths)
  return { value: hasProto ? restoreKeys(value) : value, moves: upgrade.moves }
}

interface Paths {
  readonly converted: JsonObject
  /** What went round the upgrader, to be put into the paths that it gives. */
  readonly attach: readonly ((paths: JsonObject) => void)[]
}

function convertPaths(upgrade: Upgrade): Paths {
  const converted: Record<string, unknown> = {}
  const attach: ((paths: JsonObject) => void)[] = []
  const paths = isObject(upgrade.document['paths']) ? upgrade.document['paths'] : {}
  for (const [path, item] of Object.entries(paths)) {
    const found = convertPathItem({ item, pointer: `/paths/${escapeSegment(path)}` }, upgrade)
    converted[path] = found.converted
    attach.push((upgraded) => found.attach(upgraded, path))
  }
  return { converted, attach }
}

/** Brings the members of the root into the form that the upgrader expects. */
function prepareRoot(upgrade: Upgrade): void {
  const { document, file, moves } = upgrade
  convertServers(upgrade)
  const parameters = isObject(document['parameters']) ? document['parameters'] : {}
  // Bodies and forms have been put into the operations that refer to them.
  document['parameters'] = Object.fromEntries(Object.entries(parameters).filter(([, value]) => !isFormOrBody(value)))
  for (const name of Object.keys(parameters)) {
    const pointer = `/parameters/${escapeSegment(name)}`
    moves.set(`/components${pointer}/schema`, pointer)
  }
  const replies = isObject(document['responses']) ? document['responses'] : {}
  document['components'] = {
    responses: Object.fromEntries(
      Object.entries(replies).map(([name, value]) => {
        const pointer = `/responses/${escapeSegment(name)}`
        const produces = { types: upgrade.produces ?? [], inherited: true }
        return [name, convertReply({ value, at: `/components${pointer}`, written: pointer, produces }, upgrade)]
      }),
    ),
  }
  for (const key of ['responses', 'produces', 'consumes']) delete document[key]
  const schemes = isObject(document['securityDefinitions']) ? document['securityDefinitions'] : {}
  for (const [name, scheme] of Object.entries(schemes)) {
    if (!isObject(scheme)) throw shapeError({ file, pointer: `/securityDefinitions/${escapeSegment(name)}` })
  }
}

function shapeError(place: Place): InputError {
  return new InputError({
    code: 'shape',
    message: 'an object is expected here',
    place,
    hint: 'correct the document, or run a validator over it to see all such places',
  })
}

async function runUpgrader(
  document: JsonObject,
  { file, limits }: { readonly file: string; readonly limits: Limits },
): Promise<JsonObject> {
  const { upgradeFromTwoToThree } = await import('@scalar/openapi-upgrader/2.0-to-3.0')
  try {
    // A number, where `2.0` has no quotes, is not known to it.
    const upgraded: unknown = upgradeFromTwoToThree({ ...document, swagger: '2.0' })
    if (isObject(upgraded)) return upgraded
    throw new Error('the upgrader gives no object')
  } catch (error) {
    if (error instanceof RangeError) {
      throw limitError({ name: 'depth', limits, message: 'the document is nested more deeply than', place: { file } })
    }
    throw new InputError(
      {
        code: 'upgrade',
        message: 'this Swagger 2.0 document is broken in a way that keeps it from being read as OpenAPI 3',
        place: { file, pointer: '' },
        hint: 'run a validator over the document, or convert it to OpenAPI 3 and name the result',
      },
      { cause: error },
    )
  }
}
