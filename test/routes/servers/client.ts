/** A client that is generated from the very files that the server runs, and loaded. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from '../../../src/index.js'
import { fixtures, routeFiles } from '../dialects/fixtures.js'

const project = fileURLToPath(new URL('../../../', import.meta.url))

export interface Handle extends AsyncIterable<unknown> {
  readonly done: Promise<void>
  toArray(): Promise<unknown[]>
  text(): Promise<string>
  lines(): AsyncIterable<string>
  bytes(): Promise<Uint8Array>
  blob(): Promise<File>
}

/** What the tests use of the output, which no compiler sees here; `test/routes/dialects/golden` compiles all of it. */
export interface Client {
  /** Calls a function with the base URL, and with `auth` if it is given. */
  call(name: string, ...given: readonly [params?: object | undefined, options?: object]): Handle
  /** The client of other credentials. */
  as(auth: object): Client
}

export interface Running {
  readonly client: Client
  stop(): Promise<void>
}

/**
 * Starts the server of a project of `fixtures/routes` by the function `start` of one of its files, and generates the
 * client of the project into a folder of its own in this one, so that it can import what this one has.
 */
export async function run(framework: string, file: string): Promise<Running> {
  const port = await freePort()
  const server = await load(join(fixtures, framework, file))
  const stop: unknown = await exported(server, 'start')(port)
  const out = mkdtempSync(join(project, '.generated-'))
  await generate({ input: await routeFiles(join(fixtures, framework)), out })
  const module = await load(join(out, 'index.ts'))
  return {
    client: newClient(module, { baseUrl: `http://127.0.0.1:${port}`, auth: {} }),
    stop: async () => {
      rmSync(out, { recursive: true, force: true })
      if (typeof stop === 'function') await stop()
    },
  }
}

type Module = Readonly<Record<string, unknown>>

/** No compiler of this project sees what is loaded: it has settings of its own. */
function load(path: string): Promise<Module> {
  return import(/* @vite-ignore */ path)
}

function exported(module: Module, name: string): (...given: readonly unknown[]) => Handle {
  const found = module[name]
  if (typeof found !== 'function') throw new Error(`there is no ${name}, but ${Object.keys(module).join(', ')}`)
  return (...given) => found(...given)
}

interface Settings {
  readonly baseUrl: string
  readonly auth: object
}

function newClient(module: Module, settings: Settings): Client {
  const client = exported(module, 'createClient')(settings)
  return {
    call: (name, params, options = {}) => {
      const all = { ...options, client }
      return params === undefined ? exported(module, name)(all) : exported(module, name)(params, all)
    },
    as: (auth) => newClient(module, { ...settings, auth }),
  }
}

/** A port that nothing listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** All items by callbacks, and how it ended: `done`, or the kind of the error and its message. */
export async function byCallbacks(
  open: (options: object) => Handle,
  style: 'onMessage' | 'onChunk',
): Promise<{ readonly items: unknown[]; readonly end: unknown }> {
  const items: unknown[] = []
  let end: unknown
  const handle = open({
    [style]: (item: unknown) => void items.push(item),
    onComplete: () => {
      end = 'done'
    },
    onError: (error: { readonly kind: string; readonly message: string }) => {
      end = `${error.kind}: ${error.message}`
    },
  })
  await handle.done.catch(() => undefined)
  return { items, end }
}

/** All items by iteration up to the end or the error, which is returned. */
export async function byIteration(handle: Handle): Promise<{ readonly items: unknown[]; readonly error?: unknown }> {
  const items: unknown[] = []
  try {
    for await (const item of handle) items.push(item)
    return { items }
  } catch (error) {
    return { items, error }
  }
}
