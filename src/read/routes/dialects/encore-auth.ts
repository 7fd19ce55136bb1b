/** What the app's `authHandler` wants to see, which is what an endpoint with `auth: true` demands. */
import type { DialectTools, FoundAuth } from '../dialect.js'
import { BEARER } from './credentials.js'
import { type EncoreField, fieldsOf } from './encore-fields.js'
import { callsOf, functionOf, perProject } from './syntax.js'

/** One alternative for each field of the handler's parameters; a bearer token where the project shows no handler. */
export const encoreAuth: (tools: DialectTools) => readonly FoundAuth[] = perProject((tools) => {
  for (const source of tools.context) {
    if (!source.text.includes('authHandler')) continue
    for (const call of callsOf(source, ['authHandler'])) {
      const [handler] = call.arguments
      const [parameter] = (handler && functionOf(handler, tools)?.parameters) ?? []
      const node = call.typeArguments?.[0] ?? parameter?.type
      if (node !== undefined) return fieldsOf(node, tools).map(authOf)
    }
  }
  return [BEARER]
})

function authOf({ field, name, in: place }: EncoreField): FoundAuth {
  if (place === 'header' && name.toLowerCase() === 'authorization') return BEARER
  return { name: field, credential: { kind: 'apiKey', in: place === 'path' ? 'query' : place, name } }
}
