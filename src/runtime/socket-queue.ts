/** What waits to be read or sent: its size in UTF-16 code units or bytes. */
export interface Sized {
  readonly size: number
}

/** First in, first out, up to a total size. */
export interface SocketQueue<Item> {
  /** Takes an item; `false` if there is no room for it. */
  readonly push: (item: Item) => boolean
  readonly shift: () => Item | undefined
  readonly isEmpty: () => boolean
  readonly clear: () => void
}

/** Each item counts 256 besides its size, so that a flood of empty ones is bounded too. One alone may be larger. */
export function newSocketQueue<Item extends Sized>(limit = 4_194_304): SocketQueue<Item> {
  let incoming: Item[] = []
  // The oldest items, the first of them last.
  let oldest: Item[] = []
  let total = 0
  return {
    push: (item) => {
      const next = total + item.size + 256
      if (total && next > limit) return false
      total = next
      incoming.push(item)
      return true
    },
    shift: () => {
      if (!oldest.length) {
        oldest = incoming.reverse()
        incoming = []
      }
      const item = oldest.pop()
      if (item) total -= item.size + 256
      return item
    },
    isEmpty: () => !total,
    clear: () => {
      incoming = []
      oldest = []
      total = 0
    },
  }
}
