/** Types that carry no data, or of which nothing is known: each ends in an error with a next step, never in `any`. */
import { dirname, resolve } from 'node:path'
import type { Type } from '../../../ir.js'
import { isUnresolved, ts } from '../compiler.js'
import type { At, TypeContext } from './walk.js'

const UNKNOWN: Type = { kind: 'unknown' }

/** `any`: what somebody wrote inside of a type is `unknown`; what nobody wrote is an error. */
export function viewAny(type: ts.Type, { at, context }: { at: At; context: TypeContext }): Type {
  if (isUnresolved(type)) throw refuseUnresolved(at, context)
  const isWritten = at.trail.length > 0 && at.written.some((node) => mentions(node, ts.SyntaxKind.AnyKeyword))
  if (at.isForeign) return UNKNOWN
  if (!isWritten) {
    throw context.places.fail(at.node, {
      code: 'type-any',
      message: `${subject(at)} is of type any, so that nothing is known of it`,
      hint: `state the type where it is declared, or by a tag such as @event {T}; write unknown if it may be anything${unresolvedNote(at, context)}`,
    })
  }
  context.places.warn(at.node, {
    code: 'type-any',
    message: `${subject(at)} is declared as any; the client gives it as unknown`,
    hint: 'state its type, or write unknown',
  })
  return UNKNOWN
}

/** `unknown` as a whole is what the author must have written. */
export function refuseUnwrittenUnknown(at: At, { places }: TypeContext): void {
  if (at.written.some((node) => mentions(node, ts.SyntaxKind.UnknownKeyword))) return
  places.fail(at.node, {
    code: 'type-unknown',
    message: 'the type here is unknown, so that the client would know nothing of the data',
    hint: 'state it by a tag such as @event {T}; write @event {unknown} if it may be anything',
  })
}

export function refuse(at: At, { places }: TypeContext, words: { what: string; hint: string }): never {
  return places.fail(at.node, { code: 'type-no-data', message: `${subject(at)} is ${words.what}`, hint: words.hint })
}

export function refuseEndless(at: At, { places }: TypeContext): never {
  return places.fail(at.node, {
    code: 'type-endless',
    message: 'this type grows with every step into it, and has no end',
    hint: 'state a type that refers to itself with the same arguments, or one of fixed depth',
  })
}

export function refuseSize(at: At, { places }: TypeContext): never {
  return places.fail(at.node, {
    code: 'type-too-large',
    message: 'this type has too many parts without a name',
    hint: 'give the types inside of it names: an interface, or an alias',
  })
}

function subject({ trail }: At): string {
  return trail.length === 0 ? 'this' : `the field ${JSON.stringify(trail.join('.'))}`
}

function mentions(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return node.kind === kind || ts.forEachChild(node, (child) => mentions(child, kind) || undefined) === true
}

interface Import {
  readonly specifier: ts.StringLiteral
  /** The names that it gives to the file. */
  readonly names: readonly string[]
}

/** What an interface or a class extends must be there: without it the checker leaves its fields out and says nothing. */
export function checkBases({ symbol }: ts.Type, { at, context }: { at: At; context: TypeContext }): void {
  for (const declaration of symbol?.declarations ?? []) {
    if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassLike(declaration)) continue
    for (const { token, types } of declaration.heritageClauses ?? []) {
      if (token !== ts.SyntaxKind.ExtendsKeyword) continue
      const missing = types.find((base) => isUnresolved(context.checker.getTypeAtLocation(base)))
      if (missing !== undefined) refuseUnresolved({ ...at, node: missing, written: [] }, context)
    }
  }
}

function refuseUnresolved(at: At, context: TypeContext): never {
  const { node } = at
  const culprit = culpritOf([node, ...at.written], context)
  const text = (at.written.at(-1) ?? node).getText()
  const shown = text.length > 60 || text.includes('\n') ? 'the type here' : `the type ${text}`
  if (culprit === undefined) {
    const hint = 'correct the name, or import it; a type that a tag names must stand at the top of the file'
    return context.places.fail(node, { code: 'type-unresolved', message: `${shown} cannot be found`, hint })
  }
  return context.places.fail(node, {
    code: 'type-unresolved',
    message: `${shown} cannot be found: nothing is at the import ${JSON.stringify(culprit.specifier.text)}`,
    hint: importHint(culprit.specifier, context),
  })
}

