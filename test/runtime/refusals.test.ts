import { describe, expect, it } from 'vitest'
import { isStreamError, openNdjson } from '../../src/runtime/index.js'
import { openAny, planOf } from './answers.js'
import { outcomeOf, styles } from './outcome.js'
import { begin, serve } from './scripted-server.js'

describe.each(styles)('row 9: a live stream under another media type, in the style of %s', (style) => {
  it('is refused with its first bytes, not after those that may come', async () => {
    const server = await serve((response) => {
      begin(response, 'text/plain').write('data: a\n\n')
    })
    const before = performance.now()
    const { thrown, reported, statuses, completed } = await outcomeOf(server.client, { style })
    expect(performance.now() - before).toBeLessThan(1000)
    await server.released()
    expect(thrown).toMatchObject([{ kind: 'content-type', excerpt: 'data: a\n\n' }])
    expect(reported).toEqual(thrown)
    expect([statuses, completed, server.requests.length]).toEqual([['connecting', 'closed'], 0, 1])
  })
})

describe('row 10: what shows a payload', () => {
  it('is not enumerable and not in the message', async () => {
    const server = await serve((response) => {
      begin(response, 'text/html').end('<p>secret</p>')
    })
    const error: unknown = await openNdjson(server.client, {}, planOf('application/x-ndjson'))
      .toArray()
      .catch((error: unknown) => error)
    if (!isStreamError(error)) throw new Error('no StreamError')
    expect(error.excerpt).toBe('<p>secret</p>')
    expect(error.message).toBe('text/html in place of application/x-ndjson')
    expect(Object.keys(error).sort()).toEqual(['kind', 'name'])
  })
})

describe('row 2: the body of an error', () => {
  it('is read whole where it comes in pieces', async () => {
    const server = await serve((response) => {
      begin(response, 'application/problem+json', 404).write('{"title":')
      setTimeout(() => response.end('"Not Found"}'), 20)
    })
    await expect(openAny(server.client).toArray()).rejects.toMatchObject({ body: { title: 'Not Found' } })
  })
})
