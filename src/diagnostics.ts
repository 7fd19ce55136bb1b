/**
 * Problems with a place and a next step. `InputError` is the only thing this program throws on purpose.
 */

/** Where something stands: a JSON pointer into a document, or a line and a column of a source file, or both. */
export interface Place {
  /** The file as the user named it or as a `$ref` led to it, relative to the working folder, with `/` as separator. */
  readonly file: string
  /** RFC 6901 JSON pointer into the file as it was written; `''` is the whole document. */
  readonly pointer?: string
  /** Counted from 1. */
  readonly line?: number
  /** Counted from 1, in UTF-16 code units. */
  readonly column?: number
}

/** One thing to tell the user: what is wrong, where, and what to do about it. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** A stable name in kebab-case, such as `ref-not-found`; tests and `--report json` rely on it. */
  readonly code: string
  /** What is wrong, one sentence without a full stop. */
  readonly message: string
  readonly place?: Place
  /** The next step, one sentence without a full stop. */
  readonly hint: string
}

/** What a reader calls for each warning; errors are thrown as `InputError`. */
export type Report = (problem: Problem) => void

/** The input, the config or the call is wrong: exit code 2, nothing is written. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problem: Problem

  constructor(problem: Omit<Problem, 'severity'>, options?: ErrorOptions) {
    super(problem.message, options)
    this.problem = { severity: 'error', ...problem }
  }
}

/** The error for what is nested below every limit, and still too deeply for the stack. */
export function depthError({ place, cause }: { readonly place: Place; readonly cause: unknown }): InputError {
  return new InputError(
    {
      code: 'input-too-deep',
      message: 'the input is nested more deeply than this program can follow',
      place,
      hint: 'take the deepest part of it apart: give its inner parts names, and refer to them',
    },
    { cause },
  )
}

/** Marks a branch that the types rule out; the compiler refuses the call where a case of a union is forgotten. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`)
}
