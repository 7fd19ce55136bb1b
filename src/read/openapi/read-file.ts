/** Bytes of a file, or a message that says why there are none. */
import { InputError } from '../../diagnostics.js'
import type { FileSystem } from '../../file-system.js'
import { type Limits, limitError } from '../../limits.js'

export type DocumentFiles = Pick<FileSystem, 'kindOf' | 'read' | 'realPath' | 'sizeOf'>

export interface FileOptions {
  readonly path: string
  /** As in `Place.file`. */
  readonly file: string
  readonly fileSystem: DocumentFiles
  readonly limits: Limits
  /** Called with the real path before anything is read; may throw. */
  readonly checkRealPath?: (path: string) => void
}

/** @throws InputError of code `input-not-found`, `input-unreadable` or of the limit `fileBytes`. */
export function readDocumentFile({ path, file, fileSystem, limits, checkRealPath }: FileOptions): Uint8Array {
  try {
    const kind = fileSystem.kindOf(path)
    if (kind === undefined) throw notFound(file, 'there is no such file')
    const real = fileSystem.realPath(path)
    checkRealPath?.(real)
    const target = kind === 'link' ? fileSystem.kindOf(real) : kind
    if (target === 'folder') throw unreadable(file, 'this is a folder, and a document is a file')
    if (target !== 'file') throw unreadable(file, 'this is no file: a device, a socket or a pipe')
    if (fileSystem.sizeOf(real) > limits.fileBytes) throw sizeError(file, limits)
    // Some special files state no size.
    const bytes = fileSystem.read(real)
    if (bytes.length > limits.fileBytes) throw sizeError(file, limits)
    return bytes
  } catch (error) {
    throw asInputError(error, { file, limits })
  }
}

export function sizeError(file: string, limits: Limits): InputError {
  return limitError({ name: 'fileBytes', limits, message: 'the document has more bytes than', place: { file } })
}

const NO_SUCH_FILE = 'look at the spelling; a path is relative to the folder in which the command runs'

function notFound(file: string, message: string, hint: string = NO_SUCH_FILE): InputError {
  return new InputError({ code: 'input-not-found', message, place: { file }, hint })
}

function unreadable(file: string, message: string): InputError {
  return new InputError({ code: 'input-unreadable', message, place: { file }, hint: 'name the file of the document' })
}

function asInputError(
  error: unknown,
  { file, limits }: { readonly file: string; readonly limits: Limits },
): InputError {
  if (error instanceof InputError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'ENOENT':
      return notFound(file, 'this is a link to a file that does not exist', 'correct the link, or name the file itself')
    case 'ENOTDIR':
      return notFound(file, 'there is no such file: a part of the path is no folder')
    case 'ENAMETOOLONG':
      return notFound(file, 'there is no such file: the path is too long')
    case 'ELOOP':
      return notFound(file, 'this is a link that leads to itself', 'correct the link, or name the file itself')
    case 'EACCES':
    case 'EPERM':
      return new InputError({
        code: 'input-unreadable',
        message: 'this file may not be read',
        place: { file },
        hint: 'give the user who runs the command the right to read it',
      })
    case 'ERR_FS_FILE_TOO_LARGE':
      return sizeError(file, limits)
    default:
      if (code === '') throw error
      return unreadable(file, `this file cannot be read (${code})`)
  }
}
