/** The least that reading types costs: a program of the same files, and each type that is asked for, walked to its leaves. */
import { createRequire } from 'node:module'

const [, , folder, ...files] = process.argv
/** Of the same generation as the compiler that ts-morph brings. */
const ts = createRequire(new URL('../../package.json', import.meta.url))('typescript-6')
const program = ts.createProgram({ rootNames: files, options: settingsOf(folder) })
const checker = program.getTypeChecker()
const seen = new Set()
for (const file of files) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file))
  for (const symbol of checker.getExportsOfModule(module)) {
    if (symbol.flags & ts.SymbolFlags.Type) visit(checker.getDeclaredTypeOfSymbol(symbol))
  }
}
if (seen.size === 0) throw new Error('no type was found')

/** @param {string} project */
function settingsOf(project) {
  const { config } = ts.readConfigFile(`${project}/tsconfig.json`, ts.sys.readFile)
  return ts.parseJsonConfigFileContent(config, ts.sys, project).options
}

/** @param {any} type */
function visit(type) {
  if (seen.has(type)) return
  seen.add(type)
  if (type.isUnionOrIntersection()) return type.types.forEach(visit)
  if (!(type.flags & ts.TypeFlags.Object)) return
  for (const one of checker.getTypeArguments(type)) visit(one)
  if (type.symbol?.declarations?.some((one) => program.isSourceFileDefaultLibrary(one.getSourceFile()))) return
  for (const { type: item } of checker.getIndexInfosOfType(type)) visit(item)
  for (const property of checker.getPropertiesOfType(type)) visit(checker.getTypeOfSymbol(property))
}
