/** What is decoded: the payloads, how they are framed, and where the bytes are cut. */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {'sse' | 'ndjson'} format
 * @property {() => readonly string[]} payloads JSON, one per item
 * @property {number} chunkSize in bytes
 * @property {number} rounds
 * @property {string} [target] for the share of the floor
 */

const large = 65_536

/** @type {readonly Case[]} */
export const cases = [
  {
    name: 'SSE, 120 B events, 64 KB chunks',
    format: 'sse',
    payloads: () => tokens(30_000, 112),
    chunkSize: large,
    rounds: 15,
    target: '0.80, 0.70',
  },
  {
    name: 'SSE, 120 B events, 4 KB chunks',
    format: 'sse',
    payloads: () => tokens(30_000, 112),
    chunkSize: 4096,
    rounds: 15,
  },
  {
    name: 'SSE, 120 B events, 37 B chunks',
    format: 'sse',
    payloads: () => tokens(8000, 112),
    chunkSize: 37,
    rounds: 15,
  },
  {
    name: 'SSE, 45 KB events, 4 KB chunks',
    format: 'sse',
    payloads: () => images(200, 45_000),
    chunkSize: 4096,
    rounds: 15,
  },
  {
    name: 'SSE, one 2 MB event, 1 KB chunks',
    format: 'sse',
    payloads: () => images(1, 2_000_000),
    chunkSize: 1024,
    rounds: 9,
  },
  {
    name: 'NDJSON, 100 B records, 64 KB chunks',
    format: 'ndjson',
    payloads: () => tokens(30_000, 99),
    chunkSize: large,
    rounds: 15,
  },
  {
    name: 'NDJSON, 7 KB records, 64 KB chunks',
    format: 'ndjson',
    payloads: () => reports(800, 6999),
    chunkSize: large,
    rounds: 15,
  },
  {
    name: 'NDJSON, one 2 MB record, 1 KB chunks',
    format: 'ndjson',
    payloads: () => images(1, 2_000_000),
    chunkSize: 1024,
    rounds: 9,
  },
]

/**
 * The body as it comes from the network.
 *
 * @param {Case} benchCase
 */
export function bodyOf({ format, payloads, chunkSize }) {
  const items = payloads()
  const text = items.map((item) => (format === 'sse' ? `data: ${item}\n\n` : `${item}\n`)).join('')
  const bytes = new TextEncoder().encode(text)
  const chunks = []
  for (let start = 0; start < bytes.length; start += chunkSize) chunks.push(bytes.slice(start, start + chunkSize))
  return { items, chunks }
}

/**
 * What language models stream, each of so many bytes.
 *
 * @param {number} count
 * @param {number} size
 */
function tokens(count, size) {
  return Array.from({ length: count }, (_, index) => {
    const choice = { index: 0, delta: { content: '' }, finish_reason: null }
    const token = { id: `c${String(index).padStart(6, '0')}`, choices: [choice] }
    choice.delta.content = ' word'.repeat(9).slice(0, size - JSON.stringify(token).length)
    return JSON.stringify(token)
  })
}

/**
 * Objects with many rows, each of about so many bytes.
 *
 * @param {number} count
 * @param {number} size
 */
function reports(count, size) {
  return Array.from({ length: count }, (_, index) => {
    const rows = Array.from({ length: Math.floor(size / 90) }, (_, row) => ({
      id: index * 1000 + row,
      name: `row ${row} of the report`,
      value: row / 7,
      tags: ['open', 'late'],
    }))
    const report = { id: index, rows, rest: '' }
    report.rest = 'x'.repeat(Math.max(0, size - JSON.stringify(report).length))
    return JSON.stringify(report)
  })
}

/**
 * Each one long string, as an image in Base64 is.
 *
 * @param {number} count
 * @param {number} size
 */
function images(count, size) {
  return Array.from({ length: count }, (_, id) => JSON.stringify({ id, image: 'iVBORw0KGgo+'.repeat(size / 12) }))
}
