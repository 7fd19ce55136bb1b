/** The whole path of a method: the global prefix, the version, the prefix of the controller, its own. */
import { ts } from '../compiler.js'
import type { ConstantValue, DialectTools, Unreadable } from '../dialect.js'
import { type Decorators, textOf } from './nestjs-decorators.js'
import { callsOf, perProject } from './syntax.js'

interface Method {
  readonly controller: Decorators
  readonly method: Decorators
  readonly verb: string
  readonly node: ts.Node
}

/** One for each combination of the paths that the decorators state. */
export function prefixesOf(found: Method, tools: DialectTools): (string | Unreadable)[] {
  const { controller, method, verb, node } = found
  const [stated] = controller.get('Controller')?.arguments ?? []
  const literal = stated && tools.unwrap(stated)
  const options = literal && ts.isObjectLiteralExpression(literal) ? literal : undefined
  const outer = textsOf(options ? tools.property(options, 'path') : stated, tools)
  // `@Get('x') @Sse()` states the path in either of them.
  const [own] = method.get(verb)?.arguments ?? []
  const inner = textsOf(own ?? method.get('Sse')?.arguments[0], tools)
  const version = method.get('Version')?.arguments[0] ?? (options && tools.property(options, 'version'))
  const start = [globalPrefix(tools), ...versionOf(version, { node, tools })]
  const broken = [outer, inner, ...start].find((part) => isUnreadable(part))
  if (broken !== undefined && isUnreadable(broken)) return [broken]
  const texts = start.filter((part) => typeof part === 'string')
  return listOf(outer).flatMap((first) => listOf(inner).map((second) => join([...texts, first, second])))
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

/** `app.setGlobalPrefix('api')`, wherever the project has it. */
const globalPrefix = perProject((tools: DialectTools): string | Unreadable => {
  const found = new Map<string | undefined, ts.Expression>()
  for (const source of tools.context) {
    if (!source.text.includes('setGlobalPrefix')) continue
    for (const { arguments: given } of callsOf(source, ['setGlobalPrefix'])) {
      if (given[0] !== undefined) found.set(textOf(given[0], tools), given[0])
    }
  }
  const [[only, node] = ['', undefined], ...others] = found
  if (node === undefined) return ''
  if (only !== undefined && others.length === 0) return only
  const message =
    only === undefined ? 'the global prefix is not a constant' : 'the project sets several global prefixes'
  return tools.unreadable(node, { message, hint: 'state the whole path by @stream' })
})

/** Versions are in the path where the project enables that kind, which is the default. */
function versionOf(
  version: ts.Expression | undefined,
  { node, tools }: { readonly node: ts.Node; readonly tools: DialectTools },
): (string | Unreadable)[] {
  if (version === undefined || !hasVersionsInPath(tools)) return []
  const text = textOf(version, tools)
  if (text !== undefined) return [`v${text}`]
  return [tools.unreadable(node, { message: 'the version is not a constant', hint: 'state the whole path by @stream' })]
}

const hasVersionsInPath = perProject((tools: DialectTools): boolean =>
  tools.context.some((source) => {
    if (!source.text.includes('enableVersioning')) return false
    return callsOf(source, ['enableVersioning']).some(({ arguments: [options] }) => {
      const type = options && tools.property(options, 'type')
      return type === undefined || (ts.isPropertyAccessExpression(type) && type.name.text === 'URI')
    })
  }),
)
