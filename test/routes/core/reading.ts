/** Route files in a folder of their own, read as the command reads them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { InputError, type Problem } from '../../../src/diagnostics.js'
import { printDeclaration, printType } from '../../../src/emit/print-type.js'
import type { Answer, Operation, SocketAnswer, Type } from '../../../src/ir.js'
import { DEFAULT_LIMITS } from '../../../src/limits.js'
import { type RoutesApi, readRoutes } from '../../../src/read/routes/api.js'
import { createSources } from '../../../src/sources.js'

export type Files = Readonly<Record<string, string | Uint8Array>>

/** Without the DOM a program takes a third of the time. */
export const TSCONFIG: string = JSON.stringify({
  compilerOptions: { strict: true, lib: ['ES2023'], types: [], target: 'ES2022', module: 'nodenext' },
})

export interface Reading {
  readonly api: RoutesApi
  readonly warnings: readonly Problem[]
}

export interface ReadOptions {
  readonly prefix?: string
}

/** Reads `names`, which are all files that end in `.ts` and are no declarations unless given. */
export function read(files: Files, names?: readonly string[], { prefix = '' }: ReadOptions = {}): Reading {
  return inFolder({ 'tsconfig.json': TSCONFIG, ...files }, (root) => {
    const warnings: Problem[] = []
    const routes = names ?? Object.keys(files).filter((name) => /(?<!\.d)\.tsx?$/.test(name))
    const api = readRoutes(routes, {
      root,
      allowOutside: [],
      prefix,
      limits: DEFAULT_LIMITS,
      report: (problem) => warnings.push(problem),
      sources: createSources(),
    })
    return { api, warnings }
  })
}

/** The problem as `file:line:column code: message`. */
export function refusal(files: Files, names?: readonly string[]): string {
  try {
    read(files, names)
  } catch (error) {
    if (error instanceof InputError) return shown(error.problem)
    throw error
  }
  throw new Error('nothing was refused')
}

function shown({ place, code, message }: Problem): string {
  const where = [place?.file, place?.line, place?.column].filter((part) => part !== undefined).join(':')
  return `${where} ${code}: ${message}`
}

/** A folder for as long as the work takes. */
export function inFolder<T>(files: Files, work: (root: string) => T): T {
  const root = makeFolder(files)
  try {
    return work(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** The caller removes it. */
export function makeFolder(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'streamwright-routes-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  return root
}

export function operation({ api }: Reading, title: string): Operation {
  const found = api.operations.find(({ method, path }) => `${method} ${path}` === title)
  if (found === undefined) throw new Error(`there is no ${title}`)
  return found
}

export function answer(reading: Reading, title: string): Answer | SocketAnswer {
  const stated = operation(reading, title).override?.stated
  if (stated === undefined) throw new Error(`${title} states no answer`)
  return stated.answer
}

/** The type of one item, as text. */
export function item(reading: Reading, title: string): string {
  const found = answer(reading, title)
  if (found.kind === 'ndjson' || found.kind === 'json-seq') return text(reading, found.item)
  throw new Error(`${title} is of kind ${found.kind}`)
}

export function text({ api }: Reading, type: Type, direction: 'request' | 'response' = 'response'): string {
  return printType(type, { nameOf: (id) => api.types.get(id).name, indent: 0, direction })
}

/** The declaration of a name, as text. */
export function declaration({ api }: Reading, id: string): string {
  const found = api.types.get(id)
  const nameOf = (other: string): string => api.types.get(other).name
  return printDeclaration(found, { nameOf, indent: 0, direction: 'response', name: found.name })
}
