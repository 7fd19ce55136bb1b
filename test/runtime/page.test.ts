import { expect, it, onTestFinished, vi } from 'vitest'
import { watchPage } from '../../src/runtime/index.js'
import { openAny } from './answers.js'
import { begin, type ScriptedServer, serve, until } from './scripted-server.js'

/** A page whose events the test fires. */
function stubPage(): { fire: (event: string) => void; fireDocument: (hidden: boolean) => void } {
  const window = new EventTarget()
  const document = Object.assign(new EventTarget(), { hidden: false })
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  vi.stubGlobal('document', document)
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  return {
    fire: (event) => window.dispatchEvent(new Event(event)),
    fireDocument: (hidden) => {
      document.hidden = hidden
      document.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

/** Opens a stream of one event that stays open, and waits for that event. */
async function watch(server: ScriptedServer, options?: { closeWhenHidden: boolean }): Promise<() => void> {
  const onMessage = vi.fn()
  const stop = watchPage((lastEventId) => openAny(server.client, { lastEventId, onMessage }), options)
  onTestFinished(stop)
  await until(() => onMessage.mock.calls.length === 1)
  return stop
}

const serveFeed = (): Promise<ScriptedServer> =>
  serve((response, _, attempt) => {
    begin(response, 'text/event-stream').write(`id: ${attempt}\ndata: a\n\n`)
  })

it('row 43: a page that is put aside closes the stream and resumes it when it comes back', async () => {
  const page = stubPage()
  const server = await serveFeed()
  await watch(server)
  page.fireDocument(true)
  page.fire('pageshow')
  expect(server.requests).toHaveLength(1)
  page.fire('pagehide')
  await server.released()
  page.fire('pageshow')
  await until(() => server.requests.length === 2)
  expect(server.requests[1]?.headers['last-event-id']).toBe('1')
})

it('row 43: a hidden page closes the stream only where it is told to', async () => {
  const page = stubPage()
  const server = await serveFeed()
  const stop = await watch(server, { closeWhenHidden: true })
  page.fireDocument(true)
  await server.released()
  page.fireDocument(false)
  await until(() => server.requests.length === 2)
  stop()
  await server.released()
  page.fireDocument(false)
  page.fire('pageshow')
  expect(server.requests).toHaveLength(2)
})

it('rows 43, 63: being online again, as after sleep, cuts the back-off short', async () => {
  const page = stubPage()
  const server = await serve((response) => response.writeHead(503).end())
  const statuses: string[] = []
  const stop = watchPage((lastEventId) =>
    openAny(server.client, {
      lastEventId,
      minDelay: 60_000,
      maxDelay: 60_000,
      onMessage: () => {},
      onStatusChange: (status) => statuses.push(status),
    }),
  )
  await until(() => statuses.includes('reconnecting'))
  page.fire('online')
  await until(() => server.requests.length === 2)
  stop()
})

it('row 43: without a page the stream is just opened', async () => {
  const stop = await watch(await serveFeed())
  stop()
})
