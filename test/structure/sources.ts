/** The files of this project as the structure tests see them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const projectRoot: string = fileURLToPath(new URL('../..', import.meta.url))

/** A TypeScript file with its path relative to the project, with `/` as separator. */
export interface Source {
  readonly path: string
  readonly code: ts.SourceFile
}

/** Something that breaks a rule of the house. */
export interface Breach {
  readonly path: string
  /** Counted from 1. */
  readonly line: number
  readonly rule: string
}

export function parseSource(path: string, text: string): Source {
  return { path, code: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
}

/** Paths of all files of ours below a folder of the project, sorted. */
export function listFiles(folder: string, extension: string): string[] {
  const absolute = join(projectRoot, folder)
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.includes('/node_modules/'))
    .toSorted()
}

/** The text of a file of the project. */
export function readText(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8')
}

export function readSources(folder: string): Source[] {
  return listFiles(folder, '.ts').map((path) => parseSource(path, readText(path)))
}

/** All nodes of a file, parents first. Iterative: generated and hostile code may nest deeply. */
export function allNodes(code: ts.SourceFile): ts.Node[] {
  const nodes: ts.Node[] = []
  const waiting: ts.Node[] = [code]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    nodes.push(node)
    node.forEachChild((child) => {
      waiting.push(child)
    })
  }
  return nodes
}

/** The line of a position, counted from 1. */
export function lineAt(code: ts.SourceFile, position: number): number {
  return code.getLineAndCharacterOfPosition(position).line + 1
}
