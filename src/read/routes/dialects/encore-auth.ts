/** What the app's `authHandler` wants to see, which is what an endpoint with `auth: true` demands. */
import type { DialectTools, FoundAuth } from '../dialect.js'
import { BEARER } from './credentials.js'
import { type EncoreField, fieldsOf } from './encore-fields.js'
import { callsOf, functionOf, perProject } from './syntax.js'

/** What the handler's parameters can be filled with, the most first; a bearer token where the project shows no handler. */
export const encoreAuth: (tools: DialectTools) => readonly (readonly FoundAuth[])[] = perProject((tools) => {
  for (const source of tools.context) {
    if (!source.text.includes('authHandler')) continue
    for (const call of callsOf(source, ['authHandler'])) {
      const [handler] = call.arguments
      const [parameter] = (handler && functionOf(handler, tools)?.parameters) ?? []
      const node = call.typeArguments?.[0] ?? parameter?.type
      if (node !== undefined) return alternativesOf(fieldsOf(node, tools))
    }
  }
  return [[BEARER]]
})

/** With more fields that may be missing they are sent all together or one by one: the choices double with each. */
const MOST_FREE = 4

/** The fields that must be there, with any choice of the others: Encore.ts sends all that there is. */
function alternativesOf(fields: readonly EncoreField[]): readonly (readonly FoundAuth[])[] {
  // A browser sends its cookies itself.
  const isOptional = (field: EncoreField): boolean => field.optional || field.in === 'cookie'
  const free = fields.filter(isOptional)
  const choices =
    free.length > MOST_FREE
      ? [fields, ...free.map((one) => fields.filter((field) => field === one || !isOptional(field)))]
      : fields.reduce<readonly (readonly EncoreField[])[]>(
          (all, field) => all.flatMap((some) => (isOptional(field) ? [[...some, field], some] : [[...some, field]])),
          [[]],
        )
  const most = [...choices].sort((left, right) => right.length - left.length)
  return most.filter((some) => some.length > 0).map((some) => some.map(authOf))
}

function authOf({ field, name, in: place }: EncoreField): FoundAuth {
  if (place === 'header' && name.toLowerCase() === 'authorization') return BEARER
  return { name: field, credential: { kind: 'apiKey', in: place === 'path' ? 'query' : place, name } }
}
