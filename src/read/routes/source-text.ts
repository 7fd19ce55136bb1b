/** Route files as text: read, decoded, and extended by aliases for the types that annotations state. */
import { InputError } from '../../diagnostics.js'
import { type Bytes, decode } from '../openapi/decode.js'

/** A type that stands in a comment, and the alias that states it at the end of the file. */
export interface Alias {
  readonly name: string
  readonly text: string
  /** Where `text` stands in the file as it was written. */
  readonly offset: number
}

export const ALIAS_PREFIX = '__streamwright_'

/** @throws InputError of code `input-binary` or `input-encoding`. */
export function decodeSource(bytes: Bytes): string {
  try {
    return decode(bytes)
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause
    const hint = 'name TypeScript files, saved as UTF-8, or an OpenAPI document as .json, .yaml or .yml'
    throw new InputError({ ...cause.problem, hint }, { cause })
  }
}

/** The text as the compiler gets it; nothing of the original moves. */
export function withAliases(text: string, aliases: readonly Alias[]): string {
  return aliases.reduce((whole, alias) => `${whole}\n${aliasHead(alias)}${alias.text}${ALIAS_END}`, text)
}

/** The type is a member of an object: an alias of its own would take the place of the name that it has. */
const ALIAS_END = '\n}'

function aliasHead({ name }: Alias): string {
  return `type ${name} = { t: `
}

/** The offset in the file as written of one in the text as the compiler has it. */
export function originalOffset(
  offset: number,
  { text, aliases }: { readonly text: string; readonly aliases: readonly Alias[] },
): number {
  if (offset <= text.length) return offset
  let start = text.length
  for (const alias of aliases) {
    const begin = start + 1 + aliasHead(alias).length
    const end = begin + alias.text.length
    if (offset <= end) return alias.offset + Math.max(0, offset - begin)
    start = end + ALIAS_END.length
  }
  return text.trimEnd().length
}
