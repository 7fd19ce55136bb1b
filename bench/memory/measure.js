/** `measure.js slow|download NAME URL`: runs one reader in this process and prints by how many bytes its memory grew. */
import { setTimeout as sleep } from 'node:timers/promises'
import { downloads, slowReaders } from './readers.js'

const seconds = 4
const [, , kind, name, baseUrl] = process.argv
const { from, read } = (kind === 'slow' ? slowReaders : downloads)[name]
const module = from && (await import(from))

// What fetch loads at its first use is not the reader's.
await (await fetch(`${baseUrl}/report?size=1000000`)).arrayBuffer()
globalThis.gc?.()
await sleep(200)
const start = process.memoryUsage.rss()
let peak = start
const sample = () => {
  peak = Math.max(peak, process.memoryUsage.rss())
}
setInterval(sample, 20)

if (kind === 'slow') {
  const reading = read(module, baseUrl, () => sleep(10))
  // The first second loads and compiles, which is over then: what a reader keeps stays.
  await Promise.race([reading, sleep(1000)])
  peak = start
  await Promise.race([reading, sleep(seconds * 1000 - 1000)])
} else {
  const size = await read(module, baseUrl, () => sleep(0))
  if (size !== 2 ** 30) throw new Error(`${size} bytes came`)
}
sample()
console.log(JSON.stringify({ growth: peak - start }))
process.exit()
