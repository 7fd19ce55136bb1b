/** What the parsers take and give. */
import type { Report } from '../../diagnostics.js'
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
