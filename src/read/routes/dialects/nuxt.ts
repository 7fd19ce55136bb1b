/** Nuxt and Nitro: files below `server/api` and `server/routes`, with the method at the end of their names. */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, RouteFile, RouteFinding } from '../dialect.js'
import { type Exported, exportsOf, handlerRoute } from './exports.js'
import { below } from './file-path.js'
import { callsOf, functionOf } from './syntax.js'

export const nuxt: Dialect = {
  name: 'Nuxt',
  mentions: /@stream\b|\bcreateEventStream\b|text\/event-stream|ndjson|jsonl/,
  read(file, tools) {
    const found = nuxtPath(file)
    if (found === undefined) return []
    return exportsOf(file.source, tools)
      .filter(({ name }) => name === 'default')
      .map((exported) => readHandler(exported, { ...found, tools }))
  },
}

interface FilePath {
  readonly path: string
  readonly method?: string
}

/** `server/api/jobs/[id].get.ts` → `GET /api/jobs/[id]`; `[...]` and `[...slug]` take the rest. */
function nuxtPath(file: Pick<RouteFile, 'file' | 'path'>): FilePath | undefined {
  const match = /^(api\/|routes\/)(.*?)(?:\.(get|post|put|patch|delete|head|options))?\.[cm]?[jt]s$/i
  const [, folder, name, method] = match.exec(below(file, ['server']) ?? '') ?? []
  if (folder === undefined || name === undefined) return undefined
  const prefix = folder === 'api/' ? '/api/' : '/'
  const path = `${prefix}${name}`.replace(/\/index$/, '').replaceAll('[...]', '[...path]')
  return { path: path === '' ? '/' : path, ...(method === undefined ? {} : { method: method.toUpperCase() }) }
}

function readHandler(
  exported: Exported,
  { path, method, tools }: FilePath & { readonly tools: DialectTools },
): RouteFinding {
  const call = ts.isExpression(exported.value) ? tools.unwrap(exported.value) : exported.value
  const [inner] = ts.isCallExpression(call) ? call.arguments : []
  const handler = inner === undefined ? exported.value : (functionOf(inner, tools) ?? inner)
  const finding = handlerRoute({ ...exported, value: handler }, { path, method, tools })
  if (finding.kind !== undefined || callsOf(handler, ['createEventStream']).length === 0) return finding
  const events = tools.unreadable(handler, {
    message: 'what is pushed into this event stream is a text, and nothing states what is in it',
    hint: 'write above it: @stream sse, and @event {T}',
  })
  return { ...finding, kind: 'sse', events }
}
