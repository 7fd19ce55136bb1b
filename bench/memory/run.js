/** Memory: slow consumers of a fast server, and a download of 1 GiB; each reader in a process of its own. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { runScript } from '../child.js'
import { median } from '../rounds.js'
import { figure } from '../table.js'
import { downloads, slowReaders } from './readers.js'

/** @returns {Promise<string[][]>} rows */
export async function benchMemory() {
  const server = fork(fileURLToPath(new URL('server.js', import.meta.url)))
  const [port] = await once(server, 'message')
  /** @param {readonly string[]} reader */
  const growthOf = async (reader) => {
    const { growth } = await runScript('memory/measure.js', [...reader, `http://127.0.0.1:${port}`])
    return growth / 1e6
  }
  const slow = []
  for (const name of Object.keys(slowReaders)) {
    // They mostly wait, and so do not disturb each other.
    const growths = await Promise.all([1, 2, 3].map(() => growthOf(['slow', name])))
    slow.push({ name, growth: median(growths) })
  }
  const whole = []
  for (const name of Object.keys(downloads)) whole.push({ name, growth: await growthOf(['download', name]) })
  server.disconnect()
  const [blob, theirBlob, chunks] = whole.map(({ growth }) => growth)
  return [
    ['MB kept by a slow consumer of a fast server, 4 s', listed(slow, true), 'under 16', listed(slow, false)],
    ['1 GiB by `blob()`, memory against `response.blob()`', figure(blob / theirBlob), '0.4', ''],
    ['1 GiB by chunks, MB', figure(chunks), 'under 100', ''],
  ]
}

/**
 * @param {readonly { readonly name: string, readonly growth: number }[]} readers
 * @param {boolean} isOurs
 */
function listed(readers, isOurs) {
  return readers
    .filter(({ name }) => name.startsWith('ours') === isOurs)
    .map(({ name, growth }) => `${figure(growth)} ${name.replace('ours, ', '')}`)
    .join(', ')
}
