/** Where documents come from, and which of them a reference may reach. */
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'

export type Origin =
  /** `path` is absolute. */
  | { readonly kind: 'file'; readonly path: string }
  /** An absolute http(s) URL without a fragment. */
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'stdin' }

/** What the user lets references reach. */
export interface Confines {
  /** The absolute path of the folder that holds the project. */
  readonly root: string
  /** Absolute paths of the further folders whose files may be read; the folder of the input is one of them. */
  readonly folders: readonly string[]
  /** Origins that may be fetched from, such as `https://example.com`. */
  readonly origins: readonly string[]
}

/** Why a reference is not followed. */
export interface Refusal {
  readonly kind: 'refusal'
  readonly code: 'ref-outside' | 'ref-remote' | 'ref-invalid'
  /** Stands behind the reference in a message. */
  readonly why: string
  readonly hint: string
}

/** The name of a document in messages: a path relative to the project with `/`, a URL, or `<stdin>`. */
export function nameOf(origin: Origin, root: string): string {
  switch (origin.kind) {
    case 'file':
      return relative(root, origin.path).split(sep).join('/')
    case 'url':
      return origin.url
    case 'stdin':
      return '<stdin>'
  }
}

/** Finds where the part of a reference before `#` leads, without looking whether anything is there. */
export function targetOf(
  { uri, from }: { readonly uri: string; readonly from: Origin },
  confines: Confines,
): Origin | Refusal {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(uri)?.[1]?.toLowerCase()
  if (scheme === 'http' || scheme === 'https' || (scheme === undefined && from.kind === 'url')) {
    return remoteTarget({ uri, from }, confines)
  }
  if (scheme !== undefined) {
    return {
      kind: 'refusal',
      code: 'ref-invalid',
      why: `names a ${scheme}: URI that no document of this run has as its $id or $self`,
      hint: 'refer to a file by its path relative to this one, or to a part of this document by #/…',
    }
  }
  const folder = from.kind === 'file' ? dirname(from.path) : confines.root
  const path = resolve(folder, decodePercent(uri))
  if (path.includes('\0')) {
    return { kind: 'refusal', code: 'ref-invalid', why: 'is no path', hint: 'remove %00 from the reference' }
  }
  return isConfined(path, confines) ? { kind: 'file', path } : outsideRefusal(path, confines)
}

/** True where a path lies in one of the folders. A link in it is not followed: ask again with the real path. */
export function isConfined(path: string, { root, folders }: Pick<Confines, 'root' | 'folders'>): boolean {
  return [root, ...folders].some((folder) => {
    const way = relative(folder, path)
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
  })
}

export function outsideRefusal(path: string, { root }: Confines): Refusal {
  const folder = relative(root, dirname(path)).split(sep).join('/')
  return {
    kind: 'refusal',
    code: 'ref-outside',
    why: 'leads out of the project folder, and is not read',
    hint: `copy the file into the project, or allow its folder by --allow-outside ${quoted(folder)}`,
  }
}

/** A word that can be pasted into a shell, which would else take parts of the reference for commands. */
function quoted(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

function remoteTarget(
  { uri, from }: { readonly uri: string; readonly from: Origin },
  confines: Confines,
): Origin | Refusal {
  const base = from.kind === 'url' ? from.url : undefined
  if (!URL.canParse(uri, base)) {
    return { kind: 'refusal', code: 'ref-invalid', why: 'is no URL', hint: 'correct the URL' }
  }
  const url = new URL(uri, base)
  url.hash = ''
  return isAllowedUrl(url, confines.origins) ? { kind: 'url', url: url.href } : remoteRefusal(url)
}

/** True for an http(s) URL of an allowed origin that holds no credentials. */
export function isAllowedUrl(url: URL, origins: readonly string[]): boolean {
  if (url.username !== '' || url.password !== '') return false
  return origins.some((origin) => URL.canParse(origin) && new URL(origin).origin === url.origin)
}

function remoteRefusal(url: URL): Refusal {
  if (url.username !== '' || url.password !== '') {
    const hint = 'remove the user name and the password from the URL'
    return { kind: 'refusal', code: 'ref-invalid', why: 'holds credentials, and is not fetched', hint }
  }
  return {
    kind: 'refusal',
    code: 'ref-remote',
    why: 'leads to another host, and nothing is fetched unless you allow it',
    hint: `copy the document into the project, or allow its origin by --allow-remote ${url.origin}`,
  }
}

/** A path in a reference is a URI reference: `%20` is a blank. What is no escape stands for itself. */
function decodePercent(uri: string): string {
  try {
    return decodeURIComponent(uri)
  } catch {
    return uri
  }
}
