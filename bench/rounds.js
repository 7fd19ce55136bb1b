/** CPU time of competitors in one process, round after round, so that whatever else the machine does hits all alike. */

/** @typedef {{ readonly name: string, readonly run: () => unknown }} Competitor */

const warmUpRounds = 5

/**
 * CPU time in microseconds for each competitor, one value per round. Each round runs all of them, in an order drawn by
 * lot, for each leaves garbage to the next; the first rounds warm up and are not counted. Garbage is not collected in
 * between: that would throw away compiled code with it, which no app does to itself.
 *
 * @param {readonly Competitor[]} competitors
 * @param {number} rounds
 * @returns {Promise<Map<string, number[]>>}
 */
export async function measureRounds(competitors, rounds) {
  /** @type {Map<string, number[]>} */
  const times = new Map(competitors.map(({ name }) => [name, []]))
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const { name, run } of shuffled(competitors)) {
      const time = await cpuTime(run)
      if (round >= 0) times.get(name)?.push(time)
    }
  }
  return times
}

/** @param {() => unknown} run */
async function cpuTime(run) {
  const start = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/**
 * @template T
 * @param {readonly T[]} values
 */
function shuffled(values) {
  return values
    .map((value) => ({ value, lot: Math.random() }))
    .toSorted((a, b) => a.lot - b.lot)
    .map(({ value }) => value)
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