/** The import of the author's file that names the type; else that of the file, also in a package, where the type leads. */
function culpritOf(nodes: readonly ts.Node[], { checker }: TypeContext): Import | undefined {
  const names = namesIn(nodes)
  const files = new Set([...nodes.map((node) => node.getSourceFile()), ...declaringFiles(nodes, checker)])
  const unresolved = [...files].map((file) => unresolvedImports(file, checker))
  const named = unresolved.flat().find((one) => one.names.some((name) => names.has(name)))
  // A name that nothing declares is a mistake of its own, whatever else is missing.
  const symbols = nodes.flatMap(identifiersIn).map((name) => checker.getSymbolAtLocation(name))
  const isDeclared = symbols.every((symbol) => symbol?.declarations !== undefined)
  return importInPlace(nodes, checker) ?? named ?? (isDeclared ? unresolved.flat()[0] : undefined)
}

/** The import of `import('./job.js').Job`. */
function importInPlace(nodes: readonly ts.Node[], checker: ts.TypeChecker): Import | undefined {
  const visit = (node: ts.Node): Import | undefined => {
    const literal = ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
    const isMissing =
      literal !== undefined && ts.isStringLiteral(literal) && checker.getSymbolAtLocation(literal) === undefined
    return isMissing ? { specifier: literal, names: [] } : ts.forEachChild(node, visit)
  }
  return nodes.map(visit).find((found) => found !== undefined)
}

/** The files that declare what the names in the nodes lead to. */
function declaringFiles(nodes: readonly ts.Node[], checker: ts.TypeChecker): ts.SourceFile[] {
  return nodes
    .flatMap((node) => identifiersIn(node))
    .flatMap((name) => {
      const symbol = checker.getSymbolAtLocation(name)
      const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
      return (target?.declarations ?? []).map((declaration) => declaration.getSourceFile())
    })
}

function unresolvedNote({ node }: At, { checker }: TypeContext): string {
  const [first] = unresolvedImports(node.getSourceFile(), checker)
  return first === undefined ? '' : `; the import ${JSON.stringify(first.specifier.text)} of this file is not found`
}

function importHint(specifier: ts.StringLiteral, { refused, places }: TypeContext): string {
  const { text } = specifier
  if (!text.startsWith('.')) {
    return 'install the package, or correct "paths" in tsconfig.json; packages that it needs itself count too'
  }
  const folder = dirname(specifier.getSourceFile().fileName)
  const target = resolve(folder, text.replace(/\.[cm]?[jt]sx?$/, ''))
  const isRefused = [...refused].some((path) => path.startsWith(target))
  if (!isRefused) return 'correct the import, or have the file generated first'
  const where = places.nameOf(dirname(target))
  return where.startsWith('..')
    ? `it lies outside of the project and is not read; allow its folder by --allow-outside ${where}`
    : 'it is a link that leads out of the project, and is not read; allow the folder it leads to by --allow-outside'
}

function unresolvedImports(source: ts.SourceFile, checker: ts.TypeChecker): Import[] {
  return source.statements.flatMap((statement): Import[] => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return []
    const { importClause, moduleSpecifier } = statement
    if (importClause === undefined || checker.getSymbolAtLocation(moduleSpecifier) !== undefined) return []
    const { name, namedBindings } = importClause
    const named = namedBindings === undefined ? [] : boundNames(namedBindings)
    return [{ specifier: moduleSpecifier, names: [...(name === undefined ? [] : [name.text]), ...named] }]
  })
}

function boundNames(bindings: ts.NamedImportBindings): string[] {
  return ts.isNamespaceImport(bindings) ? [bindings.name.text] : bindings.elements.map(({ name }) => name.text)
}

function namesIn(nodes: readonly ts.Node[]): Set<string> {
  return new Set(nodes.flatMap((node) => identifiersIn(node)).map(({ text }) => text))
}

function identifiersIn(node: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = []
  const visit = (inner: ts.Node): void => {
    if (ts.isIdentifier(inner)) found.push(inner)
    ts.forEachChild(inner, visit)
  }
  visit(node)
  return found
}
