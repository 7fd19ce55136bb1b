/** Speed: each case in a process of its own, all competitors in it by turns. */
import { runScript } from '../child.js'
import { figure } from '../table.js'
import { cases } from './cases.js'

/** @typedef {{ readonly name: string, readonly share: number, readonly againstOurs: readonly number[] }} Result */

const styles = ['callbacks', 'for await']

/** Where a target compares with somebody else: whose CPU time is divided by ours. */
const rivals = [
  { from: 'SSE, 120 B events, 64 KB chunks', name: 'eventsource-parser, callbacks', style: 0, target: '0.95' },
  { from: 'SSE, 120 B events, 64 KB chunks', name: 'hey-api', style: 1, target: '1.5' },
  { from: 'SSE, 45 KB events, 4 KB chunks', name: 'hey-api', style: 1, target: '3' },
  { from: 'SSE, one 2 MB event, 1 KB chunks', name: 'hey-api', style: 1, target: '100' },
  { from: 'NDJSON, 100 B records, 64 KB chunks', name: 'it-ndjson', style: 1, target: '1.05' },
  { from: 'NDJSON, 7 KB records, 64 KB chunks', name: 'it-ndjson', style: 1, target: '1.4' },
]

/** @returns {Promise<string[][]>} rows */
export async function benchDecode() {
  const shares = []
  const factors = []
  for (const [index, { name, target = '' }] of cases.entries()) {
    /** @type {readonly Result[]} */
    const results = await runScript('decode/measure.js', [`${index}`])
    /** @param {string} reader */
    const shareOf = (reader) => figure(results.find((result) => result.name === reader)?.share ?? 0)
    const ours = styles.map((style) => `${shareOf(`ours, ${style}`)} ${style}`)
    const others = results.filter((result) => !result.name.startsWith('ours'))
    const theirs = others.map((other) => `${other.name} ${shareOf(other.name)}`)
    shares.push([`share of the floor: ${name}`, ours.join(', '), target, theirs.join('; ')])
    for (const rival of rivals.filter(({ from }) => from === name)) {
      const factor = others.find((other) => other.name === rival.name)?.againstOurs[rival.style] ?? 0
      factors.push([
        `CPU of ${rival.name} over ours, ${styles[rival.style]}: ${name}`,
        figure(factor),
        rival.target,
        '',
      ])
    }
  }
  return [...shares, ...factors]
}
