/**
 * `T` without the fields `K`, for each member of a union by itself; keeps index signatures, `readonly` and `?`,
 * which `Omit` loses.
 */
export type Without<T, K extends PropertyKey> = T extends unknown
  ? { [P in keyof T as P extends K ? never : P]: T[P] }
  : never
