/** Memory: slow consumers of a fast server, and a download of 1 GiB; each reader in a process of its own. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { runScript } from '../child.js'
import { median } from '../rounds.js'
import { figure, table } from '../table.js'
import { downloads, slowReaders } from './readers.js'

/** @returns {Promise<string>} Markdown */
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
    slow.push([name, figure(median(growths))])
  }
  const whole = []
  for (const name of Object.keys(downloads)) whole.push([name, figure(await growthOf(['download', name]))])
  server.disconnect()
  return [
    table(['slow consumer, fast server, 4 s', 'MB over the start'], slow),
    table(['download of 1 GiB', 'MB over the start'], whole),
  ].join('\n\n')
}
