/**
 * Bounds on what an input may hold, so that a hostile or broken one ends in a message and not in a hang. Each can be
 * raised by `limits` in the config file or by `--limit NAME=NUMBER`.
 */
import { InputError, type Place } from './diagnostics.js'

export interface Limits {
  /** Bytes of one document. */
  readonly fileBytes: number
  /** Objects and arrays inside one another. */
  readonly depth: number
  /** Values that the aliases of a YAML document repeat, counted as if each were written out. */
  readonly aliasNodes: number
  /** Keys that the merges (`<<`) of a YAML document copy. */
  readonly mergeKeys: number
  /** Documents that one input consists of, by its references. */
  readonly documents: number
  /** References that lead from one to the next before a value is reached. */
  readonly referenceHops: number
  /** Operations of one input. */
  readonly operations: number
  /** Schemas, parameters, media types and requirements of all operations, counted as often as operations share them. */
  readonly parts: number
  /** Values of one `enum`. */
  readonly enumMembers: number
}

export const DEFAULT_LIMITS: Limits = {
  fileBytes: 64 * 1024 * 1024,
  depth: 1000,
  aliasNodes: 250_000,
  mergeKeys: 10_000,
  documents: 2000,
  referenceHops: 100,
  operations: 20_000,
  parts: 250_000,
  enumMembers: 20_000,
}

/** An error of code `limit-…` that names the limit and how to raise it. */
export function limitError({
  name,
  limits,
  message,
  place,
}: {
  readonly name: keyof Limits
  readonly limits: Limits
  /** What goes beyond it, such as `the document is nested more deeply than`; the limit is appended. */
  readonly message: string
  readonly place?: Place
}): InputError {
  const limit = limits[name]
  return new InputError({
    code: `limit-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    message: `${message} the limit "${name}" of ${limit}`,
    ...(place && { place }),
    hint: `if the document is to be trusted, raise the limit by --limit ${name}=${limit * 10}`,
  })
}
