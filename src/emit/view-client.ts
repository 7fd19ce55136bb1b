/** `client.ts` of the output: the default client, clients of one's own, credentials, servers. */
import { assertNever } from '../diagnostics.js'
import type { Api, Credential, Server } from '../ir.js'
import { camelCase, distinctNames } from '../names.js'
import { comment, key, str } from './encode.js'
import type { Imports } from './imports.js'
import type { ClientView, FieldView, ServerView } from './view.js'

export function viewClient(api: Api, imports: Imports): Omit<ClientView, 'imports'> {
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
          docs: comment(docs, { indent: 1 }),
          key: key(name),
          mark: '?',
          type: `${secretType(credential, imports)} | undefined`,
        },
      ]
    }),
    servers: viewServers(api.servers),
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

/** Servers with variables, each as a function that makes its URL. */
function viewServers(servers: readonly Server[]): ServerView[] {
  const named = servers.map((server, index) => {
    const wanted = server.name === undefined ? 'serverUrl' : camelCase(`${server.name} url`, 'serverUrl')
    return { key: `${index}`.padStart(6, '0'), wanted, exact: false, server }
  })
  const names = distinctNames(named, new Set())
  return named.flatMap(({ key: id, server }): ServerView[] => {
    if (server.variables.length === 0) return []
    return [
      {
        docs: comment(
          { text: `The URL of a server: \`${server.url}\`.` },
          { indent: 0, ...(server.docs?.text === undefined ? {} : { extra: [server.docs.text] }) },
        ),
        name: names.get(id) ?? 'serverUrl',
        variables: server.variables.map((variable): FieldView => {
          const type = variable.values === undefined ? 'string' : variable.values.map(str).join(' | ')
          const docs = comment({ ...variable.docs, tags: [{ name: 'default', text: variable.default }] }, { indent: 1 })
          return { docs, key: key(variable.name), mark: '?', type: `${type} | undefined` }
        }),
        url: urlExpression(server),
      },
    ]
  })
}

function urlExpression({ url, variables }: Server): string {
  const parts = url
    .replace(/\/+$/, '')
    .split(/(\{[^{}]*\})/)
    .flatMap((part) => {
      if (part === '') return []
      const variable = variables.find(({ name }) => part === `{${name}}`)
      if (variable === undefined) return [str(part)]
      const safe = key(variable.name)
      const access = safe === variable.name ? `variables.${safe}` : `variables[${str(variable.name)}]`
      return [`(${access} ?? ${str(variable.default)})`]
    })
  return parts.length === 0 ? "''" : parts.join(' + ')
}
