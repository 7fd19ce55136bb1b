/** How large an app with one endpoint of each kind is: bundled, minified, gzipped. */

import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { generateStreamwright } from '../clients.js'

/** Each imports what it calls and nothing else, as an app does. Targets in bytes. */
const apps = [
  { name: 'SSE', calls: ['watchEvents({ onMessage: console.log })'], target: 2500 },
  {
    name: 'SSE and NDJSON',
    calls: ['watchEvents({ onMessage: console.log })', 'exportRecords({ onChunk: console.log })'],
    target: 3000,
  },
  { name: 'NDJSON', calls: ['exportRecords({ onChunk: console.log })'] },
  { name: 'text', calls: ['tailLog({ onChunk: console.log })'], target: 1600 },
  { name: 'binary', calls: ['downloadReport({ onChunk: console.log })'], target: 1600 },
  { name: 'JSON', calls: ['getStatus().then(console.log)'] },
  { name: 'a socket, in', calls: ['watchMessages({ onMessage: console.log })'], target: 2500 },
  { name: 'a socket, out', calls: ["upload().send({ id: 1, text: '' })"], target: 2500 },
  { name: 'a socket, in and out', calls: ["chat({ onMessage: console.log }).send({ id: 1, text: '' })"], target: 2500 },
]

/** @returns {Promise<string[][]>} rows */
export async function benchSize() {
  const folder = generateStreamwright()
  const rows = []
  for (const { name, calls, target } of apps) {
    const { size, modules } = await measure(calls, folder)
    rows.push([`KB of an app with ${name}`, kilobytes(size), target === undefined ? '' : kilobytes(target), modules])
  }
  return rows
}

/**
 * @param {readonly string[]} calls
 * @param {string} folder of the client
 */
async function measure(calls, folder) {
  const names = calls.map((call) => call.slice(0, call.indexOf('(')))
  const { outputFiles, metafile } = await build({
    stdin: { contents: `import { ${names} } from './index.js'\n${calls.join('\n')}`, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
  })
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
  const largest = inputs.toSorted(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput).slice(0, 6)
  return {
    size: gzipSync(outputFiles[0].contents, { level: 9 }).length,
    modules: largest.map(([path, { bytesInOutput }]) => `${basename(path, '.ts')} ${bytesInOutput}`).join(', '),
  }
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / 1000).toFixed(2)
}
