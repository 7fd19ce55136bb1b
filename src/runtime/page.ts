import type { StreamStatus } from './session.js'

/** The part of an event stream that is watched. */
export interface WatchedStream {
  readonly status: StreamStatus
  close(): void
  lastEventId(): string
}

/** What the page does to a stream. */
export interface PageOptions {
  /** Closes the stream while the page is hidden. Without it a hidden page goes on reading. */
  readonly closeWhenHidden?: boolean
}

/**
 * Keeps an event stream in step with the page: it is closed when the page enters the back/forward cache, which open
 * connections would keep it out of, opened again from the last event when the page comes back, and does not wait for the
 * end of a back-off once the browser is online again. `open` gets the id to resume from and must pass it on as
 * `lastEventId`; a stream that ended or failed by itself is not opened again. Outside of a page it only opens.
 *
 * @returns closes the stream and stops watching.
 */
export function watchPage(open: (lastEventId: string) => WatchedStream, options: PageOptions = {}): () => void {
  // Not every consumer has the DOM library, and servers have no page.
  const page = globalThis as unknown as Partial<EventTarget> & {
    readonly document?: EventTarget & { hidden?: boolean }
  }
  let stream = open('')
  let isPaused = false

  const pause = (): void => {
    isPaused ||= stream.status !== 'closed'
    stream.close()
  }
  const resume = (): void => {
    if (isPaused) stream = open(stream.lastEventId())
    isPaused = false
  }
  const onOnline = (): void => {
    if (stream.status !== 'reconnecting') return
    pause()
    resume()
  }
  const onVisibility = (): void => {
    if (!options.closeWhenHidden) return
    if (page.document?.hidden) pause()
    else resume()
  }

  page.addEventListener?.('pagehide', pause)
  page.addEventListener?.('pageshow', resume)
  page.addEventListener?.('online', onOnline)
  page.document?.addEventListener('visibilitychange', onVisibility)
  return () => {
    page.removeEventListener?.('pagehide', pause)
    page.removeEventListener?.('pageshow', resume)
    page.removeEventListener?.('online', onOnline)
    page.document?.removeEventListener('visibilitychange', onVisibility)
    stream.close()
  }
}
