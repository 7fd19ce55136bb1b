/**
 * Which declarations are, by composition alone, parts of themselves. TypeScript accepts recursion through a field or
 * an item, and refuses `type A = A | B`. Strongly connected components after Tarjan (1972), found when asked for,
 * with an explicit stack.
 */
import type { TypeId } from '../../../ir.js'

export interface Edge {
  readonly to: TypeId
  /** The reference stands below an `allOf`. */
  readonly isConjunct: boolean
}

export interface Cycles {
  /** True where `to`, to which `from` refers, leads back to `from`; `by` says whether ways through `allOf` count. */
  leadsBack(way: { readonly from: TypeId; readonly to: TypeId; readonly by: 'any' | 'alternatives' }): boolean
}

/** `onDepth` is called with the length of the longest way so far, so that the caller can refuse a chain without end. */
export function newCycles(
  edgesOf: (id: TypeId) => readonly Edge[],
  onDepth: (depth: number, id: TypeId) => void,
): Cycles {
  const known = new Map<TypeId, readonly Edge[]>()
  const edges = (id: TypeId): readonly Edge[] => {
    const found = known.get(id) ?? edgesOf(id)
    known.set(id, found)
    return found
  }
  const graphs = {
    any: newComponents((id) => edges(id).map(({ to }) => to), onDepth),
    alternatives: newComponents((id) => edges(id).flatMap(({ to, isConjunct }) => (isConjunct ? [] : [to])), onDepth),
  }
  return {
    leadsBack({ from, to, by }) {
      const componentOf = graphs[by]
      return from === to || componentOf(from) === componentOf(to)
    },
  }
}

interface Step {
  readonly id: TypeId
  readonly next: TypeId[]
}

/** Numbers the components; two nodes have one number where each leads to the other. */
function newComponents(
  nextOf: (id: TypeId) => readonly TypeId[],
  onDepth: (depth: number, id: TypeId) => void,
): (id: TypeId) => number {
  const order = new Map<TypeId, number>()
  const low = new Map<TypeId, number>()
  const component = new Map<TypeId, number>()
  const open: TypeId[] = []

  const lower = (id: TypeId, value: number): void => {
    low.set(id, Math.min(low.get(id) ?? value, value))
  }
  const enter = (id: TypeId, path: Step[]): void => {
    order.set(id, order.size)
    lower(id, order.size - 1)
    open.push(id)
    path.push({ id, next: [...nextOf(id)] })
    onDepth(path.length, id)
  }
  const leave = ({ id }: Step, parent: Step | undefined): void => {
    const own = low.get(id) ?? 0
    if (parent !== undefined) lower(parent.id, own)
    if (own !== order.get(id)) return
    for (const member of open.splice(open.lastIndexOf(id))) component.set(member, own)
  }
  const search = (start: TypeId): void => {
    const path: Step[] = []
    enter(start, path)
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const to = step.next.pop()
      if (to === undefined) leave(step, path[path.length - 2])
      if (to === undefined) path.pop()
      else if (!order.has(to)) enter(to, path)
      else if (!component.has(to)) lower(step.id, order.get(to) ?? 0)
    }
  }
  return (id) => {
    if (!component.has(id)) search(id)
    return component.get(id) ?? -1
  }
}
