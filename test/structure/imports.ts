/** Who imports whom. Types count: a cycle of types is a cycle in the reader's head. */
import { posix } from 'node:path'
import ts from 'typescript'
import { allNodes, type Breach, lineAt, type Source } from './sources.js'

export interface Import {
  readonly from: string
  /** The path of the imported file in the project, or the name of a package. */
  readonly to: string
  readonly line: number
}

/** Every import, re-export, `import()` and `import('…')` type of a file. Pure. */
export function importsOf(source: Source): Import[] {
  const imports: Import[] = []
  for (const node of allNodes(source.code)) {
    const specifier = specifierOf(node)
    if (specifier === undefined) continue
    const line = lineAt(source.code, node.getStart(source.code))
    imports.push({ from: source.path, to: resolve(source.path, specifier), line })
  }
  return imports.toSorted((a, b) => a.line - b.line)
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier)
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined
  const called = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  return called ? textOf(node.arguments[0]) : undefined
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteral(node) ? node.text : undefined
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts')
}

/** Cycles, each as the files on the way with the first one repeated at the end; one per closing import. Pure. */
export function findCycles(imports: readonly Import[]): string[][] {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
  const cycles: string[][] = []
  const finished = new Set<string>()
  for (const start of next.keys()) cycles.push(...cyclesFrom(start, { next, finished }))
  return cycles
}

interface Walk {
  readonly next: ReadonlyMap<string, readonly string[]>
  /** Files whose every way was followed to its end. */
  readonly finished: Set<string>
}

function cyclesFrom(start: string, { next, finished }: Walk): string[][] {
  const cycles: string[][] = []
  const path: string[] = []
  const positions = new Map<string, number>()
  const leave = (depth: number): void => {
    for (const file of path.splice(depth)) {
      positions.delete(file)
      finished.add(file)
    }
  }
  const waiting = [{ file: start, depth: 0 }]
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    const { file, depth } = step
    leave(depth)
    const begin = positions.get(file)
    if (begin !== undefined) cycles.push([...path.slice(begin), file])
    if (begin !== undefined || finished.has(file)) continue
    positions.set(file, path.push(file) - 1)
    for (const to of next.get(file) ?? []) waiting.push({ file: to, depth: depth + 1 })
  }
  leave(0)
  return cycles
}

interface Wall {
  readonly rule: string
  readonly from: RegExp
  readonly to: RegExp
}

/** What must not see what; the picture is in `README.md`, "How it is built". */
const walls: readonly Wall[] = [
  { rule: 'the runtime stands alone', from: /^src\/runtime\//, to: /^(?!src\/runtime\/)/ },
  { rule: 'nothing imports the runtime', from: /^src\/(?!runtime\/)/, to: /^src\/runtime\// },
  { rule: 'emitting knows no input', from: /^src\/emit\//, to: /^src\/read\// },
  { rule: 'reading knows no output', from: /^src\/read\//, to: /^src\/emit\// },
  { rule: 'judging knows neither', from: /^src\/classify/, to: /^src\/(read|emit)\// },
  { rule: 'the IR knows nobody', from: /^src\/ir(\.ts$|\/)/, to: /^(?!src\/(diagnostics\.ts$|ir\/))/ },
  { rule: 'nothing imports the command line', from: /^src\//, to: /^src\/cli\.ts$/ },
  {
    rule: 'the steps do not know the line',
    from: /^src\/(read|emit|classify)/,
    to: /^src\/((generate|index|cli|config)\.ts$|(cli|config)\/)/,
  },
  { rule: 'process only in the command line', from: /^src\/(?!cli\.ts$)/, to: /^(node:)?process$/ },
]

/** Imports that cross a wall. Pure. */
export function findCrossings(imports: readonly Import[]): Breach[] {
  return imports.flatMap(({ from, to, line }) =>
    walls
      .filter((wall) => wall.from.test(from) && wall.to.test(to))
      .map(({ rule }) => ({ path: from, line, rule: `${rule}: ${to}` })),
  )
}
