/** SvelteKit: `+server.ts` below `src/routes`. Types are those of annotations; `./$types` is generated and not needed. */
import type { Dialect, RouteFile } from '../dialect.js'
import { methodRoutes } from './exports.js'
import { below, pathOf } from './file-path.js'

export const sveltekit: Dialect = {
  name: 'SvelteKit',
  mentions: /@stream\b|text\/event-stream|ndjson|jsonl/,
  read(file, tools) {
    const path = sveltekitPath(file)
    return path === undefined ? [] : methodRoutes(file.source, { path, tools })
  },
}

/** `src/routes/(app)/jobs/[id=uuid]/+server.ts` → `/jobs/[id=uuid]`: groups are not in the path. */
function sveltekitPath(file: Pick<RouteFile, 'file' | 'path'>): string | undefined {
  const folders = /^((?:.*\/)?)\+server\.[jt]s$/.exec(below(file, ['src/routes', 'routes']) ?? '')?.[1]
  return folders === undefined ? undefined : pathOf(folders, (folder) => /^\(.*\)$/.test(folder))
}
