/** What a binary message is sent from; it comes as `Uint8Array`. */
export type SocketBytes = ArrayBuffer | Uint8Array

/** The data of a frame: text, or bytes. */
export type SocketFrame = string | SocketBytes

/** Makes the frame of a message; `undefined` where it has none. */
export type EncodeMessage = (message: unknown) => SocketFrame | undefined

/** Reads a frame. Throws, or gives `undefined`, where it holds no message. */
export type DecodeMessage = (frame: SocketFrame) => unknown

/** JSON in a text frame. Throws what `JSON.stringify` throws. */
export function encodeJson(message: unknown): SocketFrame | undefined {
  return JSON.stringify(message)
}

/** JSON of a text frame. */
export function decodeJson(frame: SocketFrame): unknown {
  // Bytes become a text that is not JSON.
  return JSON.parse(`${frame}`)
}

/** A text frame or a binary one, as the type of the message says. */
export function encodeAsIs(message: unknown): SocketFrame {
  // See above.
  return message as SocketFrame
}

/** The text of a text frame. */
export function decodeText(frame: SocketFrame): string | undefined {
  return typeof frame === 'string' ? frame : undefined
}

/** The bytes of a binary frame. */
export function decodeBytes(frame: SocketFrame): Uint8Array | undefined {
  return typeof frame === 'string' ? undefined : new Uint8Array(frame)
}

/**
 * What a frame costs while it waits: UTF-16 code units of text, else bytes, and 256 besides, so that a flood of empty
 * ones is bounded too.
 */
export function frameCost(frame: SocketFrame): number {
  return (typeof frame === 'string' ? frame.length : frame.byteLength) + 256
}
