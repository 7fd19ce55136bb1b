/** One item of a stream as text, for `inspect`. */
import { assertNever } from '../diagnostics.js'
import type { Endpoint, Type, TypeId } from '../ir.js'
import type { Naming } from './naming.js'
import { printType } from './print-type.js'
import type { Direction } from './type-names.js'

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
    case 'websocket': {
      // What comes in, or where nothing does what goes out.
      const { receive, send } = answer
      if ((receive ?? send)?.kind === 'binary') return 'Uint8Array'
      if (receive !== undefined) return print(receive)
      return send && print(send, 'request')
    }
    case 'json':
    case 'void':
      return undefined
    default:
      return assertNever(answer)
  }
}
