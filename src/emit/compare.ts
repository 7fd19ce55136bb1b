/** What writing would do: the generated files against what stands in the output folder. Reads only. */
import { join } from 'node:path'
import { InputError } from '../diagnostics.js'
import type { EntryKind, FileSystem } from '../file-system.js'
import { isOurs } from './header.js'
import type { GeneratedFile } from './render.js'

export type Change =
  | { readonly kind: 'added'; readonly path: string; readonly text: string }
  | {
      readonly kind: 'changed'
      readonly path: string
      readonly text: string
      readonly before: Uint8Array
      /** Nothing differs but line ends, as after a checkout by git with `autocrlf`. */
      readonly lineEndsOnly: boolean
    }
  | { readonly kind: 'unchanged'; readonly path: string }
  /** A file that we wrote once and that is not part of the output any more. */
  | { readonly kind: 'removed'; readonly path: string; readonly before: Uint8Array }

/** All changes of one output, sorted by path. */
export interface Comparison {
  /** The output folder as the user named it. */
  readonly folder: string
  readonly changes: readonly Change[]
}

export interface CompareOptions {
  readonly folder: string
  readonly fileSystem: FileSystem
}

type Entries = ReadonlyMap<string, EntryKind>

interface Comparing extends CompareOptions {
  readonly entries: Entries
  /** The paths of the entries by their names in small letters. */
  readonly lowered: ReadonlyMap<string, string>
}

/**
 * Compares byte by byte.
 * @throws InputError where a file that is not ours, a folder or a link stands in the place of a generated file, or the
 *   folder cannot be read.
 */
export function compareFolder(files: readonly GeneratedFile[], { folder, fileSystem }: CompareOptions): Comparison {
  checkPaths(files)
  const entries = listEntries(folder, fileSystem)
  const options = { folder, fileSystem }
  const lowered = new Map([...entries.keys()].map((path) => [path.toLowerCase(), path]))
  const targets = new Set(files.map((file) => file.path))
  const changes = files.map((file) => compareFile(file, { entries, lowered, ...options }))
  const others = findOtherOutputs(targets, { entries, lowered, ...options })
  for (const [path, kind] of entries) {
    if (kind !== 'file' || targets.has(path) || !CODE.test(path)) continue
    if (others.some((other) => path.startsWith(other))) continue
    const before = readEntry(path, options)
    if (isOurs(before)) changes.push({ kind: 'removed', path, before })
  }
  return { folder, changes: changes.sort((one, other) => (one.path < other.path ? -1 : 1)) }
}

/** Folders with an `index.ts` of ours in which we write nothing: they belong to another output, as do the files in them. */
function findOtherOutputs(targets: ReadonlySet<string>, { entries, ...options }: Comparing): string[] {
  const folders: string[] = []
  for (const [path, kind] of entries) {
    const folder = path.endsWith('/index.ts') && kind === 'file' ? path.slice(0, -'index.ts'.length) : undefined
    if (folder === undefined || [...targets].some((target) => target.startsWith(folder))) continue
    if (isOurs(readEntry(path, options))) folders.push(folder)
  }
  return folders
}

/** Only files of such names can carry our line. */
const CODE = /\.[cm]?[jt]sx?$/

const SAFE_SEGMENT = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** The plan makes the paths; one that is not safe on every system is a fault of ours and not of the input. */
function checkPaths(files: readonly GeneratedFile[]): void {
  const seen = new Set<string>()
  for (const { path } of files) {
    const isSafe = path.split('/').every((segment) => SAFE_SEGMENT.test(segment) && !RESERVED.test(segment))
    if (!isSafe || seen.has(path.toLowerCase())) throw new Error(`unsafe output path ${JSON.stringify(path)}`)
    seen.add(path.toLowerCase())
  }
}

/** Everything below the folder by path; links are listed and not followed. Dot folders and `node_modules` are not ours to look at. */
function listEntries(folder: string, fileSystem: FileSystem): Entries {
  const entries = new Map<string, EntryKind>()
  const root = rootKind(folder, fileSystem)
  if (root === undefined) return entries
  if (root !== 'folder') {
    throw new InputError({
      code: 'output-not-folder',
      message: 'the output is not a folder',
      place: { file: folder },
      hint: 'name a folder that exists or can be created with --out',
    })
  }
  const pending = ['']
  for (let prefix = pending.pop(); prefix !== undefined; prefix = pending.pop()) {
    for (const { name, kind } of readable(join(folder, prefix), (path) => fileSystem.list(path))) {
      const path = `${prefix}${name}`
      entries.set(path, kind)
      if (kind === 'folder' && name !== 'node_modules' && !name.startsWith('.')) pending.push(`${path}/`)
    }
  }
  return entries
}

