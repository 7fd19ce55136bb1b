/** The frameworks that are read. The order decides nothing but whose finding comes first where two read one route. */
import type { Dialect } from './dialect.js'

export const DIALECTS: readonly Dialect[] = []
