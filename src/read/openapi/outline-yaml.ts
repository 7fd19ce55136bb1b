/** Places of the values of a YAML text, from the events of js-yaml. */
import type { AliasEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml'
import type { Mark } from '../../outline.js'

interface Frame {
  readonly kind: 'document' | 'mapping' | 'sequence'
  readonly members: Map<string, Mark>
  /** In a mapping, the key whose value comes next. */
  key: { readonly text: string; readonly offset: number } | undefined
}

export interface YamlEvents {
  readonly text: string
  readonly events: readonly Event[]
  /** The decoded value of a scalar. */
  readonly decode: (scalar: ScalarEvent) => string
}

/** js-yaml numbers its events; these are the numbers of `EVENT_ID`. */
const DOCUMENT = 1
const SEQUENCE = 2
const MAPPING = 3
const SCALAR = 4
const ALIAS = 5
const POP = 6

/** Marks every value. An alias has the members of what it stands for, at the places where those are written. */
export function outlineYaml({ text, events, decode }: YamlEvents): Mark {
  const anchors = new Map<string, Mark>()
  const stack: Frame[] = []
  let root: Mark = { offset: 0 }
  let last = 0
  const scalarOffset = (event: ScalarEvent): number => {
    // A value that is left out has no place of its own: it is where the last one was.
    if (event.valueStart !== -1) last = event.valueStart - quoteWidth(text, event)
    return last
  }
  const place = (event: SequenceEvent | MappingEvent | ScalarEvent | AliasEvent, mark: Mark): void => {
    if (event.anchorStart !== -1 && event.type !== ALIAS) {
      anchors.set(text.slice(event.anchorStart, event.anchorEnd), mark)
    }
    const frame = stack.at(-1)
    if (frame === undefined || frame.kind === 'document') {
      root = mark
    } else if (frame.kind === 'sequence') {
      frame.members.set(String(frame.members.size), mark)
    } else if (frame.key === undefined) {
      const key = event.type === SCALAR ? decode(event) : ''
      frame.key = { text: key, offset: mark.offset }
    } else {
      frame.members.set(frame.key.text, { ...mark, offset: frame.key.offset })
      frame.key = undefined
    }
  }
  for (const event of events) {
    switch (event.type) {
      case DOCUMENT:
        stack.push({ kind: 'document', members: new Map(), key: undefined })
        break
      case SEQUENCE:
      case MAPPING: {
        const members = new Map<string, Mark>()
        place(event, { offset: event.start, members })
        stack.push({ kind: event.type === MAPPING ? 'mapping' : 'sequence', members, key: undefined })
        break
      }
      case SCALAR:
        place(event, { offset: scalarOffset(event) })
        break
      case ALIAS: {
        const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd))
        place(event, { ...target, offset: event.anchorStart - 1 })
        break
      }
      case POP:
        stack.pop()
        break
    }
  }
  return root
}

/** The events give the text within the quotes; people look at the quote. */
function quoteWidth(text: string, { valueStart }: ScalarEvent): number {
  const before = text[valueStart - 1]
  return before === '"' || before === "'" ? 1 : 0
}
