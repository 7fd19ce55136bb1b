/** What the decorators of a method's parameters say of the request. */
import { ts } from '../compiler.js'
import type { DialectTools, FoundParameter, RouteFinding, TypeSource } from '../dialect.js'
import { decoratorsOf, textOf } from './nestjs-decorators.js'

const PLACES = { Param: 'path', Query: 'query', Headers: 'header' } as const
const WHOLES = { Param: 'params', Query: 'query', Headers: 'headers', Body: 'body' } as const

type Inputs = Pick<RouteFinding, 'params' | 'query' | 'headers' | 'body' | 'parameters'>
type Whole = { -readonly [Role in 'params' | 'query' | 'headers' | 'body']?: TypeSource }

/** `@Param('id') id: string` is one parameter, `@Query() query: ListQuery` all of them. */
export function readInputs(method: ts.MethodDeclaration, tools: DialectTools): Inputs {
  const parameters: FoundParameter[] = []
  const whole: Whole = {}
  for (const parameter of method.parameters) {
    const decorators = decoratorsOf(parameter)
    for (const [decorator, role] of Object.entries(WHOLES)) {
      const found = decorators.get(decorator)
      if (found === undefined) continue
      const name = textOf(found.arguments[0], tools)
      const place = Object.entries(PLACES).find(([key]) => key === decorator)?.[1]
      if (name === undefined) whole[role] = typeOf(parameter, tools)
      else if (place !== undefined) parameters.push({ ...one(parameter, tools), in: place, name })
    }
  }
  return { ...whole, ...(parameters.length === 0 ? {} : { parameters }) }
}

function one(parameter: ts.ParameterDeclaration, tools: DialectTools): Pick<FoundParameter, 'type' | 'optional'> {
  const type = typeOf(parameter, tools)
  const mayLack = type.type.isUnion() && type.type.types.some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0)
  const hasDefault = parameter.initializer !== undefined || /\bDefaultValuePipe\b/.test(parameter.getText())
  return { type, optional: parameter.questionToken !== undefined || hasDefault || mayLack }
}

function typeOf(parameter: ts.ParameterDeclaration, tools: DialectTools): TypeSource {
  if (parameter.type !== undefined) return tools.typeOf(parameter.type)
  return { type: tools.checker.getTypeAtLocation(parameter), node: parameter }
}
