/** What a dialect may ask, for one project. */
import type { Docs } from '../../ir.js'
import { ts } from './compiler.js'
import type { DialectTools, ImportSource, Unreadable } from './dialect.js'
import { newEvaluator, unwrap } from './evaluate.js'
import type { Places } from './places.js'

export interface ToolsOptions {
  readonly checker: ts.TypeChecker
  readonly places: Places
  /** Sorted by path. */
  readonly context: readonly ts.SourceFile[]
}

export function newTools({ checker, places, context }: ToolsOptions): DialectTools {
  const { constant, property, declarationOf } = newEvaluator(checker)
  const unreadable: DialectTools['unreadable'] = (node, words) => ({ kind: 'unreadable', node, ...words })
  return {
    checker,
    context,
    typeOf: (node) => ({ type: checker.getTypeFromTypeNode(node), node }),
    constant,
    text: (node, what): string | Unreadable => {
      const found = constant(node)
      if (found.kind === 'constant' && typeof found.value === 'string') return found.value
      // A constant of elsewhere is not at fault: the route that uses it is what has to be stated in another way.
      const isInside = found.kind === 'unknown' && found.node.getSourceFile() === node.getSourceFile()
      const at = isInside && found.node.pos >= node.pos && found.node.end <= node.end ? found.node : node
      return unreadable(at, { message: `the ${what} is not a constant text: route files are read and not run` })
    },
    property,
    unwrap,
    declarationOf,
    importedFrom,
    docsOf,
    placeOf: places.of,
    unreadable,
    fail: places.fail,
    warn: places.warn,
  }
}

/** By the text of the imports of the file: nothing is resolved. */
function importedFrom(node: ts.Identifier): ImportSource | undefined {
  for (const statement of node.getSourceFile().statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const name = statement.importClause && importedName(statement.importClause, node.text)
    if (name !== undefined) return { module: statement.moduleSpecifier.text, name }
  }
  return undefined
}

function importedName({ name, namedBindings }: ts.ImportClause, local: string): string | undefined {
  if (name?.text === local) return 'default'
  if (namedBindings === undefined) return undefined
  if (ts.isNamespaceImport(namedBindings)) return namedBindings.name.text === local ? '*' : undefined
  const element = namedBindings.elements.find((one) => one.name.text === local)
  return element && (element.propertyName ?? element.name).text
}

/** The last comment before a node or the statement that it begins. */
function docsOf(node: ts.Node): Docs | undefined {
  const parts = ts.getJSDocCommentsAndTags(node).filter((part) => ts.isJSDoc(part))
  const last = parts.at(-1)
  if (last === undefined) return undefined
  const text = ts.getTextOfJSDocComment(last.comment)?.trim()
  const deprecated = last.tags?.some(({ tagName }) => tagName.text === 'deprecated') === true
  if ((text === undefined || text === '') && !deprecated) return undefined
  return { ...(text === undefined || text === '' ? {} : { text }), ...(deprecated ? { deprecated } : {}) }
}
