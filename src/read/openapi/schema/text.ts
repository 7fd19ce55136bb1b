/** `type: string`: plain text, raw octets, or another document inside of the text. */
import { UNKNOWN } from '../../../combine.js'
import type { Type } from '../../../ir.js'
import { isJson, parseMediaType } from '../../../media-type.js'
import { child, type Node } from '../node.js'
import { peek, type Scope } from './context.js'

/**
 * Octets: `format: binary` (OpenAPI 3.0), or `contentMediaType` without `contentEncoding` (3.1, "Considerations for
 * Binary Data"). An encoded text stays a string. A JSON or text media type, or a `contentSchema`, makes an embedded
 * document.
 */
export function readText(node: Node, scope: Scope): Type {
  if (peek(node, 'format') === 'binary') return { kind: 'binary' }
  if (peek(node, 'contentEncoding') !== undefined) return { kind: 'string' }
  const hasSchema = peek(node, 'contentSchema') !== undefined
  const stated = peek(node, 'contentMediaType')
  if (typeof stated !== 'string' && !hasSchema) return { kind: 'string' }
  const mediaType = typeof stated === 'string' ? stated : 'application/json'
  const essence = parseMediaType(mediaType)?.essence ?? ''
  if (hasSchema) return { kind: 'embedded', mediaType, type: scope.context.nested(child(node, 'contentSchema'), scope) }
  if (isJson(essence)) return { kind: 'embedded', mediaType, type: UNKNOWN }
  return essence.startsWith('text/') ? { kind: 'embedded', mediaType, type: { kind: 'string' } } : { kind: 'binary' }
}
