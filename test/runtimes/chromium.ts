import type { Report } from './report.js'

/** The part of playwright-core that is used. It is installed in this folder alone, where the compiler does not look. */
interface Playwright {
  readonly chromium: {
    launch(options: { executablePath: string; args: readonly string[] }): Promise<{
      version(): string
      newPage(): Promise<Page>
      close(): Promise<void>
    }>
  }
}

interface Page {
  goto(url: string): Promise<unknown>
  waitForFunction(script: string, argument: undefined, options: { timeout: number }): Promise<unknown>
  evaluate(script: string): Promise<unknown>
}

/** Runs the page of the conformance checks in Debian's Chromium. */
export async function runInChromium(origin: string): Promise<Report> {
  const name = 'playwright-core'
  // See above.
  const { chromium } = (await import(name)) as Playwright
  // Its sandbox does not work for root, which is who runs it in a container; the page is our own.
  const running = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await running.newPage()
    await page.goto(origin)
    await page.waitForFunction('window.results', undefined, { timeout: 200_000 })
    return { version: running.version(), results: String(await page.evaluate('window.results')) }
  } finally {
    await running.close()
  }
}
