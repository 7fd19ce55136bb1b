import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { runInChromium } from './chromium.js'
import type { Job, Report } from './report.js'
import { runInWebKit } from './webkit.js'

export interface Runtime {
  readonly name: string
  /** Why it cannot run here; absent where it can. */
  readonly missing?: string
  /** Checks that fail here, with the reason; one that passes after all is a failure too. */
  readonly known?: Readonly<Record<string, string>>
  readonly run: (job: Job) => Promise<Report>
}

const execute = promisify(execFile)

/** A file of the packages of this folder. */
function installed(path: string): string {
  return fileURLToPath(new URL(`node_modules/${path}`, import.meta.url))
}

interface Command {
  readonly file: string
  readonly options?: readonly string[]
  /** Prints the version and nothing else. */
  readonly version: readonly string[]
}

function commandLine(name: string, { file, options = [], version }: Command): Runtime {
  const run = async ({ origin, program }: Job): Promise<Report> => {
    const asked = await execute(file, version)
    const answered = await execute(file, [...options, program, origin], { timeout: 200_000, maxBuffer: 1 << 24 })
    return { version: asked.stdout.trim().replace(/^v/, ''), results: answered.stdout }
  }
  return existsSync(file)
    ? { name, run }
    : { name, run, missing: `${file.replace(/.*node_modules./, '')} is not installed` }
}

interface Browser {
  readonly file: string
  readonly run: (origin: string) => Promise<Report>
  readonly known?: Readonly<Record<string, string>>
}

function browser(name: string, { file, run, known = {} }: Browser): Runtime {
  const runtime: Runtime = { name, known, run: ({ origin }) => run(origin) }
  return existsSync(file) ? runtime : { ...runtime, missing: `${file} is not installed` }
}

/** What `fetch` and `WebSocket` of WebKitGTK 2.50 do, also when they are asked by themselves. */
const knownOfWebKit: Readonly<Record<string, string>> = {
  'the end of a chunked body without its last chunk is an error': 'its network layer takes the body for whole',
  'an id of any characters is sent as its UTF-8 bytes': 'it writes header values in UTF-8, and so these bytes twice',
  'send() waits while the server does not read, and all of it arrives':
    'its network process takes whatever is sent, so that bufferedAmount stays low',
}

/** Everything that the checks run in, by the paths of packages of npm and of Debian. */
export const runtimes: readonly Runtime[] = [
  commandLine(`Node ${process.versions.node.replace(/\..*/, '')}`, { file: process.execPath, version: ['--version'] }),
  commandLine('Node 22', { file: installed('node-22/bin/node'), version: ['--version'] }),
  commandLine('Node 24', { file: installed('node-24/bin/node'), version: ['--version'] }),
  commandLine('Bun', { file: installed('@oven/bun-linux-x64/bin/bun'), version: ['--version'] }),
  commandLine('Deno', {
    file: installed('@deno/linux-x64-glibc/deno'),
    options: ['run', '--no-config', '--allow-all'],
    version: ['eval', 'console.log(Deno.version.deno)'],
  }),
  browser('Chromium', { file: '/usr/bin/chromium', run: runInChromium }),
  browser('WebKit', { file: '/usr/bin/WebKitWebDriver', run: runInWebKit, known: knownOfWebKit }),
]
