/** The client of a document as FastAPI writes it, against the bytes that FastAPI and sse-starlette write. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ApiClient,
  createClient,
  isStreamError,
  type JobEventsJobsJobIdEventsGetErrors,
  jobEventsJobsJobIdEventsGet,
  partsPartsGet,
} from '../../fixtures/generate/fastapi/expected/index.js'

/** In the order of FastAPI's fields; the second event with the line ends of sse-starlette, and a ping between. */
const EVENTS = [
  ': start\ndata: {"step":"cut","percent":12.5,"note":null}\nid: 1\n\n',
  ': ping - 2026-11-21 00:00:00+00:00\r\n\r\n',
  'id: 2\r\nevent: message\r\ndata: {"step":"weld","percent":100}\r\n\r\n',
].join('')
const PARTS = '{"id":1,"name":"Schraube ⌀4"}\n{"id":2,"name":"nut"}\n'

const seen: string[] = []
const server = createServer((request, response) => {
  seen.push(request.url ?? '')
  if (request.url === '/jobs/0/events') {
    response.writeHead(422, { 'content-type': 'application/json' })
    response.end('{"detail":[{"type":"int_parsing","loc":["path","job_id"],"msg":"no","input":"0"}]}')
  } else if (request.url?.startsWith('/jobs/')) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
    writeByBytes(
      Buffer.from(EVENTS),
      (piece) => response.write(piece),
      () => response.end(),
    )
  } else {
    response.writeHead(200, { 'content-type': 'application/jsonl' })
    writeByBytes(
      Buffer.from(PARTS),
      (piece) => response.write(piece),
      () => response.end(),
    )
  }
})

/** Seven bytes at a time: no line and hardly any character comes whole. */
function writeByBytes(bytes: Buffer, write: (piece: Buffer) => void, end: () => void): void {
  if (bytes.length === 0) end()
  else {
    write(bytes.subarray(0, 7))
    setImmediate(() => writeByBytes(bytes.subarray(7), write, end))
  }
}

let client: ApiClient

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The address of a TCP server is an object.
  const { port } = server.address() as AddressInfo
  client = createClient({ baseUrl: `http://127.0.0.1:${port}` })
})

afterAll(() => server.close())

it('events come decoded by contentSchema, by iteration', async () => {
  const received = []
  // The ids say that the server takes part in resuming; a finished job shall not be asked for again.
  for await (const message of jobEventsJobsJobIdEventsGet({ job_id: 7 }, { client, reconnect: 'on-drop' }))
    received.push(message)
  expect(received).toEqual([
    { event: 'message', data: { step: 'cut', percent: 12.5, note: null }, id: '1' },
    { event: 'message', data: { step: 'weld', percent: 100 }, id: '2' },
  ])
})

it('events come decoded by contentSchema, by callbacks', async () => {
  const steps: string[] = []
  const onMessage = ({ data }: { data: { step: string } }): void => void steps.push(data.step)
  await jobEventsJobsJobIdEventsGet({ job_id: 7 }, { client, reconnect: 'on-drop', onMessage }).done
  expect(steps).toEqual(['cut', 'weld'])
})

it('a 422 has the typed body of the document', async () => {
  const error: unknown = await jobEventsJobsJobIdEventsGet({ job_id: 0 }, { client }).done.catch(
    (reason: unknown) => reason,
  )
  if (!isStreamError<JobEventsJobsJobIdEventsGetErrors>(error) || error.kind !== 'http' || error.status !== 422)
    throw new Error('no error of status 422')
  expect(error.body.detail?.[0]?.loc).toEqual(['path', 'job_id'])
})

it('JSON Lines come record by record, by both styles', async () => {
  const expected = [
    { id: 1, name: 'Schraube ⌀4' },
    { id: 2, name: 'nut' },
  ]
  expect(await partsPartsGet({ tag: ['a b', 'c'] }, { client }).toArray()).toEqual(expected)
  const received: object[] = []
  await partsPartsGet({}, { client, onChunk: (part) => void received.push(part) }).done
  expect(received).toEqual(expected)
  expect(seen).toContain('/parts?tag=a%20b&tag=c')
})
