/** Gives problems the line and column of the place that they name by a JSON pointer. */
import { deepestPlace } from './deepest-place.js'
import { depthError, InputError, type Problem } from './diagnostics.js'
import type { Sources } from './sources.js'

/** The same problem, its place with line and column where the text is known. */
export function locate<P extends Pick<Problem, 'place'>>(problem: P, sources: Sources): P {
  const position = problem.place && sources.position(problem.place)
  return position ? { ...problem, place: { ...problem.place, ...position } } : problem
}

/** Runs `work`; an `InputError` comes out with its line and column. */
export async function locating<T>(sources: Sources, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InputError) || error.problem.place === undefined) throw error
    throw new InputError(locate(error.problem, sources), { cause: error })
  }
}

export interface DepthOptions {
  /** What the user named. */
  readonly inputs: readonly string[]
  readonly sources: Sources
}

/**
 * What is nested too deeply for the stack, below every limit, is the input's fault: the compiler of route files, for
 * one, recurses over whatever it is given.
 * @throws InputError of code `input-too-deep`, with the place that looks deepest in the texts that were read.
 */
export async function refusingDepth<T>({ inputs, sources }: DepthOptions, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof RangeError) || !cause.message.includes('call stack')) throw cause
    throw depthError({ place: deepestPlace(sources) ?? { file: inputs.join(', ') }, cause })
  }
}
