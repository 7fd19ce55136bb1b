/** Which of the files that are named hold routes, found by their text before anything is parsed. */
import { resolve } from 'node:path'
import { disk } from '../../file-system.js'
import type { Limits } from '../../limits.js'
import { readDocumentFile } from '../openapi/read-file.js'
import { type Annotation, type AnnotationFault, findAnnotations } from './annotation.js'
import type { TypeText } from './comment.js'
import type { Dialect } from './dialect.js'
import { ALIAS_PREFIX, type Alias, decodeSource, withAliases } from './source-text.js'

export interface Candidate {
  /** As in `Place.file`. */
  readonly file: string
  /** Absolute, with `/`. */
  readonly path: string
  readonly text: string
  readonly annotations: readonly (Annotation | AnnotationFault)[]
  readonly aliases: readonly Alias[]
  /** What the compiler gets. */
  readonly extended: string
  readonly dialects: readonly Dialect[]
}

export interface CandidateOptions {
  /** Absolute path of the working folder. */
  readonly root: string
  readonly limits: Limits
  readonly dialects: readonly Dialect[]
}

/** @throws InputError for a file that cannot be read or is no text. */
export function findCandidates(files: readonly string[], { root, limits, dialects }: CandidateOptions): Candidate[] {
  let count = 0
  return files.flatMap((file): Candidate[] => {
    const path = resolve(root, file).replaceAll('\\', '/')
    const bytes = readDocumentFile({ path, file, fileSystem: disk, limits })
    const text = decodeSource({ file, bytes })
    const mentioned = dialects.filter(({ mentions }) => mentions.test(text))
    const annotations = findAnnotations(text)
    if (mentioned.length === 0 && annotations.length === 0) return []
    const aliases = annotations
      .flatMap(typeTexts)
      .map((type): Alias => ({ name: `${ALIAS_PREFIX}${count++}`, ...type }))
    return [{ file, path, text, annotations, aliases, extended: withAliases(text, aliases), dialects: mentioned }]
  })
}

function typeTexts(annotation: Annotation | AnnotationFault): TypeText[] {
  if ('message' in annotation) return []
  const events = (annotation.events ?? []).flatMap(({ type }) => type ?? [])
  return [...events, ...Object.values(annotation.types)]
}
