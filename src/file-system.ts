/**
 * What writing needs of a file system. Its calls are synchronous: an output is some hundred small files at most, for which
 * promises cost several times the CPU, and nothing can run between two steps of a replacement.
 */
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'

export type EntryKind = 'file' | 'folder' | 'link' | 'other'

/** Paths are those of the platform; a call that fails throws an error with a `code` as Node's does (`EACCES`, `ENOSPC`, …). */
export interface FileSystem {
  /** What stands at `path`, a link not followed; `undefined` for nothing. */
  kindOf(path: string): EntryKind | undefined
  read(path: string): Uint8Array
  /** The names in a folder, in no particular order. */
  list(path: string): readonly { readonly name: string; readonly kind: EntryKind }[]
  /** Bytes of a file. */
  sizeOf(path: string): number
  /** `path` with every link in it resolved. */
  realPath(path: string): string
  /** Creates one folder whose parent exists. */
  makeFolder(path: string): void
  /** Creates a folder that nobody else has, whose path begins with `prefix`, and returns its path. */
  makeTemporaryFolder(prefix: string): string
  write(path: string, content: string | Uint8Array): void
  /** Moves a file over whatever file stands at `to`, in one step. */
  rename(move: { readonly from: string; readonly to: string }): void
  removeFile(path: string): void
  /** Removes an empty folder. */
  removeFolder(path: string): void
  /** Removes a folder with all that is in it; nothing happens if there is none. */
  removeTree(path: string): void
}

interface Stats {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}

function kindOfStats(stats: Stats): EntryKind {
  if (stats.isSymbolicLink()) return 'link'
  if (stats.isFile()) return 'file'
  return stats.isDirectory() ? 'folder' : 'other'
}

function kindOnDisk(path: string): EntryKind | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    return stats && kindOfStats(stats)
  } catch (error) {
    // A file in the place of a parent folder: the making of that folder reports it.
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined
    throw error
  }
}

/** The file system of the machine. */
export const disk: FileSystem = {
  kindOf: kindOnDisk,
  read: (path) => readFileSync(path),
  list: (path) =>
    readdirSync(path, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOfStats(entry) })),
  sizeOf: (path) => statSync(path).size,
  realPath: (path) => realpathSync(path),
  makeFolder: (path) => mkdirSync(path),
  makeTemporaryFolder: (prefix) => mkdtempSync(prefix),
  write: (path, content) => writeFileSync(path, content),
  rename: ({ from, to }) => renameSync(from, to),
  removeFile: (path) => unlinkSync(path),
  removeFolder: (path) => rmdirSync(path),
  removeTree: (path) => rmSync(path, { recursive: true, force: true }),
}
