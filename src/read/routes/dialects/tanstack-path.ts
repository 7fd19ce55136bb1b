/** The path of a route of TanStack by the name of its file. */
import type { RouteFile } from '../dialect.js'
import { below } from './file-path.js'

/**
 * `src/routes/api/users.$id.posts.ts` → `/api/users/$id/posts`. Dots and folders separate; `_layout` and `(group)` are not
 * in the path; `users_` is un-nested, and no longer; `[.]` is a dot; `index` and `route` are the folder itself.
 * @returns `undefined` for a file that is not below a folder `routes`, or is no route (`-parts.ts`).
 */
export function tanstackPath(file: Pick<RouteFile, 'file' | 'path'>): string | undefined {
  const name = below(file, ['src/routes', 'app/routes', 'routes'])?.replace(/\.(?:api\.)?[cm]?[jt]sx?$/, '')
  if (name === undefined) return undefined
  const parts = splitName(name)
  if (parts.some((part) => part.startsWith('-'))) return undefined
  const kept = parts.filter((part) => !/^_(?!_)|^\(.*\)$/.test(part))
  if (/^(?:index|route)$/.test(kept.at(-1) ?? '')) kept.pop()
  return `/${kept.map((part) => part.replace(/_$/, '').replaceAll(/\[(.+?)\]/g, '$1')).join('/')}`
}

/** At slashes and at dots that are not in brackets. */
function splitName(name: string): string[] {
  return name.split(/\/|\.(?![^[\]]*\])/).filter((part) => part !== '')
}
