/** Error replies of `responses: { 404: { content: { 'application/json': { schema } } } }`, by their types. */
import { ts } from '../compiler.js'
import type { DialectTools, RouteFinding } from '../dialect.js'

type ErrorTypes = NonNullable<RouteFinding['errorTypes']>

/** By the checker, so that replies that a function makes or a spread brings are read too. */
export function errorTypesOf(responses: ts.Expression, { checker }: DialectTools): ErrorTypes {
  const typeOf = (symbol: ts.Symbol): ts.Type =>
    checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(symbol, responses))
  const member = (type: ts.Type | undefined, name: string): ts.Type | undefined => {
    const symbol = type && checker.getPropertyOfType(type, name)
    return symbol && typeOf(symbol)
  }
  return checker.getPropertiesOfType(checker.getTypeAtLocation(responses)).flatMap((reply): ErrorTypes => {
    if (!/^(?:[45](?:\d\d|XX)|default)$/.test(reply.name)) return []
    const content = member(typeOf(reply), 'content')
    const media =
      content && checker.getPropertiesOfType(content).find(({ name }) => /^application\/(?:.+\+)?json\b/i.test(name))
    const type = media && member(member(typeOf(media), 'schema'), '_output')
    const isKnown = type !== undefined && (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) === 0
    return isKnown ? [{ status: reply.name, type: { type, node: responses } }] : []
  })
}
