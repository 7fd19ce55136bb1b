/**
 * Counts what operations are made of, each time that it is read. References let thousands of operations share one large
 * response, so that a document of some kilobytes would be an output of gigabytes.
 */
import { type Limits, limitError } from '../../limits.js'
import { type Documents, isObject, type Node } from './node.js'

export interface Budget {
  /** Counts one part: a long text or a long list of values in it counts as several. @throws InputError of the limit `parts`. */
  spend(node: Node): void
}

/** What counts as one more part: it costs about as much memory as a small schema. */
const CHARACTERS = 256
const MEMBERS = 16

export function newBudget(documents: Documents, limits: Limits): Budget {
  let spent = 0
  return {
    spend: (node) => {
      spent += costOf(node.value)
      if (spent <= limits.parts) return
      const message = 'the operations, with all that they share written out, have more parts than'
      throw limitError({ name: 'parts', limits, message, place: documents.place(node.at) })
    },
  }
}

function costOf(value: unknown): number {
  if (!isObject(value)) return 1
  const { description, summary, default: preset, enum: values } = value
  const characters = [description, summary, preset].reduce<number>((sum, text) => sum + lengthOf(text), 0)
  return 1 + Math.floor(characters / CHARACTERS) + (Array.isArray(values) ? Math.floor(values.length / MEMBERS) : 0)
}

function lengthOf(text: unknown): number {
  return typeof text === 'string' ? text.length : 0
}
