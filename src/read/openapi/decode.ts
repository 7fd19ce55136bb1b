/** Bytes to text. A document is UTF-8 (RFC 8259 section 8.1, and what YAML files are in practice); nothing is guessed. */
import { isUtf8 } from 'node:buffer'
import { InputError, type Place } from '../../diagnostics.js'
import { lineStarts, positionAt } from '../../outline.js'

export interface Bytes {
  /** As in `Place.file`. */
  readonly file: string
  readonly bytes: Uint8Array
}

/** A byte that is `undefined` is any but 0. */
type Start = readonly (number | undefined)[]

const MAGIC: readonly { readonly name: string; readonly bytes: Start }[] = [
  { name: 'a PNG image', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { name: 'a JPEG image', bytes: [0xff, 0xd8, 0xff] },
  { name: 'a GIF image', bytes: [0x47, 0x49, 0x46, 0x38] },
  { name: 'a PDF document', bytes: [0x25, 0x50, 0x44, 0x46] },
  { name: 'a ZIP archive', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'a gzip archive', bytes: [0x1f, 0x8b] },
  { name: 'a Zstandard archive', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'an xz archive', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: 'a 7z archive', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { name: 'a bzip2 archive', bytes: [0x42, 0x5a, 0x68, undefined, 0x31, 0x41, 0x59] },
]

const UTF16_AND_32: readonly Start[] = [
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0, undefined, 0, undefined],
  [undefined, 0, undefined, 0],
  [0, 0, 0xfe, 0xff],
  [0, 0, 0, undefined],
  [undefined, 0, 0, 0],
]

/**
 * Decodes UTF-8, with or without a byte order mark.
 * @throws InputError of code `input-binary` or `input-encoding`.
 */
export function decode({ file, bytes }: Bytes): string {
  const magic = MAGIC.find(({ bytes: start }) => startsWith(bytes, start))
  if (magic) throw binaryError({ file }, `this is ${magic.name} and no text`)
  if (bytes.length > 3 && UTF16_AND_32.some((start) => startsWith(bytes, start))) {
    throw new InputError({
      code: 'input-encoding',
      message: 'this file is encoded in UTF-16 or UTF-32, and what is read is UTF-8',
      place: { file },
      hint: 'save it as UTF-8; in Windows PowerShell write it with "Out-File -Encoding utf8" and not with >',
    })
  }
  if (!isUtf8(bytes)) throw invalidError({ file, bytes })
  const text = new TextDecoder('utf-8').decode(bytes)
  const nul = text.indexOf('\0')
  if (nul === -1) return text
  throw binaryError(
    { file, ...positionAt(lineStarts(text), nul) },
    'there is a NUL character in this file, which no text has',
  )
}

function startsWith(bytes: Uint8Array, start: Start): boolean {
  return start.every((byte, index) => (byte === undefined ? bytes[index] !== 0 : bytes[index] === byte))
}

function binaryError(place: Place, message: string): InputError {
  return new InputError({ code: 'input-binary', message, place, hint: 'name an OpenAPI document, as JSON or YAML' })
}

/** Bytes are looked at line by line: an invalid sequence never crosses the end of a line. */
function invalidError({ file, bytes }: Bytes): InputError {
  let start = 0
  for (let line = 1; start <= bytes.length; line++) {
    const next = bytes.indexOf(0x0a, start)
    const end = next === -1 ? bytes.length : next
    const part = bytes.subarray(start, end)
    if (!isUtf8(part)) {
      const column = new TextDecoder('utf-8').decode(part).indexOf('\ufffd') + 1
      return new InputError({
        code: 'input-encoding',
        message: 'there are bytes here that are no UTF-8',
        place: { file, line, column },
        hint: 'save the file as UTF-8; it may be Latin-1 or Windows-1252 now',
      })
    }
    start = end + 1
  }
  throw new Error('the text is UTF-8')
}
