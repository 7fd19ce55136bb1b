/** Templates place what the views hold and decide nothing. */
import Handlebars from 'handlebars'

const blocks: readonly string[] = ['each', 'if', 'unless']

/** What a template does beyond placing a field, a branch, a loop or a partial, with its line. Pure. */
export function findLogic(template: string): string[] {
  const faults: string[] = []
  const note = (node: hbs.AST.Node, what: string): void => {
    faults.push(`${node.loc.start.line}: ${what}`)
  }
  checkProgram(Handlebars.parse(template), note)
  return faults
}

type Note = (node: hbs.AST.Node, what: string) => void

function checkProgram(program: hbs.AST.Program | undefined, note: Note): void {
  for (const statement of program?.body ?? []) checkStatement(statement, note)
}

function checkStatement(statement: hbs.AST.Statement, note: Note): void {
  if (isA<hbs.AST.MustacheStatement>(statement, 'MustacheStatement')) {
    if (statement.params.length > 0 || hasHash(statement)) note(statement, 'a field with arguments')
    checkPath(statement.path, note)
  } else if (isA<hbs.AST.BlockStatement>(statement, 'BlockStatement')) {
    checkBlock(statement, note)
  } else if (isA<hbs.AST.PartialStatement>(statement, 'PartialStatement')) {
    checkPartial(statement, note)
  } else if (statement.type !== 'ContentStatement' && statement.type !== 'CommentStatement') {
    note(statement, statement.type)
  }
}

function checkBlock(block: hbs.AST.BlockStatement, note: Note): void {
  const name = block.path.original
  if (typeof name !== 'string' || !blocks.includes(name)) note(block, `block ${name}`)
  if (block.params.length > 1 || hasHash(block)) note(block, 'a block with options')
  for (const param of block.params) checkPath(param, note)
  checkProgram(block.program, note)
  checkProgram(block.inverse, note)
}

function checkPartial(partial: hbs.AST.PartialStatement, note: Note): void {
  if (partial.name.type !== 'PathExpression') note(partial, 'a partial chosen at run time')
  if (partial.params.length > 1 || hasHash(partial)) note(partial, 'a partial with options')
  for (const param of partial.params) checkPath(param, note)
}

function checkPath(path: hbs.AST.Expression, note: Note): void {
  if (!isA<hbs.AST.PathExpression>(path, 'PathExpression')) note(path, path.type)
  else if (path.depth > 0) note(path, path.original)
  else if (path.data && path.parts[0] === 'root') note(path, path.original)
}

function hasHash(node: { readonly hash?: hbs.AST.Hash }): boolean {
  return node.hash !== undefined && node.hash.pairs.length > 0
}

/** Handlebars types its nodes by a string and declares no union, so the guard names the node for each string. */
function isA<T extends hbs.AST.Node>(node: hbs.AST.Node, type: T['type']): node is T {
  return node.type === type
}
