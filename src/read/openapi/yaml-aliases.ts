/** Aliases make one value stand in many places, or inside itself. What comes later walks documents as trees. */
import { InputError, type Place } from '../../diagnostics.js'
import { type Limits, limitError } from '../../limits.js'
import { findMark, lineStarts, type Mark, positionAt } from '../../outline.js'
import { escapeSegment } from './node.js'
import type { Text } from './parsed.js'

interface Visit {
  readonly value: object
  readonly keys: readonly string[]
  readonly children: readonly unknown[]
  /** How many of the children have been looked at. */
  next: number
  /** Values in it, itself included, as if each alias were written out. */
  size: number
}

export interface AliasOptions {
  readonly text: Text
  readonly outline: () => Mark
  readonly limits: Limits
}

/**
 * Makes sure that a value is a tree of bearable size once every alias is written out. Each object is looked at once.
 * @throws InputError of code `yaml-cycle` where an alias stands inside what it names, or of the limit `aliasNodes` at
 *   the alias that goes beyond it.
 */
export function checkAliases(root: unknown, { text, outline, limits }: AliasOptions): void {
  const sizes = new Map<object, number>()
  const stack: Visit[] = []
  const open = new Set<object>()
  let repeated = 0
  const enter = (value: object): void => {
    open.add(value)
    stack.push({ value, keys: Object.keys(value), children: Object.values(value), next: 0, size: 1 })
  }
  const here = (): Place => placeOf(stack, { text, outline })
  if (isParent(root)) enter(root)
  for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
    const child = visit.children[visit.next++]
    if (visit.next > visit.children.length) {
      stack.pop()
      open.delete(visit.value)
      sizes.set(visit.value, visit.size)
      const parent = stack.at(-1)
      if (parent) parent.size += visit.size
    } else if (!isParent(child)) {
      visit.size++
    } else if (open.has(child)) {
      throw cycleError(here())
    } else {
      const size = sizes.get(child)
      if (size === undefined) {
        enter(child)
        continue
      }
      visit.size += size
      repeated += size
      if (repeated > limits.aliasNodes) throw sizeError(here(), limits)
    }
  }
}

/** Where the child stands that the innermost visit looks at. */
function placeOf(stack: readonly Visit[], { text, outline }: Pick<AliasOptions, 'text' | 'outline'>): Place {
  const pointer = stack.map(({ keys, next }) => `/${escapeSegment(keys[next - 1] ?? '')}`).join('')
  const { offset } = findMark(outline(), pointer)
  return { file: text.file, pointer, ...positionAt(lineStarts(text.text), offset) }
}

function isParent(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function cycleError(place: Place): InputError {
  return new InputError({
    code: 'yaml-cycle',
    message: 'a YAML alias stands inside the value that it names, so that the value would have no end',
    place,
    hint: 'use a $ref in place of the alias: references may form cycles',
  })
}

function sizeError(place: Place, limits: Limits): InputError {
  const message = 'the aliases of the document, written out, repeat more values than'
  return limitError({ name: 'aliasNodes', limits, message, place })
}
