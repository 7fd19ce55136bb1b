/** `client.ts` of the output: the default client, clients of one's own, credentials, servers. */
import { assertNever } from '../diagnostics.js'
import type { Api, Credential, Server } from '../ir.js'
import { isAbsentFromObjects } from '../names.js'
import { comment, str, typeKey } from './encode.js'
import type { Imports } from './imports.js'
import type { Naming } from './naming.js'
import type { ClientView, FieldView, ServerView } from './view.js'

export function viewClient(
  api: Api,
  { imports, naming }: { imports: Imports; naming: Naming },
): Omit<ClientView, 'imports'> {
  const [first] = api.servers
  return {
    docs: comment(
      {
        text: `The client of ${api.title === '' ? 'this API' : api.title}${api.version === '' ? '' : `, version ${api.version}`}.`,
      },
      { indent: 0 },
    ),
    schemes: api.securitySchemes.flatMap(({ name, credential, docs }): FieldView[] => {
      if (credential.kind === 'none') return []
      return [
        {
          docs: comment(docs ?? {}, { indent: 2 }),
          key: typeKey(name),
          mark: '?',
          type: `${secretType(credential, imports)} | undefined`,
        },
      ]
    }),
    servers: api.servers.filter(({ variables }) => variables.length > 0).map((server) => viewServer(server, naming)),
    baseUrl: first === undefined ? '' : str(serverWithDefaults(first)),
  }
}

function secretType(credential: Exclude<Credential, { kind: 'none' }>, imports: Imports): string {
  switch (credential.kind) {
    case 'bearer':
    case 'http':
    case 'apiKey':
      return imports.type('Secret')
    case 'basic':
      return imports.type('BasicCredentials')
    default:
      return assertNever(credential)
  }
}

/** The URL with the default of each variable in its place, without a slash at the end. */
export function serverWithDefaults({ url, variables }: Server): string {
  const filled = variables.reduce((text, variable) => text.replaceAll(`{${variable.name}}`, variable.default), url)
  return filled.replace(/\/+$/, '')
}

/** A server with variables, as a function that makes its URL. */
function viewServer(server: Server, naming: Naming): ServerView {
  const extra = server.docs?.text === undefined ? {} : { extra: [server.docs.text] }
  return {
    docs: comment({ text: `The URL of a server: \`${server.url}\`.` }, { indent: 0, ...extra }),
    name: naming.serverName(server),
    variables: server.variables.map((variable): FieldView => {
      const type = variable.values === undefined ? 'string' : variable.values.map(str).join(' | ')
      const tags = variable.default === '' ? [] : [{ name: 'default', text: variable.default } as const]
      const docs = comment({ ...variable.docs, tags }, { indent: 4 })
      return { docs, key: typeKey(variable.name), mark: '?', type: `${type} | undefined` }
    }),
    preset: server.variables.every(({ name }) => isAbsentFromObjects(name)) ? ' = {}' : '',
    url: urlExpression(server),
  }
}

function urlExpression({ url, variables }: Server): string {
  const parts = url
    .replace(/\/+$/, '')
    .split(/(\{[^{}]*\})/)
    .flatMap((part) => {
      if (part === '') return []
      const variable = variables.find(({ name }) => part === `{${name}}`)
      if (variable === undefined) return [str(part)]
      const safe = typeKey(variable.name)
      const access = safe === variable.name ? `variables.${safe}` : `variables[${str(variable.name)}]`
      const preset = str(variable.default)
      // What every object has under such a name is no text.
      if (!isAbsentFromObjects(variable.name)) return [`(typeof ${access} === 'string' ? ${access} : ${preset})`]
      return [`(${access} ?? ${preset})`]
    })
  return parts.length === 0 ? "''" : parts.join(' + ')
}
