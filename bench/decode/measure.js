/** Measures one case, named by its number, in this process and prints the median shares as JSON. */
import { measureRounds, medianRatio } from '../rounds.js'
import { bodyOf, cases } from './cases.js'
import { floor, readers } from './readers.js'

const benchCase = cases[Number(process.argv[2])]
const { items, chunks } = bodyOf(benchCase)
const contentType = benchCase.format === 'sse' ? 'text/event-stream' : 'application/x-ndjson'

/** Answers with the prepared chunks, one for each time that the reader asks. */
async function fetchStub() {
  let next = 0
  const body = new ReadableStream(
    {
      pull: (controller) => {
        if (next < chunks.length) controller.enqueue(chunks[next++])
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'content-type': contentType } })
}

let count = 0
const onItem = () => count++

/** @param {() => unknown} run */
function checked(run) {
  return async () => {
    count = 0
    await run()
    if (count !== items.length) throw new Error(`${count} of ${items.length} items came`)
  }
}

const competitors = Object.entries(readers[benchCase.format]).map(([name, read]) => ({
  name,
  run: checked(() => read(fetchStub, onItem)),
}))
const times = await measureRounds(
  [{ name: 'floor', run: checked(() => floor(chunks, items, onItem)) }, ...competitors],
  benchCase.rounds,
)

const ours = ['ours, callbacks', 'ours, for await']
/** @param {string} name */
const timesOf = (name) => times.get(name) ?? []
const results = competitors.map(({ name }) => ({
  name,
  share: medianRatio(timesOf('floor'), timesOf(name)),
  againstOurs: ours.map((our) => medianRatio(timesOf(name), timesOf(our))),
}))
console.log(JSON.stringify(results))
// Some of them leave timers behind.
process.exit()
