/** Decodes the pieces of one body, and `undefined` at its end. */
export type TextDecode = (bytes: Uint8Array | undefined) => string

/**
 * Makes a decoder: UTF-8 whatever the header says, one byte order mark
 * dropped, wrong bytes as U+FFFD, or a `TypeError` for them if `fatal`.
 */
export function newTextDecoder(fatal: boolean = false): TextDecode {
  // The first takes a byte order mark.
  let decoder = new TextDecoder('utf-8', { fatal })
  let isFast = false
  return (bytes) => {
    // Only a chunk that may end inside of a character needs `stream`, which makes a decoder of Node several times slower.
    const stream = !!bytes && (bytes[bytes.length - 1] ?? 128) > 127
    const text = decoder.decode(bytes, { stream })
    isFast &&= !stream
    if (!isFast && !stream) {
      decoder = new TextDecoder('utf-8', { fatal, ignoreBOM: true })
      isFast = true
    }
    return text
  }
}

/** What a server said in its own way: not all send JSON where they say so, and it may have been cut. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
