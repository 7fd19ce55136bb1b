import { lost, StreamError } from './errors.js'
import { type Session, wait } from './session.js'

/** The next bytes of the body; `undefined` at its end. Rejects when the connection is lost or idle for too long. */
export async function readBytes(session: Session): Promise<Uint8Array | undefined> {
  const { reader, settings } = session
  const { idleTimeout: after } = settings
  try {
    const work = reader?.read()
    const part = await (work && after ? wait(session, work, { after, missing: 'bytes' }) : work)
    return part?.value
  } catch (cause) {
    throw lost('connection lost', cause)
  }
}

/**
 * Decodes the pieces of one body, and `undefined` at its end: UTF-8 whatever the header says, one byte order mark
 * dropped, wrong bytes as U+FFFD, or refused if `fatal`. `undefined` where there is no more.
 */
export function newTextDecoder(fatal: boolean = false): (bytes: Uint8Array | undefined) => string | undefined {
  // Node is several times slower with `stream`: it is for those chunks that may end inside of a character.
  const options = { ignoreBOM: true, fatal }
  const whole = new TextDecoder('utf-8', options)
  const cut = new TextDecoder('utf-8', options)
  let isCut = false
  let isStart = true
  return (bytes) => {
    const stream = !!bytes && !((bytes[bytes.length - 1] ?? 128) < 128)
    let text: string
    try {
      text = (isCut || stream ? cut : whole).decode(bytes, { stream })
    } catch {
      throw new StreamError('the text is not UTF-8', { kind: 'parse' })
    }
    isCut = stream
    if (isStart && text) {
      isStart = false
      text = text.replace(/^\ufeff/, '')
    }
    return text || (bytes && '')
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
