/** The name of a declaration, as its author would call it. `names.ts` makes an identifier of it. */
import type { Node } from '../node.js'

/** Segments of a pointer that say where schemas are kept, not which one it is. */
const PLACES: ReadonlySet<string> = new Set(
  `$defs additionalProperties allOf anyOf components content contentSchema definitions headers items oneOf parameters
  paths patternProperties prefixItems properties requestBody requestBodies responses schema schemas`.split(/\s+/),
)

/** The component's own name; for a schema elsewhere the telling parts of its pointer, else the name of its file. */
export function nameOf({ at: { file, pointer } }: Node, title: unknown): string {
  const segments = pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
  const telling = segments.filter((segment) => !PLACES.has(segment) && !segment.startsWith('application/'))
  const [, container, name] = segments
  const isComponent = segments.length === 3 && container === 'schemas' && name !== undefined
  if (isComponent) return name
  if (segments.length === 2 && segments[0] === 'definitions') return segments[1] ?? ''
  if (telling.length > 0) return telling.join(' ')
  const base = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
  return typeof title === 'string' && title.trim() !== '' ? title : base
}
