import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { newClient, openNdjson } from '../../src/runtime/index.js'
import { planOf } from './answers.js'

const plan = {
  ...planOf('application/x-ndjson'),
  request: () => ({ method: 'GET', path: '/a?token=s3cret' }),
}

/** All that a log shows of the error that reading ends with. */
async function logOf(options: Parameters<typeof newClient>[0]): Promise<string> {
  const error: unknown = await openNdjson(newClient(options), {}, plan)
    .toArray()
    .catch((error: unknown) => error)
  return inspect(error, { depth: 9, showHidden: true })
}

it('row 64: a base URL with a password is refused, and neither it nor the query is shown', async () => {
  const log = await logOf({ baseUrl: 'http://ada:pass1234@127.0.0.1:1' })
  expect(log).toContain('baseUrl has a user name or a password')
  expect(log).not.toMatch(/s3cret|pass1234/)
})

it('row 64: what an own fetch says of a URL is not shown', async () => {
  expect(await logOf({ baseUrl: 'nowhere', fetch: (url, init) => fetch(url, init) })).not.toContain('s3cret')
})
