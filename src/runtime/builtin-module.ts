/** The parts of Node's modules that are used; their types are not there in a browser. */
export interface BuiltinModules {
  'node:events': { setMaxListeners?(most: number, target: AbortSignal): void }
  'node:fs/promises': {
    open(path: string, flags: 'wx'): Promise<BuiltinFile>
    rename(from: string, to: string): Promise<void>
    rm(path: string, options: { force: true }): Promise<void>
    stat(path: string): Promise<{ isDirectory(): boolean }>
  }
  'node:path': { join(...parts: string[]): string }
}

interface BuiltinFile {
  writeFile(data: Uint8Array): Promise<void>
  close(): Promise<void>
}

interface NodeProcess {
  getBuiltinModule?<Name extends keyof BuiltinModules>(name: Name): BuiltinModules[Name]
}

/** A module of Node 20.16 and later, Bun and Deno; `undefined` elsewhere. Found at run time, so that bundlers for browsers leave it out. */
export function builtinModule<Name extends keyof BuiltinModules>(name: Name): BuiltinModules[Name] | undefined {
  // Only Node and what is like it has the global.
  const process = (globalThis as { process?: NodeProcess }).process
  return process?.getBuiltinModule?.(name)
}
