import { describe, expect, it } from 'vitest'
import { type RequestPlan, type RequestSettings, sendRequest } from '../../src/runtime/request.js'

/** What `fetch` is given for a plan. */
async function sent(plan: RequestPlan, settings: RequestSettings = {}, signal = new AbortController().signal) {
  const calls: [url: string, method: string | undefined, headers: Record<string, string>][] = []
  const fetch = (url: string, { method, headers }: RequestInit): Response => {
    const fields: Record<string, string> = {}
    new Headers(headers).forEach((value, name) => {
      fields[name] = value
    })
    calls.push([url, method, fields])
    return new Response()
  }
  await sendRequest(plan, {
    accept: 'text/plain',
    signal,
    settings: { baseUrl: 'https://a.test/v1/', fetch, ...settings },
  })
  return calls
}

describe('a request, alone', () => {
  it('has its URL, its method and its headers, of which later ones win and those without a value are left out', async () => {
    const headers = [
      ['x-a', '1'],
      ['x-b', undefined],
      ['x-c', '3'],
    ] as const
    const plan = { method: 'GET', path: '/x?y=1', headers }
    expect(await sent(plan, { headers: { 'X-C': '4' } })).toEqual([
      ['https://a.test/v1/x?y=1', 'GET', { accept: 'text/plain', 'x-a': '1', 'x-c': '4' }],
    ])
  })
  it('takes the base URL of the options, then that of the operation, then that of the document', async () => {
    const plan = { method: 'GET', path: '/x', baseUrl: 'https://operation.test' }
    const urlOf = async (settings: RequestSettings): Promise<string | undefined> => (await sent(plan, settings))[0]?.[0]
    const server = 'https://document.test'
    expect(await urlOf({ server })).toBe('https://a.test/v1/x')
    expect(await urlOf({ server, baseUrl: undefined })).toBe('https://operation.test/x')
  })
  it('is changed by its credentials, and its plan is not', async () => {
    const headers = [['x-a', '1']] as const
    const plan: RequestPlan = {
      method: 'GET',
      path: '/x',
      headers,
      security: async (parts, auth) => {
        parts.path += `?key=${Object.values(auth ?? {})}`
        parts.headers = [...(parts.headers ?? []), ['x-b', '2']]
      },
    }
    const expected = [['https://a.test/v1/x?key=k', 'GET', { accept: 'text/plain', 'x-a': '1', 'x-b': '2' }]]
    expect(await sent(plan, { auth: { key: 'k' } })).toEqual(expected)
    expect([plan.path, headers]).toEqual(['/x', [['x-a', '1']]])
  })
  it('is not sent where its signal was aborted while a secret was looked up', async () => {
    const controller = new AbortController()
    const security = async (): Promise<void> => controller.abort('late')
    await expect(sent({ method: 'GET', path: '/', security }, {}, controller.signal)).rejects.toBe('late')
  })
})
