/** What generated code must not contain: `any`, orders to the compiler and orders to linters. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'

/** One thing that must not be there, with the line (from 1) it stands on. */
export interface Blemish {
  readonly line: number
  readonly text: string
}

/** Finds all in the text of one TypeScript file. What stands inside strings and documentation is no blemish. Pure. */
export function findBlemishes(code: string): Blemish[] {
  const file = ts.createSourceFile('generated.ts', code, ts.ScriptTarget.Latest, true)
  return [...findAny(file), ...findOrders(file)].toSorted((a, b) => a.line - b.line)
}

/** Those of every TypeScript file below a folder, as `folder/file:line: text`. @throws Error where there is none. */
export function findFolderBlemishes(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  if (files.length === 0) throw new Error(`no TypeScript file is in ${folder}`)
  return files.flatMap((file) =>
    findBlemishes(readFileSync(join(folder, file), 'utf8')).map(
      ({ line, text }) => `${basename(folder)}/${file}:${line}: ${text}`,
    ),
  )
}

function findAny(file: ts.SourceFile): Blemish[] {
  const found: Blemish[] = []
  const waiting: ts.Node[] = [file]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push({ line: lineOf(file, node.getStart(file)), text: 'any' })
    node.forEachChild((child) => {
      waiting.push(child)
    })
  }
  return found
}

const order = /^\/[/*]+\s*(@ts-|eslint|biome-ignore|prettier-ignore|tslint|oxlint|istanbul|c8|v8|deno-lint)/

function findOrders(file: ts.SourceFile): Blemish[] {
  return commentsOf(file)
    .filter(({ text }) => order.test(text))
    .map(({ start, text }) => ({ line: lineOf(file, start), text: text.trim() }))
}

interface Comment {
  readonly start: number
  readonly text: string
}

/** Comments stand only in front of a token or behind one, never inside a string or a template. */
function commentsOf(file: ts.SourceFile): Comment[] {
  const byStart = new Map<number, Comment>()
  const note = (start: number, end: number): void => {
    byStart.set(start, { start, text: file.text.slice(start, end) })
  }
  const waiting: ts.Node[] = [file]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const children = node.getChildren(file)
    if (children.length === 0) {
      ts.forEachLeadingCommentRange(file.text, node.getFullStart(), note)
      ts.forEachTrailingCommentRange(file.text, node.getEnd(), note)
    }
    waiting.push(...children)
  }
  return [...byStart.values()]
}

function lineOf(file: ts.SourceFile, position: number): number {
  return file.getLineAndCharacterOfPosition(position).line + 1
}
