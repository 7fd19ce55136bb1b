/** Keys of YAML mappings that are mappings or lists themselves, which no JSON value can have. */
import type { Event } from 'js-yaml'
import { InputError } from '../../diagnostics.js'
import { lineStarts, positionAt } from '../../outline.js'
import type { Text } from './parsed.js'

/** js-yaml numbers its events; these are the numbers of `EVENT_ID`. */
const MAPPING = 3
const POP = 6

/** @throws InputError of code `yaml-key` at the first such key: js-yaml tells of it without its place. */
export function refuseComplexKeys(events: readonly Event[], { file, text }: Text): void {
  // For each open collection: whether a key comes next; `undefined` where there are no keys.
  const open: (boolean | undefined)[] = []
  for (const event of events) {
    if (event.type === POP) {
      open.pop()
      continue
    }
    const isKey = open.at(-1)
    if (isKey === true && 'start' in event) throw keyError({ file, ...positionAt(lineStarts(text), event.start) })
    if (isKey !== undefined) open[open.length - 1] = !isKey
    if ('start' in event || 'explicitStart' in event) open.push(event.type === MAPPING ? true : undefined)
  }
}

function keyError(place: { readonly file: string; readonly line: number; readonly column: number }): InputError {
  return new InputError({
    code: 'yaml-key',
    message: 'a mapping or a list stands here as a key, and keys are text',
    place,
    hint: 'write the key as text, in quotes if need be',
  })
}
