/** A file system in memory, for tests and for those who want the output without a disk. */
import { posix } from 'node:path'
import type { FileSystem } from './file-system.js'

export interface MemoryFileSystem extends FileSystem {
  /** Every file with its text, sorted by path. */
  files(): Readonly<Record<string, string>>
  /** Every folder but the root, sorted. */
  folders(): readonly string[]
}

/**
 * @param initial - texts by path; paths are absolute or relative to the root `/`, with `/` as separator.
 */
export function createMemoryFileSystem(initial: Readonly<Record<string, string>> = {}): MemoryFileSystem {
  const files = new Map<string, Uint8Array>()
  const folders = new Set<string>(['/'])
  const at = (path: string): string => posix.resolve('/', path)
  const encode = (content: string | Uint8Array): Uint8Array =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content
  const take = (path: string): Uint8Array => {
    const bytes = files.get(at(path))
    if (!bytes) throw failure('ENOENT', path)
    return bytes
  }
  const put = (path: string, bytes: Uint8Array): void => {
    if (!folders.has(posix.dirname(at(path)))) throw failure('ENOENT', path)
    if (folders.has(at(path))) throw failure('EISDIR', path)
    files.set(at(path), bytes)
  }
  const childrenOf = (path: string): string[] =>
    [...folders, ...files.keys()].filter((other) => other !== '/' && posix.dirname(other) === at(path))
  const makeFolder = (path: string): void => {
    if (files.has(at(path)) || folders.has(at(path))) throw failure('EEXIST', path)
    if (!folders.has(posix.dirname(at(path))))
      throw failure(files.has(posix.dirname(at(path))) ? 'ENOTDIR' : 'ENOENT', path)
    folders.add(at(path))
  }
  for (const [path, text] of Object.entries(initial)) {
    for (let folder = posix.dirname(at(path)); folder !== '/'; folder = posix.dirname(folder)) folders.add(folder)
    files.set(at(path), encode(text))
  }
  let temporary = 0
  return {
    kindOf: (path) => (files.has(at(path)) ? 'file' : folders.has(at(path)) ? 'folder' : undefined),
    read: take,
    list: (path) =>
      childrenOf(path).map((child) => ({ name: posix.basename(child), kind: files.has(child) ? 'file' : 'folder' })),
    realPath: at,
    makeFolder,
    makeTemporaryFolder: (prefix) => {
      const path = `${at(prefix)}${temporary++}`
      makeFolder(path)
      return path
    },
    write: (path, content) => put(path, encode(content)),
    rename: ({ from, to }) => {
      put(to, take(from))
      files.delete(at(from))
    },
    removeFile: (path) => {
      if (!files.delete(at(path))) throw failure('ENOENT', path)
    },
    removeFolder: (path) => {
      if (childrenOf(path).length > 0) throw failure('ENOTEMPTY', path)
      folders.delete(at(path))
    },
    removeTree: (path) => {
      const inside = (other: string): boolean => other === at(path) || other.startsWith(`${at(path)}/`)
      for (const file of files.keys()) if (inside(file)) files.delete(file)
      for (const folder of folders) if (inside(folder)) folders.delete(folder)
    },
    files: () => Object.fromEntries([...files].sort().map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])),
    folders: () => [...folders].filter((folder) => folder !== '/').sort(),
  }
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}
