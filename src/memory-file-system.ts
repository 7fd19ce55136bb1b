/** A file system in memory, for tests and for those who want the output without a disk. */
import { posix } from 'node:path'
import type { FileSystem } from './file-system.js'

export interface MemoryFileSystem extends FileSystem {
  /** Every file with its text, sorted by path. */
  files(): Readonly<Record<string, string>>
  /** Every folder but the root, sorted. */
  folders(): readonly string[]
}

/** By absolute path. */
interface Tree {
  readonly files: Map<string, Uint8Array>
  readonly folders: Set<string>
}

/**
 * @param initial - texts by path; paths are absolute or relative to the root `/`, with `/` as separator.
 */
export function createMemoryFileSystem(initial: Readonly<Record<string, string>> = {}): MemoryFileSystem {
  const tree: Tree = { files: new Map(), folders: new Set(['/']) }
  for (const [path, text] of Object.entries(initial)) {
    for (let folder = posix.dirname(at(path)); folder !== '/'; folder = posix.dirname(folder)) tree.folders.add(folder)
    tree.files.set(at(path), encode(text))
  }
  return { ...readingCalls(tree), ...makingCalls(tree), ...removingCalls(tree) }
}

function readingCalls({
  files,
  folders,
}: Tree): Pick<MemoryFileSystem, 'kindOf' | 'read' | 'list' | 'sizeOf' | 'realPath' | 'files' | 'folders'> {
  return {
    kindOf: (path) => (files.has(at(path)) ? 'file' : folders.has(at(path)) ? 'folder' : undefined),
    read: (path) => files.get(at(path)) ?? fail('ENOENT', path),
    list: (path) =>
      childrenOf(path, { files, folders }).map((child) => ({
        name: posix.basename(child),
        kind: files.has(child) ? 'file' : 'folder',
      })),
    sizeOf: (path) => (files.get(at(path)) ?? fail('ENOENT', path)).length,
    realPath: at,
    files: () => Object.fromEntries([...files].sort().map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])),
    folders: () => [...folders].filter((folder) => folder !== '/').sort(),
  }
}

function makingCalls({
  files,
  folders,
}: Tree): Pick<FileSystem, 'makeFolder' | 'makeTemporaryFolder' | 'write' | 'rename'> {
  let temporary = 0
  const put = (path: string, bytes: Uint8Array): void => {
    if (!folders.has(posix.dirname(at(path)))) fail('ENOENT', path)
    if (folders.has(at(path))) fail('EISDIR', path)
    files.set(at(path), bytes)
  }
  const makeFolder = (path: string): void => {
    const parent = posix.dirname(at(path))
    if (files.has(at(path)) || folders.has(at(path))) fail('EEXIST', path)
    if (!folders.has(parent)) fail(files.has(parent) ? 'ENOTDIR' : 'ENOENT', path)
    folders.add(at(path))
  }
  return {
    makeFolder,
    makeTemporaryFolder: (prefix) => {
      const path = `${at(prefix)}${temporary++}`
      makeFolder(path)
      return path
    },
    write: (path, content) => put(path, encode(content)),
    rename: ({ from, to }) => {
      put(to, files.get(at(from)) ?? fail('ENOENT', from))
      files.delete(at(from))
    },
  }
}

function removingCalls({ files, folders }: Tree): Pick<FileSystem, 'removeFile' | 'removeFolder' | 'removeTree'> {
  return {
    removeFile: (path) => {
      if (!files.delete(at(path))) fail('ENOENT', path)
    },
    removeFolder: (path) => {
      if (childrenOf(path, { files, folders }).length > 0) fail('ENOTEMPTY', path)
      folders.delete(at(path))
    },
    removeTree: (path) => {
      const isInside = (other: string): boolean => other === at(path) || other.startsWith(`${at(path)}/`)
      for (const file of files.keys()) if (isInside(file)) files.delete(file)
      for (const folder of folders) if (isInside(folder)) folders.delete(folder)
    },
  }
}

function at(path: string): string {
  return posix.resolve('/', path)
}

function encode(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}

function childrenOf(path: string, { files, folders }: Tree): string[] {
  return [...folders, ...files.keys()].filter((other) => other !== '/' && posix.dirname(other) === at(path))
}

/** Throws as Node does. */
function fail(code: 'ENOENT' | 'EEXIST' | 'EISDIR' | 'ENOTDIR' | 'ENOTEMPTY', path: string): never {
  throw Object.assign(new Error(`${code}: ${path}`), { code })
}
