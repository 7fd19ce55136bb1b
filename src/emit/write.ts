/** Puts compared outputs in place: all of them or none. */
import { dirname, join } from 'node:path'
import { InputError } from '../diagnostics.js'
import type { FileSystem } from '../file-system.js'
import type { Change, Comparison } from './compare.js'

interface Writing {
  readonly fileSystem: FileSystem
  /** Takes back what was done, when called in reverse order. */
  readonly undo: (() => void)[]
}

/** An output whose new texts wait in a temporary folder of their own, beside the place where they belong. */
interface Staged {
  readonly folder: string
  readonly temporary: string
  readonly changes: readonly Change[]
}

/**
 * Every new text, and the old one that it replaces, is first written to a temporary folder in its output folder; then
 * files are only renamed. When a step fails, those before it are taken back, in every output, which takes no more room
 * on the disk. What is unchanged is not touched.
 * @throws InputError where the system refuses a step.
 */
export function writeOutputs(outputs: readonly Comparison[], fileSystem: FileSystem): void {
  const writing: Writing = { fileSystem, undo: [] }
  let current = ''
  try {
    const staged = outputs.filter(hasWork).map((output) => {
      current = output.folder
      return stage(output, writing)
    })
    for (const output of staged) {
      current = output.folder
      replace(output, writing)
    }
    for (const { temporary } of staged) attempt(() => fileSystem.removeTree(temporary))
    for (const output of staged) removeEmptyFolders(output, fileSystem)
  } catch (error) {
    for (const step of writing.undo.reverse()) attempt(step)
    throw refused(error, current)
  }
}

function hasWork({ changes }: Comparison): boolean {
  return changes.some((change) => change.kind !== 'unchanged')
}

function stage({ folder, changes }: Comparison, writing: Writing): Staged {
  const { fileSystem, undo } = writing
  makeFolders(folder, writing)
  const root = fileSystem.realPath(folder)
  const temporary = fileSystem.makeTemporaryFolder(join(root, '.streamwright-'))
  undo.push(() => fileSystem.removeTree(temporary))
  for (const [index, change] of changes.entries()) {
    if (change.kind === 'added' || change.kind === 'changed') fileSystem.write(join(temporary, `${index}`), change.text)
    if (change.kind === 'changed') fileSystem.write(oldText(temporary, index), change.before)
  }
  return { folder: root, temporary, changes }
}

function oldText(temporary: string, index: number): string {
  return join(temporary, `${index}.old`)
}

/** Stale files go first: where capitals do not tell names apart, one of them may stand in the place of a new file. */
function replace({ folder, temporary, changes }: Staged, writing: Writing): void {
  const { fileSystem, undo } = writing
  for (const [index, change] of changes.entries()) {
    const path = join(folder, change.path)
    // Another run may have removed it since it was seen.
    if (change.kind !== 'removed' || fileSystem.kindOf(path) === undefined) continue
    const kept = oldText(temporary, index)
    fileSystem.rename({ from: path, to: kept })
    undo.push(() => fileSystem.rename({ from: kept, to: path }))
  }
  for (const [index, change] of changes.entries()) {
    if (change.kind !== 'added' && change.kind !== 'changed') continue
    const path = join(folder, change.path)
    const from = join(temporary, `${index}`)
    makeFolders(dirname(path), writing)
    fileSystem.rename({ from, to: path })
    undo.push(() => {
      if (change.kind === 'added') return fileSystem.removeFile(path)
      fileSystem.rename({ from: oldText(temporary, index), to: path })
    })
  }
}

function makeFolders(path: string, writing: Writing): void {
  const { fileSystem, undo } = writing
  if (fileSystem.kindOf(path) !== undefined) return
  const parent = dirname(path)
  if (parent !== path) makeFolders(parent, writing)
  try {
    fileSystem.makeFolder(path)
  } catch (error) {
    // Another run made it just now; then it is not ours to take back.
    if (fileSystem.kindOf(path) !== 'folder') throw error
    return
  }
  undo.push(() => fileSystem.removeFolder(path))
}

/** Folders that only held stale files are left empty by their removal. */
function removeEmptyFolders({ folder, changes }: Staged, fileSystem: FileSystem): void {
  const parents = new Set<string>()
  for (const { kind, path } of changes) {
    if (kind !== 'removed') continue
    for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) parents.add(parent)
  }
  const deepestFirst = [...parents].sort((one, other) => other.length - one.length)
  for (const parent of deepestFirst) {
    const path = join(folder, parent)
    attempt(() => {
      if (fileSystem.list(path).length === 0) fileSystem.removeFolder(path)
    })
  }
}

/** The output is complete, or the failure is already known: what cannot be tidied up stays. */
function attempt(step: () => void): void {
  try {
    step()
  } catch {}
}

function refused(error: unknown, folder: string): unknown {
  if (!(error instanceof Error && 'code' in error)) return error
  const code = String(error.code)
  return new InputError(
    {
      code: 'output-unwritable',
      message: `the output folder cannot be written (${code})`,
      place: { file: folder.replaceAll('\\', '/') },
      hint: WHAT_TO_DO.get(code) ?? 'name another folder with --out',
    },
    { cause: error },
  )
}

const NO_RIGHT = 'give this user the right to write there, or name another folder with --out'
const WHAT_TO_DO: ReadonlyMap<string, string> = new Map([
  ['EACCES', NO_RIGHT],
  ['EPERM', NO_RIGHT],
  ['EROFS', 'this disk can only be read: name another folder with --out'],
  ['ENOSPC', 'make room on the disk, or name another folder with --out'],
  ['EDQUOT', 'make room on the disk, or name another folder with --out'],
  ['ENOTDIR', 'a part of the path is a file: move it away, or name another folder with --out'],
  ['ENAMETOOLONG', 'name a folder with a shorter path with --out'],
])
