/** Where a file stands below the folder that a framework takes its paths from. */
import type { RouteFile } from '../dialect.js'

/**
 * The path of a file below the first of the folders that is in it; the earlier ones of the list are preferred. The path in
 * the project is asked before the whole one, in which a folder above the project may have the same name.
 */
export function below(
  { file, path }: Pick<RouteFile, 'file' | 'path'>,
  folders: readonly string[],
): string | undefined {
  for (const text of [`/${file}`, path]) {
    for (const folder of folders) {
      const start = text.indexOf(`/${folder}/`)
      if (start >= 0) return text.slice(start + folder.length + 2)
    }
  }
  return undefined
}

/** A path of what is left of the folders without those that do not appear in it. */
export function pathOf(folders: string, isLeftOut: (folder: string) => boolean): string {
  return `/${folders
    .split('/')
    .filter((folder) => folder !== '' && !isLeftOut(folder))
    .join('/')}`
}
