/** What the parsers take and give. */
import { InputError, type Report } from '../../diagnostics.js'
import type { Limits } from '../../limits.js'
import type { Mark } from '../../outline.js'

export interface Text {
  /** As in `Place.file`. */
  readonly file: string
  readonly text: string
}

export interface Parsed {
  readonly format: 'json' | 'yaml'
  readonly value: unknown
  readonly outline: () => Mark
}

export interface ParseOptions {
  readonly limits: Limits
  readonly report: Report
}

/** The error for a text with nothing in it. */
export function emptyError(file: string): InputError {
  return new InputError({
    code: 'input-empty',
    message: 'the document is empty',
    place: { file },
    hint: 'name an OpenAPI document, and look at what was to write this one',
  })
}
