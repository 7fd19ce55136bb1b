import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from './report.js'

/** Runs the page of the conformance checks in WebKitGTK, by the WebDriver protocol and without a screen. */
export async function runInWebKit(origin: string): Promise<Report> {
  const port = await freePort()
  const driver = spawn('xvfb-run', ['--auto-servernum', 'WebKitWebDriver', `--port=${port}`], {
    detached: true,
    stdio: 'ignore',
  })
  const ended = once(driver, 'close')
  const call = newCaller(`http://127.0.0.1:${port}`)
  try {
    await ready(call)
    const { sessionId, capabilities } = await call<Session>('POST', '/session', { capabilities: {} })
    const session = `/session/${sessionId}`
    await call('POST', `${session}/url`, { url: origin })
    const results = await resultsOf(() =>
      call('POST', `${session}/execute/sync`, { script: 'return window.results', args: [] }),
    )
    await call('DELETE', session)
    return { version: capabilities.browserVersion, results }
  } finally {
    // The driver is a child of xvfb-run: the whole group of processes is ours.
    if (driver.pid !== undefined) process.kill(-driver.pid)
    await ended
  }
}

interface Session {
  readonly sessionId: string
  readonly capabilities: { readonly browserVersion: string }
}

type Call = <Value>(method: string, path: string, body?: unknown) => Promise<Value>

/** A call of the W3C WebDriver protocol; rejects with what the driver says. */
function newCaller(base: string): Call {
  return async (method, path, body) => {
    const response = await fetch(base + path, body ? { method, body: JSON.stringify(body) } : { method })
    const { value } = await response.json()
    if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`)
    return value
  }
}

async function ready(call: Call): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await call('GET', '/status')
      return
    } catch (error) {
      if (attempt === 200) throw error
      await sleep(100)
    }
  }
}

async function resultsOf(read: () => Promise<unknown>): Promise<string> {
  for (let attempt = 1; attempt < 1000; attempt++) {
    const value = await read()
    if (typeof value === 'string') return value
    await sleep(200)
  }
  throw new Error('WebKit did not finish')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
