import { type BuiltinModules, builtinModule } from './builtin-module.js'

/** What a download is saved from. */
export interface Download {
  readonly chunks: AsyncIterable<Uint8Array>
  /** The file name; known once the first chunk is there. */
  readonly name: () => string
}

interface BrowserDocument {
  createElement(name: 'a'): { href: string; download: string; click(): void }
}

/** Whether there is a page that can offer a file to its user. */
export function hasDocument(): boolean {
  return 'document' in globalThis
}

/** Asks the browser to save a file under its name. */
export function saveInBrowser(file: File): void {
  // Not every consumer has the DOM library.
  const { document } = globalThis as unknown as { document: BrowserDocument }
  const anchor = document.createElement('a')
  anchor.href = URL.createObjectURL(file)
  anchor.download = file.name
  anchor.click()
  // The browser needs the URL until it has begun to read.
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000)
}

/**
 * Writes a download to `path`, or into it where it is a folder, and returns the path of the file. The file appears under
 * its name when it is whole; if the download fails nothing is left.
 */
export async function saveToDisk({ chunks, name }: Download, path: string): Promise<string> {
  const fs = builtinModule('node:fs/promises')
  const join = builtinModule('node:path')?.join
  if (!fs || !join) throw new Error('save() needs a page, or Node 20.16 or later')
  const isFolder =
    /[/\\]$/.test(path) ||
    (await fs.stat(path).then(
      (stat) => stat.isDirectory(),
      () => false,
    ))
  const partial = `${isFolder ? join(path, 'download') : path}.${Math.random().toString(36).slice(2)}.part`
  const file = await fs.open(partial, 'wx')
  try {
    try {
      for await (const chunk of chunks) await file.writeFile(chunk)
    } finally {
      await file.close()
    }
    const target = isFolder ? await claim(fs, join(path, name())) : path
    await fs.rename(partial, target)
    return target
  } catch (error) {
    await fs.rm(partial, { force: true })
    throw error
  }
}

/** Makes an empty file of that name, or with the first number that is free: a name that a server gives replaces no file. */
async function claim(fs: BuiltinModules['node:fs/promises'], path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const target = number > 1 ? path.replace(/(\.\w+)?$/, ` (${number})$1`) : path
    try {
      await (await fs.open(target, 'wx')).close()
      return target
    } catch (error) {
      // Node and what is like it give their errors a code.
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error
    }
  }
}
