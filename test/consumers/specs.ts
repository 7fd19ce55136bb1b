/** The real documents beside this project, where they are present, with what their readers found in them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Expectation, Undecided } from './agreement.js'

const folder: string = fileURLToPath(new URL('../../../shared/specs', import.meta.url))

/** Tests that need the documents are skipped where this is false; in CI that is a failure. */
export const hasSpecs: boolean = existsSync(folder)

export interface Spec {
  /** The file name without its ending. */
  readonly name: string
  /** The absolute path of the document. */
  readonly file: string
  readonly expected: readonly Expectation[]
}

/** Every document with its expectations, sorted by name; empty where the documents are absent. */
export function readSpecs(): Spec[] {
  if (!hasSpecs) return []
  const names = readdirSync(join(folder, 'expected')).toSorted()
  return names.map((name) => {
    const { document, operations } = JSON.parse(readFileSync(join(folder, 'expected', name), 'utf8'))
    return { name: basename(name, '.json'), file: join(folder, document), expected: operations }
  })
}

/** Operations whose document allows two answers, as the readers say. */
export const undecided: { readonly [spec: string]: Undecided } = {
  docker: { kinds: { 'HEAD /_ping': ['void'] } },
  localai: { kinds: { 'GET /api/instructions/{name}': ['json'] } },
  'ogen-issue1710': { items: ['GET /events'] },
}
