/** Fresh: the handlers of files below `routes`. Their types are those of annotations. */
import { ts } from '../compiler.js'
import type { Dialect, DialectTools, RouteFile, RouteFinding } from '../dialect.js'
import { type Exported, exportsOf, handlerRoute, METHODS } from './exports.js'
import { below, pathOf } from './file-path.js'
import { lastName } from './syntax.js'

export const fresh: Dialect = {
  name: 'Fresh',
  // Other frameworks have a folder of this name too.
  mentions: /['"](?:\$fresh\/|(?:jsr:)?@fresh\/|fresh['"/])|\bdefine\.handlers\b/,
  read(file, tools) {
    const path = freshPath(file)
    if (path === undefined) return []
    return exportsOf(file.source, tools)
      .filter(({ name }) => /^handlers?$/.test(name))
      .flatMap((exported) => readHandlers(exported, { path, tools }))
  },
}

/** `routes/api/(internal)/jobs/[id].ts` → `/api/jobs/[id]`: groups are not in the path, nor is `index`. */
function freshPath(file: Pick<RouteFile, 'file' | 'path'>): string | undefined {
  const name = below(file, ['routes'])?.replace(/\.[jt]sx?$/, '')
  if (name === undefined || /(?:^|\/)_[^/]*$/.test(name)) return undefined
  return pathOf(name.replace(/(?:^|\/)index$/, ''), (folder) => /^\(.*\)$/.test(folder))
}

/** `{ GET(request) { … } }`, the same in `define.handlers(…)`, and one function for all methods. */
function readHandlers(
  exported: Exported,
  { path, tools }: { readonly path: string; readonly tools: DialectTools },
): RouteFinding[] {
  const node = ts.isExpression(exported.value) ? tools.unwrap(exported.value) : exported.value
  const [given] = ts.isCallExpression(node) ? node.arguments : []
  const literal = given === undefined ? node : tools.unwrap(given)
  if (!ts.isObjectLiteralExpression(literal)) {
    return [handlerRoute({ ...exported, value: literal }, { path, method: undefined, tools })]
  }
  return literal.properties.flatMap((member) => {
    const method = member.name && lastName(member.name)
    if (method === undefined || !METHODS.has(method)) return []
    const value = ts.isPropertyAssignment(member) ? member.initializer : member
    return [handlerRoute({ name: method, statement: member, value }, { path, method, tools })]
  })
}
