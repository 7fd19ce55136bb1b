/** What a socket is opened with goes nowhere that it does not belong. */
import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { newClient } from '../../src/runtime/index.js'
import { encoreHandshake } from '../../src/runtime/socket-encore.js'
import { openAny } from './open-any.js'
import { serveSockets } from './scripted-socket-server.js'

it.each(['SECRET\r\nx-b: c', 'SECRET\nx-b: c', 'SECRET\rx-b: c'])(
  'a header value of %j opens no connection, and is not shown',
  async (value) => {
    const server = await serveSockets(({ socket }) => socket.close())
    const socket = openAny(newClient({ ...server.client.options, headers: { 'x-a': value } }), { maxAttempts: 1 })
    const failed: unknown = await socket.done.then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(failed).toMatchObject({ name: 'StreamError', kind: 'network' })
    expect(inspect(failed)).not.toContain('SECRET')
    expect(server.requests).toEqual([])
  },
)

it('row 65: a header called __proto__ is one like others, and changes no prototype', async () => {
  const headers: Record<string, string> = JSON.parse('{"__proto__":"a","constructor":"b"}')
  const { protocols } = encoreHandshake(headers)
  const sent = protocols[1]?.slice('encore.dev.headers.'.length) ?? ''
  expect(Buffer.from(sent, 'base64url').toString()).toBe('{"__proto__":"a","constructor":"b"}')
  expect(Reflect.get({}, 'a')).toBe(undefined)
})
