/** Aliases make one value stand in many places, or inside itself. What comes later walks documents as trees. */
import { InputError } from '../../diagnostics.js'
import { type Limits, limitError } from '../../limits.js'

interface Visit {
  readonly value: object
  readonly children: readonly unknown[]
  next: number
  /** Values in it, itself included, as if each alias were written out. */
  size: number
}

/**
 * Makes sure that a value is a tree of bearable size once every alias is written out. Each object is looked at once.
 * @throws InputError of code `yaml-cycle` where an alias stands inside what it names, or of the limit `aliasNodes`.
 */
export function checkAliases(
  root: unknown,
  { file, limits }: { readonly file: string; readonly limits: Limits },
): void {
  const sizes = new Map<object, number>()
  const stack: Visit[] = []
  const open = new Set<object>()
  let distinct = 0
  const enter = (value: object): void => {
    open.add(value)
    distinct++
    stack.push({ value, children: Object.values(value), next: 0, size: 1 })
  }
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
      distinct++
    } else if (open.has(child)) {
      throw cycleError(file)
    } else {
      const size = sizes.get(child)
      if (size === undefined) enter(child)
      else visit.size += size
    }
  }
  const whole = isParent(root) ? (sizes.get(root) ?? 0) : 0
  if (whole - distinct > limits.aliasNodes) throw sizeError(file, limits)
}

function isParent(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function cycleError(file: string): InputError {
  return new InputError({
    code: 'yaml-cycle',
    message: 'a YAML alias stands inside the value that it names, so that the value would have no end',
    place: { file },
    hint: 'use a $ref in place of the alias: references may form cycles',
  })
}

function sizeError(file: string, limits: Limits): InputError {
  const message = 'the aliases of the document, written out, repeat more values than'
  return limitError({ name: 'aliasNodes', limits, message, place: { file } })
}
