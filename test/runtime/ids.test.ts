import { describe, expect, it } from 'vitest'
import { openAny } from './answers.js'
import { begin, serve } from './scripted-server.js'

/** The `Last-Event-ID` headers of the requests that follow on each answer. */
async function lastIds(...answers: string[]): Promise<(string | undefined)[]> {
  const server = await serve((response, _, attempt) => {
    const text = answers[attempt - 1]
    if (text === undefined) response.writeHead(204).end()
    else begin(response, 'text/event-stream').end(`retry: 1\n${text}`)
  })
  await openAny(server.client, { minDelay: 1, maxDelay: 2 }).toArray()
  return server.requests.slice(1).map(({ headers }) => headers['last-event-id']?.toString())
}

describe('row 29: Last-Event-ID', () => {
  it('is the last whole one, also of a block without data, until an empty one resets it', async () => {
    expect(await lastIds('id: 1\ndata: a\n\n', 'id: 2\n\nid: 3\ndata: b\n', 'data: c\n\n', 'id\n\n', '\n')).toEqual([
      '1',
      '2',
      '2',
      undefined,
      undefined,
    ])
  })
  it('begins with that of the options', async () => {
    const server = await serve((response) => begin(response, 'text/event-stream').end('data: a\n\n'))
    expect(await openAny(server.client, { lastEventId: '41' }).toArray()).toMatchObject([{ id: '41' }])
    expect(server.requests.map(({ headers }) => headers['last-event-id'])).toEqual(['41'])
  })
  it('row 32: is sent as its UTF-8 bytes', async () => {
    const [id = ''] = await lastIds('id: é😀\n\n')
    expect(Buffer.from(id, 'latin1').toString()).toBe('é😀')
  })
  it('is left out where no header may hold it', async () => {
    expect(await lastIds('id: a\u0001b\n\n')).toEqual([undefined])
  })
  it('row 31: ids that come twice are delivered twice', async () => {
    const server = await serve((response) =>
      begin(response, 'text/event-stream').end('id: 1\ndata: a\n\nid: 1\ndata: a\n\n'),
    )
    expect(await openAny(server.client, { reconnect: 'on-drop' }).toArray()).toHaveLength(2)
  })
})
