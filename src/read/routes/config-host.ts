/** What a tsconfig.json may build on. */
import { dirname } from 'node:path'
import { isConfined } from '../openapi/origin.js'
import { ts } from './compiler.js'

export interface ConfigHost {
  readonly host: ts.ParseConfigHost
  /** Files that are there and were not read, because they lie outside of the folders. */
  readonly refused: ReadonlySet<string>
}

const PACKAGES = '/node_modules/'

/**
 * Reads within the folders, in packages, and right in the folders above the config: the search for a tsconfig.json looks
 * at those without being asked, and the packages of a workspace build on a file there.
 */
export function newConfigHost(config: string, folders: readonly string[]): ConfigHost {
  const realPathOf = (path: string): string => ts.sys.realpath?.(path) ?? path
  const own = dirname(config)
  const allowed = [own, realPathOf(own), ...folders, ...folders.map(realPathOf)]
  const refused = new Set<string>()
  const isAllowed = (path: string): boolean =>
    path.includes(PACKAGES) ||
    allowed.some((root) => isConfined(path, { root, folders: [] })) ||
    [own, realPathOf(own)].some((folder) => isConfined(folder, { root: dirname(path), folders: [] }))
  const host: ts.ParseConfigHost & Pick<ts.ModuleResolutionHost, 'realpath'> = {
    ...ts.sys,
    realpath: (path) => {
      const real = realPathOf(path)
      // A package of the same workspace is a link in node_modules.
      if (path.includes(PACKAGES)) allowed.push(dirname(real))
      return real
    },
    readFile: (path) => {
      const real = realPathOf(path)
      if (path.includes(PACKAGES) || (isAllowed(path) && isAllowed(real))) return ts.sys.readFile(path)
      if (ts.sys.fileExists(path)) refused.add(real)
      return undefined
    },
  }
  return { host, refused }
}
