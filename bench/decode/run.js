/** Speed: each case in a process of its own, all competitors in it by turns. */
import { runScript } from '../child.js'
import { figure, table } from '../table.js'
import { cases } from './cases.js'

/** @typedef {{ readonly name: string, readonly share: number, readonly againstOurs: readonly number[] }} Result */

const ours = ['ours, callbacks', 'ours, for await']

/** @returns {Promise<string>} Markdown */
export async function benchDecode() {
  const shares = []
  const factors = []
  for (const [index, { name }] of cases.entries()) {
    /** @type {readonly Result[]} */
    const results = await runScript('decode/measure.js', [`${index}`])
    /** @param {string} reader */
    const shareOf = (reader) => figure(results.find((result) => result.name === reader)?.share ?? 0)
    const others = results.filter((result) => !ours.includes(result.name))
    shares.push([name, ...ours.map(shareOf), others.map((other) => `${other.name} ${figure(other.share)}`).join(' · ')])
    const times = others.map((other) => `${other.name} ${other.againstOurs.map(figure).join(' / ')}`)
    factors.push([name, times.join(' · ')])
  }
  return [
    table(['share of the floor', ...ours, 'others'], shares),
    table(['CPU of others over ours: callbacks / for await', ''], factors),
  ].join('\n\n')
}
