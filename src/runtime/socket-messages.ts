import { StreamError } from './errors.js'

/** What a message is: JSON in a text frame, text as it is, or a binary frame. */
export type SocketPayload = 'json' | 'text' | 'binary'

/** What a binary message is sent from; it comes as `Uint8Array`. */
export type SocketBytes = ArrayBuffer | Uint8Array

/** The data of a frame: text, or bytes. */
export type SocketFrame = string | SocketBytes

/** The length of a frame: UTF-16 code units of text, else bytes. */
export function frameSize(frame: SocketFrame): number {
  return typeof frame === 'string' ? frame.length : frame.byteLength
}

/** Makes a frame. Throws what `JSON.stringify` throws, and a `StreamError` where it has no text. */
export function encodeMessage(message: unknown, payload: SocketPayload | undefined): SocketFrame {
  // The type of the message says that it is a frame already.
  const frame = payload === 'json' ? JSON.stringify(message) : (message as SocketFrame | undefined)
  if (frame === undefined) throw new StreamError('cannot be sent: not a message', { kind: 'network' })
  return frame
}

/** Reads a frame, the `position`th of the socket from 1. @returns a `StreamError` of kind `parse` where it cannot. */
export function decodeMessage(
  frame: SocketFrame,
  { payload, position }: { readonly payload: SocketPayload | undefined; readonly position: number },
): unknown {
  const isText = typeof frame === 'string'
  try {
    if (!isText && payload === 'binary') return new Uint8Array(frame)
    if (isText && payload !== 'binary') return payload === 'json' ? JSON.parse(frame) : frame
  } catch {
    // The exception of JSON.parse shows the text.
  }
  const excerpt = isText ? frame.slice(0, 1024) : ''
  return new StreamError(`message ${position} is ${isText ? `not ${payload}` : 'binary'}`, {
    kind: 'parse',
    position,
    excerpt,
  })
}
