/** Rules about single files. Each takes a source and returns its breaches; all are pure. */
import ts from 'typescript'
import { allNodes, type Breach, lineAt, type Source } from './sources.js'

const maxFileLines = 300
const maxFunctionLines = 60

export function findLongFiles(source: Source): Breach[] {
  const text = source.code.text
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return lines > maxFileLines ? [{ path: source.path, line: lines, rule: `file of ${lines} lines` }] : []
}

export function findLongFunctions(source: Source): Breach[] {
  const breaches: Breach[] = []
  for (const node of allNodes(source.code)) {
    if (!ts.isFunctionLike(node)) continue
    const line = lineAt(source.code, node.getStart(source.code))
    const lines = lineAt(source.code, node.getEnd()) - line + 1
    if (lines > maxFunctionLines) breaches.push({ path: source.path, line, rule: `function of ${lines} lines` })
  }
  return breaches
}

/** `any`, `!`, and assertions without a comment on their line or directly above that says why. */
export function findUnsafeTypes(source: Source): Breach[] {
  const breaches: Breach[] = []
  for (const node of allNodes(source.code)) {
    const rule = unsafe(node, source.code)
    if (rule !== undefined) {
      breaches.push({ path: source.path, line: lineAt(source.code, node.getStart(source.code)), rule })
    }
  }
  return breaches.toSorted((a, b) => a.line - b.line)
}

function unsafe(node: ts.Node, code: ts.SourceFile): string | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any'
  if (ts.isNonNullExpression(node)) return 'non-null assertion'
  if (isDefinite(node)) return 'definite assignment'
  if (ts.isTypeAssertionExpression(node)) return 'assertion in angle brackets'
  if (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type) && !isExplained(node, code))
    return 'as without a reason'
  return undefined
}

function isDefinite(node: ts.Node): boolean {
  const declared = ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)
  return declared && node.exclamationToken !== undefined
}

function isExplained(node: ts.AsExpression, code: ts.SourceFile): boolean {
  const lines = code.text.split('\n')
  const last = lineAt(code, node.type.getStart(code))
  const first = lineAt(code, statementOf(node).getStart(code))
  const own = lines.slice(first - 1, last)
  return own.some((line) => /(^|\s)\/\/ \S/.test(line)) || /^\s*(\/\/ \S|\/?\*)/.test(lines[first - 2] ?? '')
}

/** What stands on lines of its own: a statement, a member, or an entry of a literal. */
function statementOf(node: ts.Node): ts.Node {
  let found = node
  while (!ts.isStatement(found) && !ts.isClassElement(found) && !ts.isObjectLiteralElement(found)) {
    found = found.parent
  }
  return found
}

const vague = /^(utils?|helpers?|common|misc|managers?|shared|types)$/

/** Names that say nothing about what is inside. */
export function findVagueNames(source: Source): Breach[] {
  const parts = source.path.replace(/(\.test)?\.ts$/, '').split('/')
  const name = parts.find((part) => vague.test(part))
  return name === undefined ? [] : [{ path: source.path, line: 1, rule: `named ${name}` }]
}

/** The global `process`, which only the command line knows. A member or a variable of that name is another thing. */
export function findProcess(source: Source): Breach[] {
  const names = allNodes(source.code).filter((node) => ts.isIdentifier(node) && node.text === 'process')
  if (names.some(({ parent }) => ts.isVariableDeclaration(parent) || ts.isParameter(parent))) return []
  return names
    .filter((node) => !isMemberName(node))
    .map((node) => ({ path: source.path, line: lineAt(source.code, node.getStart(source.code)), rule: 'process' }))
}

function isMemberName(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node
  return ts.isPropertySignature(parent) || ts.isPropertyAssignment(parent) || ts.isMethodSignature(parent)
}
