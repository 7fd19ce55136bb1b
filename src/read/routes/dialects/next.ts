/** Next.js: route handlers of the app router, and API routes of the pages router. Their types are those of annotations. */
import type { Dialect, RouteFile } from '../dialect.js'
import { exportsOf, handlerRoute, methodRoutes } from './exports.js'
import { below, pathOf } from './file-path.js'

export const next: Dialect = {
  name: 'Next.js',
  mentions: /@stream\b|text\/event-stream|ndjson|jsonl/,
  read(file, tools) {
    const path = appPath(file)
    if (path !== undefined) return methodRoutes(file.source, { path, tools })
    const page = pagePath(file)
    if (page === undefined) return []
    return exportsOf(file.source, tools)
      .filter(({ name }) => name === 'default')
      .map((exported) => handlerRoute(exported, { path: page, method: undefined, tools }))
  },
}

type Named = Pick<RouteFile, 'file' | 'path'>

/** `src/app/(shop)/api/chat/[id]/route.ts` → `/api/chat/[id]`: groups and slots are not in the path. */
function appPath(file: Named): string | undefined {
  const folders = /^((?:.*\/)?)route\.[cm]?[jt]sx?$/.exec(below(file, ['src/app', 'app']) ?? '')?.[1]
  return folders === undefined ? undefined : pathOf(folders, (folder) => /^\(.*\)$|^@/.test(folder))
}

/** `pages/api/jobs/[id].ts` → `/api/jobs/[id]`. */
function pagePath(file: Named): string | undefined {
  const name = /^(api\/.*)\.[cm]?[jt]sx?$/.exec(below(file, ['src/pages', 'pages']) ?? '')?.[1]
  return name === undefined ? undefined : `/${name.replace(/\/index$/, '')}`
}
