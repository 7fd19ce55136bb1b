/** A document and route files as one API. Pure. */
import type { Problem } from './diagnostics.js'
import type { Api, Kind, Operation, SecurityScheme, Verdict } from './ir.js'

/** What route files say, and which types are theirs. */
export interface RoutesApi extends Api {
  readonly types: Api['types'] & { readonly has: (id: string) => boolean }
}

export interface Merged {
  readonly api: Api
  readonly warnings: readonly Problem[]
}

const STREAMS: readonly Kind[] = ['sse', 'ndjson', 'json-seq', 'text', 'binary', 'websocket']

/**
 * The operations of the document, then the routes. Of what both describe the document says everything but the answer,
 * and the answer too where it declares a stream; each such route is a warning.
 * @param verdicts of the document
 */
export function mergeApis(
  { document, routes }: { readonly document: Api; readonly routes: RoutesApi },
  verdicts: readonly Verdict[],
): Merged {
  const renamed = renameSchemes(routes, document.securitySchemes)
  const byKey = new Map(renamed.operations.map((operation) => [routeKey(operation), operation]))
  const warnings: Problem[] = []
  const described = verdicts.map(({ operation, kinds }): Operation => {
    const route = byKey.get(routeKey(operation))
    if (route === undefined) return operation
    byKey.delete(routeKey(operation))
    const isDeclared = operation.override?.kind !== undefined || kinds.some((kind) => STREAMS.includes(kind))
    warnings.push(twice({ operation, route, isDeclared }))
    const stated = isDeclared ? undefined : route.override?.stated
    if (stated === undefined) return operation
    return { ...operation, override: { place: route.place, ...operation.override, stated } }
  })
  const types: Api['types'] = { get: (id) => (routes.types.has(id) ? routes.types.get(id) : document.types.get(id)) }
  const operations = [...described, ...byKey.values()]
  return { api: { ...document, securitySchemes: renamed.schemes, operations, types }, warnings }
}

/** The same route to a server: names of parameters do not count. */
function routeKey({ method, segments }: Operation): string {
  return `${method} ${segments.map((segment) => (segment.kind === 'text' ? segment.text : '{}')).join('')}`
}

interface Twice {
  readonly operation: Operation
  readonly route: Operation
  readonly isDeclared: boolean
}

function twice({ operation, route, isDeclared }: Twice): Problem {
  const { method, path, place } = operation
  return {
    severity: 'warning',
    code: 'route-described-twice',
    message: `${method} ${path} is described by ${place.file} too; ${isDeclared ? 'all of it' : 'all but the answer'} is taken from there`,
    place: route.place,
    hint: isDeclared
      ? 'leave the stream to one of them: remove it from the document, or the route file from the input'
      : 'declare the stream in the document, or remove the operation from it',
  }
}

/** A scheme of the routes that the document has under the same name for another credential gets a name of its own. */
function renameSchemes(
  { securitySchemes, operations }: Api,
  known: readonly SecurityScheme[],
): { readonly schemes: SecurityScheme[]; readonly operations: readonly Operation[] } {
  const schemes = [...known]
  const names = new Map<string, string>()
  for (const scheme of securitySchemes) {
    const isSame = (one: SecurityScheme): boolean =>
      JSON.stringify(one.credential) === JSON.stringify(scheme.credential)
    const same = known.find(isSame)
    let name = same?.name ?? scheme.name
    for (let count = 2; same === undefined && schemes.some((one) => one.name === name); count++)
      name = scheme.name + count
    names.set(scheme.name, name)
    if (same === undefined) schemes.push({ ...scheme, name })
  }
  const renamed = operations.map((operation) => ({
    ...operation,
    security: operation.security.map((alternative) => alternative.map((name) => names.get(name) ?? name)),
  }))
  return { schemes, operations: renamed }
}
