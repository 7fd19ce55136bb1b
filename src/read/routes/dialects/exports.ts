/** Frameworks whose paths are names of files: what a file exports under the name of a method, or as its default. */
import { ts } from '../compiler.js'
import type { DialectTools, RouteFinding } from '../dialect.js'
import { readAnswer } from './answer.js'
import { functionOf, isExported } from './syntax.js'

/** Something a file exports: the statement that an annotation stands above, and what it is. */
export interface Exported {
  readonly name: string
  readonly statement: ts.Node
  readonly value: ts.Node
}

/** Functions and constants, `export { read as GET }` and the default. */
export function exportsOf(source: ts.SourceFile, tools: DialectTools): Exported[] {
  return source.statements.flatMap((statement): Exported[] => {
    if (ts.isExportAssignment(statement)) return [{ name: 'default', statement, value: statement.expression }]
    if (ts.isExportDeclaration(statement)) return namedExports(statement, tools)
    if (!isExported(statement)) return []
    if (ts.isFunctionDeclaration(statement)) {
      const isDefault = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true
      return [{ name: isDefault ? 'default' : (statement.name?.text ?? ''), statement, value: statement }]
    }
    if (!ts.isVariableStatement(statement)) return []
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name) && initializer !== undefined ? [{ name: name.text, statement, value: initializer }] : [],
    )
  })
}

function namedExports({ exportClause }: ts.ExportDeclaration, tools: DialectTools): Exported[] {
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return []
  return exportClause.elements.map((element) => {
    const value = tools.declarationOf(element.propertyName ?? element.name) ?? element
    return { name: element.name.text, statement: value, value }
  })
}

export const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])

/** One route for each exported method, at the path of the file. */
export function methodRoutes(
  source: ts.SourceFile,
  { path, tools }: { readonly path: string; readonly tools: DialectTools },
): RouteFinding[] {
  return exportsOf(source, tools)
    .filter(({ name }) => METHODS.has(name))
    .map((exported) => handlerRoute(exported, { path, method: exported.name, tools }))
}

export function handlerRoute(
  { statement, value }: Exported,
  { path, method, tools }: { readonly path: string; readonly method: string | undefined; readonly tools: DialectTools },
): RouteFinding {
  const docs = tools.docsOf(statement)
  return {
    nodes: [statement, value],
    path,
    ...(method === undefined ? {} : { method }),
    ...readAnswer(functionOf(value, tools) ?? value, tools),
    ...(docs === undefined ? {} : { docs }),
  }
}
