/** The whole path of a method: the global prefix, the version, the path of the module, the prefix of the controller, its own. */
import { ts } from '../compiler.js'
import type { ConstantValue, DialectTools, Unreadable } from '../dialect.js'
import { type Decorators, textOf } from './nestjs-decorators.js'
import { callsOf, perProject } from './syntax.js'

interface Method {
  readonly controller: Decorators
  readonly method: Decorators
  readonly verb: string
  /** What the module of the controller has before all of its paths. */
  readonly modulePath: string
}

/** One for each combination of the paths and versions that the decorators state. */
export function prefixesOf(found: Method, tools: DialectTools): (string | Unreadable)[] {
  const { controller, method, verb, modulePath } = found
  const [stated] = controller.get('Controller')?.arguments ?? []
  const literal = stated && tools.unwrap(stated)
  const options = literal && ts.isObjectLiteralExpression(literal) ? literal : undefined
  const outer = textsOf(options ? tools.property(options, 'path') : stated, tools)
  // `@Get('x') @Sse()` states the path in either of them.
  const [own] = method.get(verb)?.arguments ?? []
  const inner = textsOf(own ?? method.get('Sse')?.arguments[0], tools)
  const version = method.get('Version')?.arguments[0] ?? (options && tools.property(options, 'version'))
  const global = globalPrefix(tools)
  const versions = versionsOf(version, tools)
  const broken = [outer, inner, global.prefix, versions].find((part) => isUnreadable(part))
  if (broken !== undefined && isUnreadable(broken)) return [broken]
  const paths = listOf(outer).flatMap((first) => listOf(inner).map((second) => join([modulePath, first, second])))
  return paths.flatMap((path) => {
    const start = typeof global.prefix === 'string' && !global.excluded.includes(path) ? global.prefix : ''
    return listOf(versions).map((one) => join([start, one, path]))
  })
}

type Texts = readonly string[] | Unreadable

function isUnreadable(part: Texts | string): part is Unreadable {
  return typeof part === 'object' && 'kind' in part
}

function listOf(texts: Texts): readonly string[] {
  return isUnreadable(texts) ? [] : texts
}

/** A text or a list of them; none is the empty path. */
function textsOf(node: ts.Expression | undefined, tools: DialectTools): Texts {
  if (node === undefined) return ['']
  const constant = tools.constant(node)
  const values: readonly ConstantValue[] =
    constant.kind === 'unknown' ? [undefined] : isList(constant.value) ? constant.value : [constant.value]
  const texts = values.filter((value) => typeof value === 'string')
  if (texts.length === values.length) return texts
  return tools.unreadable(node, { message: 'the path is not a constant' })
}

function isList(value: ConstantValue): value is readonly ConstantValue[] {
  return Array.isArray(value)
}

function join(parts: readonly string[]): string {
  const path = parts.map((part) => part.replace(/^\/+|\/+$/g, '')).filter((part) => part !== '')
  return `/${path.join('/')}`
}

interface GlobalPrefix {
  readonly prefix: string | Unreadable
  /** The paths that go without it. */
  readonly excluded: readonly string[]
}

/** `app.setGlobalPrefix('api', { exclude: ['health'] })`, wherever the project has it. */
const globalPrefix = perProject((tools: DialectTools): GlobalPrefix => {
  const calls = tools.context
    .filter((source) => source.text.includes('setGlobalPrefix'))
    .flatMap((source) => callsOf(source, ['setGlobalPrefix']))
  const found = new Map<string | undefined, ts.Expression>()
  for (const { arguments: given } of calls) if (given[0] !== undefined) found.set(textOf(given[0], tools), given[0])
  const [[only, node] = ['', undefined], ...others] = found
  if (node === undefined) return { prefix: '', excluded: [] }
  const excluded = calls.flatMap(({ arguments: [, options] }) => excludedBy(options, tools))
  if (only !== undefined && others.length === 0) return { prefix: only, excluded }
  const message =
    only === undefined ? 'the global prefix is not a constant' : 'the project sets several global prefixes'
  return { prefix: tools.unreadable(node, { message, hint: 'state the whole path by @stream' }), excluded }
})

/** Texts, and objects with a path. */
function excludedBy(options: ts.Expression | undefined, tools: DialectTools): string[] {
  const stated = options && tools.property(options, 'exclude')
  const list = stated && tools.unwrap(stated)
  if (list === undefined || !ts.isArrayLiteralExpression(list)) return []
  return list.elements.flatMap((element) => {
    const path = textOf(tools.property(element, 'path') ?? element, tools)
    return path === undefined ? [] : [join([path])]
  })
}

/** The versions of a route as segments of its path; one empty one where none is in it. */
function versionsOf(stated: ts.Expression | undefined, tools: DialectTools): Texts {
  const versioning = versioningOf(tools)
  const version = stated ?? versioning?.standard
  if (versioning === undefined || version === undefined) return ['']
  if (/\bVERSION_NEUTRAL\b/.test(version.getText())) return ['']
  const texts = textsOf(version, tools)
  if (!isUnreadable(texts)) return texts.map((text) => `${versioning.prefix}${text}`)
  return tools.unreadable(version, {
    message: 'the version is not a constant',
    hint: 'state the whole path by @stream',
  })
}

interface Versioning {
  /** What stands before the number: `v`. */
  readonly prefix: string
  /** The version of what states none. */
  readonly standard: ts.Expression | undefined
}

/** Versions are in the path where the project enables that kind, which is the default. */
const versioningOf = perProject((tools: DialectTools): Versioning | undefined => {
  for (const source of tools.context) {
    if (!source.text.includes('enableVersioning')) continue
    for (const { arguments: given } of callsOf(source, ['enableVersioning'])) {
      const of = (name: string): ts.Expression | undefined => given[0] && tools.property(given[0], name)
      const type = of('type')
      if (type !== undefined && !(ts.isPropertyAccessExpression(type) && type.name.text === 'URI')) continue
      const prefix = of('prefix')
      const isLeftOut = prefix?.kind === ts.SyntaxKind.FalseKeyword
      return { prefix: isLeftOut ? '' : (textOf(prefix, tools) ?? 'v'), standard: of('defaultVersion') }
    }
  }
  return undefined
})
