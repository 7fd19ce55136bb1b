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
 * Every new text is first written to a temporary folder in its output folder, then renamed to its place. When a step
 * fails, those before it are taken back, in every output. What is unchanged is not touched.
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
  }
  return { folder: root, temporary, changes }
}

/** Stale files go first: where capitals do not tell names apart, one of them may stand in the place of a new file. */
function replace({ folder, temporary, changes }: Staged, writing: Writing): void {
  const { fileSystem, undo } = writing
  for (const change of changes) {
    if (change.kind !== 'removed') continue
    const path = join(folder, change.path)
    fileSystem.removeFile(path)
    undo.push(() => fileSystem.write(path, change.before))
  }
  for (const [index, change] of changes.entries()) {
    if (change.kind !== 'added' && change.kind !== 'changed') continue
    const path = join(folder, change.path)
    const from = join(temporary, `${index}`)
    makeFolders(dirname(path), writing)
    fileSystem.rename({ from, to: path })
    undo.push(() => {
      if (change.kind === 'added') return fileSystem.removeFile(path)
      fileSystem.write(from, change.before)
      fileSystem.rename({ from, to: path })
    })
  }
}

function makeFolders(path: string, writing: Writing): void {
  const { fileSystem, undo } = writing
  if (fileSystem.kindOf(path) !== undefined) return
  const parent = dirname(path)
  if (parent !== path) makeFolders(parent, writing)
  fileSystem.makeFolder(path)
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
  return new InputError(
    {
      code: 'output-unwritable',
      message: `the output folder cannot be written (${String(error.code)})`,
      place: { file: folder.replaceAll('\\', '/') },
      hint: 'give this user the right to write there, make room on the disk, or name another folder with --out',
    },
    { cause: error },
  )
}
