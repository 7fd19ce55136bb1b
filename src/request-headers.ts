/** Headers for the request of an input that is a URL: what the user states, and which request gets it. */
import { InputError } from './diagnostics.js'

/** Values by name. They may be secrets: no message repeats one. */
export type RequestHeaders = Readonly<Record<string, string>>

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** RFC 9110 section 5.5, within what `fetch` can send: visible characters of Latin-1, blanks and tabs. */
const VALUE = /^[\t\x20-\x7e\xa0-\xff]*$/
/** What `fetch` decides by itself. */
const DECIDED: ReadonlySet<string> = new Set([
  ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
])

/**
 * Takes `Name: value` apart.
 * @throws InputError of code `header-invalid`.
 */
export function parseHeader(text: string): [name: string, value: string] {
  const colon = text.indexOf(':')
  if (colon > 0) return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()]
  throw invalid('a header has a name, a colon and a value', "write it as --header 'Authorization: Bearer …'")
}

/** @throws InputError of code `header-invalid` for what no request can carry. */
export function checkHeaders(headers: RequestHeaders): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name)) {
      throw invalid(`${JSON.stringify(name)} cannot be the name of a header`, 'use letters, digits and - only')
    }
    if (DECIDED.has(name.toLowerCase())) throw invalid(`the header "${name}" cannot be set`, 'leave it away')
    if (!VALUE.test(value)) {
      const hint =
        'remove line ends and whatever is not Latin-1; a value that was read from a file may end in a line feed'
      throw invalid(`the value of the header "${name}" holds characters that no header can carry`, hint)
    }
  }
}

function invalid(message: string, hint: string): InputError {
  return new InputError({ code: 'header-invalid', message, hint })
}
