/** Uses every function that was generated from `openapi.yaml`. Takes the base URL and the token as its two arguments. */
import {
  configure,
  downloadArtifact,
  explain,
  explainStream,
  exportBuilds,
  isStreamError,
  listBuilds,
  sampleLoad,
  tailLog,
  watchBuild,
} from './api/index.js'

const [baseUrl, token] = process.argv.slice(2)
configure({ baseUrl, auth: { bearerAuth: () => token } })

function title(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 92 - text.length))}`)
}

function progress(text: string): void {
  // On a terminal the line is written over; in a file or a pipe only its last state is of interest.
  if (process.stdout.isTTY) process.stdout.write(`\r  ${text}`)
}

title('JSON: await listBuilds({ status: [...] })')
for (const { id, status, commit } of await listBuilds({ status: ['queued', 'failed'] })) {
  console.log(`  build ${id}  ${status.padEnd(6)}  ${commit}`)
}

title('SSE, callbacks: watchBuild({ buildId }, { on: { step, finished, … } })')
let heartbeats = 0
const connection = watchBuild(
  { buildId: '1500' },
  {
    onStatusChange: (status) => console.log(`  [${status}]`),
    on: {
      queued: ({ position }) => console.log(`  queued, ${position} in front`),
      step: ({ name, state, milliseconds }) => {
        if (state !== 'started') console.log(`  ${name}: ${state} in ${milliseconds} ms`)
      },
      heartbeat: () => {
        heartbeats += 1
      },
      finished: ({ status, seconds }) =>
        console.log(`  finished: ${status} after ${seconds} s, ${heartbeats} heartbeats`),
    },
    onComplete: () =>
      console.log('  complete: nothing was lost or seen twice, though the server cut the connection once'),
  },
)
await connection.done

title('SSE over POST, iteration: for await (… of explainStream({ body }))')
process.stdout.write('  ')
for await (const { data } of explainStream({ body: { buildId: '1499', question: 'Why did it fail?' } })) {
  process.stdout.write(data.text)
}
console.log()

title('its JSON twin: await explain({ body })')
const { text, confidence } = await explain({ body: { buildId: '1499', question: 'Why did it fail?' } })
console.log(`  ${text.length} characters with confidence ${confidence}`)

title('NDJSON, callbacks: exportBuilds({ since }, { onChunk })')
let count = 0
let failed = 0
const rows = exportBuilds(
  { since: '2025-12-01T00:00:00Z' },
  {
    onChunk: ({ status }) => {
      count += 1
      if (status === 'failed') failed += 1
      if (count % 100 === 0) progress(`${count} builds …`)
    },
  },
)
await rows.done
progress('')
console.log(`  ${count} builds, ${failed} of them failed`)

title('NDJSON, one call: await exportBuilds().toArray()')
const everything = await exportBuilds().toArray()
console.log(`  ${everything.length} builds, the oldest is "${everything.at(-1)?.commit}"`)

title('JSON text sequence, iteration: for await (… of sampleLoad({ samples: 8 }))')
for await (const { at, busy, waiting } of sampleLoad({ samples: 8 })) {
  console.log(`  ${at.slice(11, 19)}  ${'█'.repeat(Math.round(busy * 40)).padEnd(40, '·')}  ${waiting} waiting`)
}

title('text: for await (… of tailLog({ buildId }).lines())')
for await (const line of tailLog({ buildId: '1498' }).lines()) console.log(`  ${line}`)

title('binary: await downloadArtifact({ buildId }, { onProgress }).blob()')
const file = await downloadArtifact(
  { buildId: '1498' },
  { onProgress: ({ loaded, total }) => progress(`${Math.round((100 * loaded) / (total ?? loaded))} %`) },
).blob()
progress('')
console.log(`  ${file.name}, ${file.size} bytes, ${file.type}`)

title('a typed error: await tailLog({ buildId: "404" }).text()')
try {
  await tailLog({ buildId: '404' }).text()
} catch (error) {
  if (!isStreamError(error)) throw error
  console.log(`  ${error.kind} ${error.kind === 'http' ? error.status : ''}: ${error.message}`)
}
await tailLog(
  { buildId: '404' },
  {
    onError: (error) => {
      if (error.kind === 'http' && error.status === 404)
        console.log(`  ${error.body.message}; try ${error.body.known.join(', ')}`)
    },
  },
)
  .text()
  .catch(() => undefined)
