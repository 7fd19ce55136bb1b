import type { Sources } from '../sources.js'

/** What one call of the command line needs of the process around it. */
export interface Session {
  /** Standard output. */
  readonly writeOut: (text: string) => void
  /** Standard error. */
  readonly writeErr: (text: string) => void
  /** Which of the two show colours. */
  readonly colors: { readonly out: boolean; readonly err: boolean }
  readonly readStandardInput: () => Promise<Uint8Array>
  /** The texts that messages are about. */
  readonly sources: Sources
}

/**
 * Control characters but tab and line feed, and invisible marks that change the direction of text, as `\u001b`: text
 * of an input can then neither steer a terminal nor pretend to be something else. Inside JSON texts it changes nothing.
 */
export function escapeControls(text: string): string {
  return text.replace(/(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => unicodeEscape(character.charCodeAt(index))).join(''),
  )
}

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
