/** Readers of the server. Each gets its module loaded, for what is measured is reading and not loading. */

import { WebSocket } from 'ws'

const ours = '../.generated/streamwright/bundle.js'

/**
 * @typedef {object} Reader
 * @property {string} [from] the module
 * @property {(module: any, baseUrl: string, use: (item: unknown) => Promise<void>) => Promise<unknown>} read
 */

/** `use` is called for each item and takes its time. */
/** @type {Readonly<Record<string, Reader>>} */
export const slowReaders = {
  'ours, SSE callbacks': { from: ours, read: (api, baseUrl, use) => api.watchEvents({ baseUrl, onMessage: use }).done },
  'ours, SSE for await': { from: ours, read: (api, baseUrl, use) => drain(api.watchEvents({ baseUrl }), use) },
  'ours, NDJSON callbacks': {
    from: ours,
    read: (api, baseUrl, use) => api.exportRecords({ baseUrl, onChunk: use }).done,
  },
  'ours, NDJSON for await': { from: ours, read: (api, baseUrl, use) => drain(api.exportRecords({ baseUrl }), use) },
  'ours, socket callbacks': {
    from: ours,
    read: (api, baseUrl, use) => api.watchMessages({ baseUrl, WebSocket, onMessage: use }).done,
  },
  'ours, socket for await': {
    from: ours,
    read: (api, baseUrl, use) => drain(api.watchMessages({ baseUrl, WebSocket }), use),
  },
  'hey-api': {
    from: '../.generated/hey-api/bundle.js',
    read: async (api, baseUrl, use) => drain((await api.watchEvents({ baseUrl })).stream, use),
  },
  'it-ndjson': {
    from: 'it-ndjson',
    read: async ({ parse }, baseUrl, use) => drain(parse((await fetch(`${baseUrl}/records`)).body), use),
  },
  openai: {
    from: 'openai/streaming',
    read: async ({ Stream }, baseUrl, use) =>
      drain(Stream.fromSSEResponse(await fetch(`${baseUrl}/events`), new AbortController()), use),
  },
  'fetch-event-source': {
    from: '@microsoft/fetch-event-source',
    read: ({ fetchEventSource }, baseUrl, use) =>
      fetchEventSource(`${baseUrl}/events`, { fetch, openWhenHidden: true, onmessage: queued(use) }),
  },
}

/** Each resolves with the number of bytes that came. */
/** @type {Readonly<Record<string, Reader>>} */
export const downloads = {
  'ours, blob()': { from: ours, read: async (api, baseUrl) => (await api.downloadReport({ baseUrl }).blob()).size },
  'response.blob()': { read: async (_, baseUrl) => (await (await fetch(`${baseUrl}/report`)).blob()).size },
  'ours, by chunks': {
    from: ours,
    read: async (api, baseUrl) => {
      let size = 0
      for await (const chunk of api.downloadReport({ baseUrl })) size += chunk.length
      return size
    },
  },
}

/**
 * @param {AsyncIterable<unknown>} items
 * @param {(item: unknown) => Promise<void>} use
 */
async function drain(items, use) {
  for await (const item of items) await use(item)
}

/**
 * A queue, which is what the user of a client that does not wait must have.
 *
 * @param {(item: unknown) => Promise<void>} use
 */
function queued(use) {
  let last = Promise.resolve()
  return (/** @type {{ data: string }} */ { data }) => {
    const item = JSON.parse(data)
    last = last.then(() => use(item))
  }
}
