/** What the generator leaves out of a plan the runtime must know: the media types that a kind of answer may have anyway. */
import { expect, it } from 'vitest'
import { viewAccept } from '../../src/emit/view-accept.js'
import type { Answer, Endpoint } from '../../src/ir.js'
import { openBinary, openJsonSequence, openNdjson, openSse, openText, requestJson } from '../../src/runtime/index.js'
import { answering } from '../runtime/answers.js'

const MEDIA_TYPES = [
  ...['text/event-stream', 'application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/x-jsonl'],
  ...['application/json-seq', 'application/json', 'application/problem+json', 'text/json', 'text/plain', 'text/csv'],
  ...['text/html', 'text/*', 'image/png', 'image/*', 'application/pdf', 'application/octet-stream', '*/*'],
]

/** A plan that names the media type, and no pattern for it. */
function planOf(accept: string): { accept: string; request: () => { method: string; path: string } } {
  return { accept, request: () => ({ method: 'GET', path: '/' }) }
}

/** Reads an answer of a media type as one kind. Only what refuses the type rejects with `content-type`. */
const READERS: Readonly<Record<string, (media: string) => Promise<unknown>>> = {
  sse: (media) => openSse(answering([], media), { reconnect: false }, planOf(media)).toArray(),
  ndjson: (media) => openNdjson(answering([], media), {}, planOf(media)).toArray(),
  'json-seq': (media) => openJsonSequence(answering([], media), {}, planOf(media)).toArray(),
  text: (media) => openText(answering([], media), {}, planOf(media)).text(),
  binary: (media) => openBinary(answering([], media), {}, planOf(media)).bytes(),
  json: (media) => requestJson(answering(['1'], media), {}, planOf(media)),
}

function isLeftToRuntime(kind: string, media: string): boolean {
  // No more of an endpoint is looked at.
  const endpoint = { accept: [media], answer: { kind } as Answer } as unknown as Endpoint
  return viewAccept(endpoint).every(({ key }) => key !== 'further')
}

it.each(Object.entries(READERS))('%s: what is not in the plan is taken', async (kind, read) => {
  const left = MEDIA_TYPES.filter((media) => isLeftToRuntime(kind, media))
  expect(left).not.toEqual([])
  // A range is answered with one of its types.
  const answers = await Promise.allSettled(left.map((media) => read(media.replace('*/*', 'a/b').replace('/*', '/x'))))
  expect(answers.filter(({ status }) => status === 'rejected')).toEqual([])
})
