import { frameSize, type SocketFrame } from './socket-messages.js'
import { newSocketQueue } from './socket-queue.js'

/** Frames that wait to be read. */
export interface Inbox {
  /** `false` if there is no room for it. */
  readonly push: (frame: SocketFrame) => boolean
  /** Waits for a frame; `undefined` once it is ended and empty. One call at a time. */
  readonly next: () => Promise<SocketFrame | undefined>
  readonly isEmpty: () => boolean
  /** Nothing more comes. */
  readonly end: () => void
  readonly clear: () => void
}

/** `limit` is in UTF-16 code units and bytes. */
export function newInbox(limit: number | undefined): Inbox {
  const queue = newSocketQueue<{ readonly size: number; readonly frame: SocketFrame }>(limit)
  let isEnded = false
  let wake = (): void => {}
  return {
    push: (frame) => {
      const fits = queue.push({ size: frameSize(frame), frame })
      wake()
      return fits
    },
    next: async () => {
      while (!isEnded && queue.isEmpty()) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return queue.shift()?.frame
    },
    isEmpty: queue.isEmpty,
    end: () => {
      isEnded = true
      wake()
    },
    clear: queue.clear,
  }
}
