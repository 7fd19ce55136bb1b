/** CPU time of competitors in one process, round after round, so that whatever else the machine does hits all alike. */

/** @typedef {{ readonly name: string, readonly run: () => unknown }} Competitor */

const warmUpRounds = 3

/**
 * CPU time in microseconds for each competitor, one value per round. Each round runs all of them, and begins with
 * another one; the first rounds warm up and are not counted. Needs `node --expose-gc`.
 *
 * @param {readonly Competitor[]} competitors
 * @param {number} rounds
 * @returns {Promise<Map<string, number[]>>}
 */
export async function measureRounds(competitors, rounds) {
  /** @type {Map<string, number[]>} */
  const times = new Map(competitors.map(({ name }) => [name, []]))
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (let turn = 0; turn < competitors.length; turn++) {
      const { name, run } = competitors[(turn + round + warmUpRounds) % competitors.length]
      const time = await cpuTime(run)
      if (round >= 0) times.get(name)?.push(time)
    }
  }
  return times
}

/** @param {() => unknown} run */
async function cpuTime(run) {
  // Nobody pays for the garbage of the one before.
  globalThis.gc?.()
  const start = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/**
 * The median over all rounds of the first's time divided by the second's.
 *
 * @param {readonly number[]} times
 * @param {readonly number[]} others
 */
export function medianRatio(times, others) {
  return median(times.map((time, round) => time / others[round]))
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}
