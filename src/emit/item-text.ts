/** One item of a stream as text, for `inspect`. */
import { assertNever } from '../diagnostics.js'
import type { Endpoint, Type, TypeId } from '../ir.js'
import type { Direction, Naming } from './naming.js'
import { printType } from './print-type.js'

/** The TypeScript text of one item; `undefined` for an answer that has none. */
export function itemText({ answer }: Endpoint, naming: Naming): string | undefined {
  const print = (type: Type, direction: Direction = 'response'): string => {
    const nameOf = (id: TypeId): string => naming.typeName(id, direction)
    return printType(type, { nameOf, indent: 0, direction })
  }
  switch (answer.kind) {
    case 'sse':
      return [...new Set(answer.events.map(({ type }) => print(type)))].join(' | ')
    case 'ndjson':
    case 'json-seq':
      return print(answer.item)
    case 'text':
      return 'string'
    case 'binary':
      return 'Uint8Array'
    // What comes in, or where nothing does what goes out.
    case 'websocket':
      if (answer.receive !== undefined) return print(answer.receive)
      return answer.send && print(answer.send, 'request')
    case 'json':
    case 'void':
      return undefined
    default:
      return assertNever(answer)
  }
}