/** A link in the place of the output folder itself is the user's own choice. */
function rootKind(folder: string, fileSystem: FileSystem): EntryKind | undefined {
  return readable(folder, () => {
    const kind = fileSystem.kindOf(folder)
    return kind === 'link' ? fileSystem.kindOf(linkTarget(folder, fileSystem)) : kind
  })
}

function linkTarget(folder: string, fileSystem: FileSystem): string {
  try {
    return fileSystem.realPath(folder)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code !== 'ENOENT' && code !== 'ELOOP') throw cause
    throw new InputError(
      {
        code: 'output-link',
        message: `the output folder is a link that leads to ${code === 'ENOENT' ? 'nothing' : 'itself'}`,
        place: { file: folder.replaceAll('\\', '/') },
        hint: 'correct the link, or name another folder with --out',
      },
      { cause },
    )
  }
}

function compareFile(file: GeneratedFile, { entries, lowered, ...options }: Comparing): Change {
  const { path, text } = file
  const segments = path.split('/')
  for (let depth = 1; depth < segments.length; depth++) {
    const parent = segments.slice(0, depth).join('/')
    refuseUnless({ path: parent, kind: kindAt(parent, { entries, lowered, ...options }), wanted: 'folder' }, options)
  }
  const kind = kindAt(path, { entries, lowered, ...options })
  refuseUnless({ path, kind, wanted: 'file' }, options)
  if (kind === undefined) return { kind: 'added', path, text }
  if (!entries.has(path)) {
    // A file of another spelling stands there; if it is ours it counts as stale.
    if (!isOurs(readEntry(path, options))) throw notOurs(lowered.get(path.toLowerCase()) ?? path, options)
    return { kind: 'added', path, text }
  }
  const before = readEntry(path, options)
  const after = Buffer.from(text)
  if (after.equals(before)) return { kind: 'unchanged', path }
  if (!isOurs(before)) throw notOurs(path, options)
  return { kind: 'changed', path, text, before, lineEndsOnly: withLineFeeds(before) === withLineFeeds(after) }
}

/** Where capitals do not tell names apart, what stands at a path may be listed in another spelling. */
function kindAt(path: string, { entries, lowered, folder, fileSystem }: Comparing): EntryKind | undefined {
  const kind = entries.get(path)
  if (kind !== undefined || !lowered.has(path.toLowerCase())) return kind
  return readable(join(folder, path), (full) => fileSystem.kindOf(full))
}

function withLineFeeds(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n')
}

function refuseUnless(
  { path, kind, wanted }: { path: string; kind: EntryKind | undefined; wanted: 'file' | 'folder' },
  { folder }: CompareOptions,
): void {
  if (kind === undefined || kind === wanted) return
  const place = { file: shown(folder, path) }
  if (kind === 'link') {
    throw new InputError({
      code: 'output-link',
      message: `a link stands where a ${wanted} of the output belongs, and links are not followed`,
      place,
      hint: 'remove the link, or name another folder with --out',
    })
  }
  throw new InputError({
    code: 'output-blocked',
    message: `a ${kind === 'other' ? 'special file' : kind} stands where a ${wanted} of the output belongs`,
    place,
    hint: 'move it away, or name another folder with --out',
  })
}

function notOurs(path: string, { folder }: CompareOptions): InputError {
  return new InputError({
    code: 'not-ours',
    message: 'this file was not written by streamwright, and is not overwritten',
    place: { file: shown(folder, path) },
    hint: 'move it away, or name another folder with --out',
  })
}

function readEntry(path: string, { folder, fileSystem }: CompareOptions): Uint8Array {
  return readable(join(folder, path), (file) => fileSystem.read(file))
}

const UNREADABLE: ReadonlyMap<string, string> = new Map([
  ['ENAMETOOLONG', 'name a folder with a shorter path with --out'],
  ['ELOOP', 'a part of the path is a link that leads to itself: correct it, or name another folder with --out'],
])

/** Runs a reading call; what the system refuses is told with the path. */
function readable<T>(path: string, read: (path: string) => T): T {
  try {
    return read(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new InputError(
      {
        code: 'output-unreadable',
        message: `the output folder cannot be read (${String(error.code)})`,
        place: { file: path.replaceAll('\\', '/') },
        hint:
          UNREADABLE.get(String(error.code)) ??
          'give this user the right to read it, or name another folder with --out',
      },
      { cause: error },
    )
  }
}

/** A path below the output folder as messages show it. */
export function shown(folder: string, path: string): string {
  return join(folder, path).replaceAll('\\', '/')
}
