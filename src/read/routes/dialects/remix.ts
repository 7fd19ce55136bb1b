/** Remix and React Router: the loaders and actions of files below `app/routes`. Their types are those of annotations. */
import type { ts } from '../compiler.js'
import type { Dialect, DialectTools, RouteFile, RouteFinding, Unreadable } from '../dialect.js'
import { type Exported, exportsOf, handlerRoute } from './exports.js'
import { below } from './file-path.js'
import { callsOf, perProject } from './syntax.js'

export const remix: Dialect = {
  name: 'Remix',
  mentions: /@stream\b|text\/event-stream|ndjson|jsonl|\beventStream\b/,
  context: /['"]@react-router\/dev\/routes['"]/,
  read(file, tools) {
    const path = remixPath(file)
    if (path === undefined) return []
    return exportsOf(file.source, tools).flatMap((exported) => {
      const method = METHODS[exported.name]
      return method === undefined ? [] : [readHandler(exported, { path, method, tools })]
    })
  },
}

/** An action takes every method but GET; POST is what forms send and nearly all clients. */
const METHODS: Readonly<Record<string, string>> = { loader: 'GET', action: 'POST' }

interface Found {
  readonly path: string
  readonly method: string
  readonly tools: DialectTools
}

function readHandler(exported: Exported, { path, method, tools }: Found): RouteFinding {
  const finding = { ...handlerRoute(exported, { path, method, tools }), ...configured(exported.statement, tools) }
  if (finding.kind !== undefined || callsOf(exported.value, ['eventStream']).length === 0) return finding
  const events = tools.unreadable(exported.value, {
    message: 'what is sent into this event stream is a text, and nothing states what is in it',
    hint: 'write above it: @stream sse, and @event {T}',
  })
  return { ...finding, kind: 'sse', events }
}

/** Paths that `app/routes.ts` states have nothing to do with the names of files. */
function configured(node: ts.Node, tools: DialectTools): { readonly path?: Unreadable } {
  if (!hasConfig(tools)) return {}
  const hint = 'state it by an annotation above the handler: @stream KIND METHOD /path'
  return { path: tools.unreadable(node, { message: 'the path of this route stands in app/routes.ts', hint }) }
}

const hasConfig = perProject((tools: DialectTools): boolean =>
  tools.context.some(
    ({ fileName, text }) =>
      /\/routes\.[jt]s$/.test(fileName) && remix.context?.test(text) === true && !/\bflatRoutes\s*\(/.test(text),
  ),
)

/**
 * `app/routes/jobs.$id.events.ts` → `/jobs/$id/events`. Dots and folders separate; `_layout` and `_index` are not in the
 * path; `jobs_` is un-nested, and no longer; `[.]` is a dot; `($lang)` may be left out; `route` is the folder itself.
 */
function remixPath(file: Pick<RouteFile, 'file' | 'path'>): string | undefined {
  const name = below(file, ['app/routes'])
    ?.replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/\/(?:route|index)$/, '')
  if (name === undefined) return undefined
  const parts = name.split(/\/|\.(?![^[\]]*\])/).filter((part) => part !== '' && !/^_(?!_)/.test(part))
  return `/${parts.map(segmentOf).join('/')}`
}

function segmentOf(part: string): string {
  const [, optional] = /^\(\$(\w+)\)$/.exec(part) ?? []
  if (optional !== undefined) return `{-$${optional}}`
  return part
    .replace(/^\((.*)\)$/, '$1')
    .replace(/_$/, '')
    .replaceAll(/\[(.+?)\]/g, '$1')
}
