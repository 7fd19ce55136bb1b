/** The files of functions, one for each tag. */
import type { Operation, Type, Verdict } from '../ir.js'
import { distinctNames, fileName } from '../names.js'
import { importedName, type Planned, type Planning, trackImports } from './planning.js'
import { printType } from './print-type.js'
import type { Direction } from './type-names.js'
import { serverWithDefaults } from './view-client.js'
import { viewEndpoint } from './view-endpoint.js'

/** Operations go by their first tag; those without one share `default.ts`. */
export function planEndpoints(verdicts: readonly Verdict[], planning: Planning): Planned[] {
  const groups = new Map<string, Verdict[]>()
  for (const verdict of verdicts) {
    if (verdict.endpoints.length === 0) continue
    const tag = verdict.operation.tags[0] ?? ''
    const group = groups.get(tag)
    if (group === undefined) groups.set(tag, [verdict])
    else group.push(verdict)
  }
  const candidates = [...groups.keys()].map((tag) => {
    const wanted = fileName(tag, 'default')
    return { key: tag, wanted, exact: wanted === tag }
  })
  const names = distinctNames(candidates, new Set())
  return [...groups].map(([tag, group]) =>
    planGroup(group, { ...planning, path: `endpoints/${names.get(tag) ?? 'default'}.ts` }),
  )
}

function planGroup(verdicts: readonly Verdict[], { api, naming, options, path }: Planning & { path: string }): Planned {
  const declared = new Set(verdicts.flatMap(({ endpoints }) => endpoints.map((one) => naming.functions.get(one) ?? '')))
  const { imports, runtime } = trackImports({ root: '../', declared }, options)
  const print = (direction: Direction) => {
    const nameOf = importedName(direction, { naming, imports })
    return (type: Type, indent: number): string => printType(type, { nameOf, indent, direction })
  }
  imports.local({ name: 'defaultClient', file: 'client', isType: false })
  const functions = sorted(verdicts).flatMap(({ operation, endpoints, errors }) => {
    const baseUrl = operationServer(operation)
    return endpoints.map((endpoint, index) =>
      viewEndpoint(endpoint, {
        naming,
        imports,
        schemes: api.securitySchemes,
        types: api.types,
        errors,
        declaresErrors: index === 0,
        printRequest: print('request'),
        printForm: print('form'),
        printResponse: print('response'),
        ...(baseUrl === undefined ? {} : { baseUrl }),
      }),
    )
  })
  return { file: { path, template: 'endpoints', view: { imports: imports.view(), functions } }, runtime }
}

/** By path, then method: the order of the document does not matter. */
function sorted(verdicts: readonly Verdict[]): Verdict[] {
  const order = ({ operation }: Verdict): string => `${operation.path} ${operation.method}`
  return [...verdicts].sort((left, right) => (order(left) < order(right) ? -1 : 1))
}

function operationServer({ servers }: Operation): string | undefined {
  const [first] = servers ?? []
  return first === undefined ? undefined : serverWithDefaults(first)
}
