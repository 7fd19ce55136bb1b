/** Which node a comment stands before. */
import { ts } from './compiler.js'

/** `undefined` where the comment is none: its text stands in a string or a template. */
export type CommentHost = { readonly node: ts.Node } | 'alone' | undefined

/** @param comments - where the annotations of the file begin: one before another stands alone. */
export function hostOf(
  source: ts.SourceFile,
  { start, end, comments }: { readonly start: number; readonly end: number; readonly comments: ReadonlySet<number> },
): CommentHost {
  if (standsInLiteral(source, start)) return undefined
  const next = afterTrivia(source.text, { from: end, comments })
  return next === undefined ? 'alone' : nodeAt(source, next)
}

function standsInLiteral(source: ts.SourceFile, offset: number): boolean {
  const node = deepest(source, offset)
  const isLiteral =
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isJsxText(node)
  return isLiteral && node.getStart(source) <= offset
}

function deepest(source: ts.SourceFile, offset: number): ts.Node {
  let node: ts.Node = source
  for (let child: ts.Node | undefined = source; child !== undefined; ) {
    node = child
    child = ts.forEachChild(node, (one) => (one.pos <= offset && offset < one.end ? one : undefined))
  }
  return node
}

/** The offset of the next token; `undefined` where there is none, or where another annotation comes first. */
function afterTrivia(
  text: string,
  { from, comments }: { readonly from: number; readonly comments: ReadonlySet<number> },
): number | undefined {
  const trivia = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y
  trivia.lastIndex = from
  let next = from
  for (let match = trivia.exec(text); match !== null; match = trivia.exec(text)) {
    if (comments.has(match.index)) return undefined
    next = match.index + match[0].length
    trivia.lastIndex = next
  }
  return next < text.length ? next : undefined
}

/** The outermost node that begins at the offset; for the dot of a chain the call that it leads to. */
function nodeAt(source: ts.SourceFile, offset: number): { readonly node: ts.Node } | 'alone' {
  let node: ts.Node = source
  for (let child: ts.Node | undefined = source; child !== undefined; ) {
    node = child
    if (node !== source && node.getStart(source) === offset) {
      return node.kind === ts.SyntaxKind.EndOfFileToken ? 'alone' : { node }
    }
    child = ts.forEachChild(node, (one) => (one.getStart(source) <= offset && offset < one.end ? one : undefined))
  }
  return { node: ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent) ? node.parent : node }
}
