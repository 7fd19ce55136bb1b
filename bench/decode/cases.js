/** What is decoded: the payloads, how they are framed, and where the bytes are cut. */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {'sse' | 'ndjson'} format
 * @property {() => readonly string[]} payloads JSON, one per item
 * @property {number} chunkSize in bytes
 * @property {number} [repeat] how often the body is read for one measurement
 */

/** @type {readonly Case[]} */
export const cases = [
  { name: 'SSE, 120 B events, 64 KB chunks', format: 'sse', payloads: () => tokens(30_000, 112), chunkSize: 65_536 },
  { name: 'SSE, 120 B events, 4 KB chunks', format: 'sse', payloads: () => tokens(30_000, 112), chunkSize: 4096 },
  { name: 'SSE, 120 B events, 37 B chunks', format: 'sse', payloads: () => tokens(8000, 112), chunkSize: 37 },
  { name: 'SSE, 45 KB events, 4 KB chunks', format: 'sse', payloads: () => reports(120, 45_000), chunkSize: 4096 },
  { name: 'SSE, one 2 MB event, 1 KB chunks', format: 'sse', payloads: () => [image(2_000_000)], chunkSize: 1024 },
  {
    name: 'NDJSON, 100 B records, 64 KB chunks',
    format: 'ndjson',
    payloads: () => tokens(30_000, 99),
    chunkSize: 65_536,
  },
  {
    name: 'NDJSON, 7 KB records, 64 KB chunks',
    format: 'ndjson',
    payloads: () => reports(800, 6999),
    chunkSize: 65_536,
  },
  {
    name: 'NDJSON, one 2 MB record, 1 KB chunks',
    format: 'ndjson',
    payloads: () => [image(2_000_000)],
    chunkSize: 1024,
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
 * One long string, as an image in Base64 is.
 *
 * @param {number} size
 */
function image(size) {
  return JSON.stringify({ id: 1, image: 'iVBORw0KGgo+'.repeat(size / 12) })
}
