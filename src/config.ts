/** What the user states of one output: in the config file, on the command line, or as a caller of the library. */
import { findFault, type Shape } from './config/shape.js'
import { InputError, type Place } from './diagnostics.js'
import { DEFAULT_LIMITS, type Limits } from './limits.js'
import type { OverrideConfig } from './read/openapi/overrides.js'
import { checkHeaders, type RequestHeaders } from './request-headers.js'

/** One input and the folder that its clients are written to. Paths in a config file are relative to that file. */
export interface Config {
  /**
   * An OpenAPI document (2.0 to 3.2, JSON or YAML): a file, a glob that matches one file, a URL, or `-` for standard
   * input; TypeScript route files, also by globs; or both.
   */
  readonly input: string | readonly string[]
  /** The output folder. It should hold nothing but the output. */
  readonly out: string
  /** Which operations get a function: those that stream (default), or all. */
  readonly include?: 'streams' | 'all'
  /** Whether the runtime is copied into the output (default) or imported from `streamwright/runtime`. */
  readonly runtime?: 'copy' | 'import'
  /** The ending of relative imports in the output; default `js`. */
  readonly importExtension?: 'js' | 'ts' | 'none'
  /** What the document does not say, by `METHOD path` as the document has them, or by operationId. */
  readonly operations?: Readonly<Record<string, OverrideConfig>>
  /** Origins that `$ref` may fetch from, such as `https://example.com`; default none. */
  readonly allowRemote?: readonly string[]
  /**
   * Headers for an input that is a URL, such as `{ Authorization: `Bearer ${process.env.TOKEN}` }`: they go to the origin
   * of that URL and to no other, neither by a redirect nor by a `$ref`. Default none.
   */
  readonly headers?: RequestHeaders
  /**
   * What stands before every path of a route file, such as `/api`, where the project does not show where its routers are
   * mounted. A path that `@stream` or `StreamRoute` states is whole and gets nothing before it. Default nothing.
   */
  readonly prefix?: string
  /** Folders outside the working folder that `$ref` may read; default none. */
  readonly allowOutside?: readonly string[]
  /** Bounds on what an input may hold; each has a default. */
  readonly limits?: Partial<Limits>
  /** Write nothing if there are warnings; default false. */
  readonly failOnWarnings?: boolean
  /** Parse every generated file before anything is written, which loads the TypeScript compiler; default false. */
  readonly verify?: boolean
}

/** A config that another source may complete: a config file under the values of the command line. */
export type PartialConfig = Partial<Config>

/** A config with its defaults filled in; paths are relative to the working folder. */
export interface Settings extends Required<Omit<Config, 'input' | 'out' | 'limits'>> {
  readonly inputs: readonly string[]
  /** `undefined` where nothing is to be written. */
  readonly out: string | undefined
  readonly limits: Limits
}

/** Returns what it is given: for the types in `streamwright.config.ts`. */
export function defineConfig<const C extends Config | readonly Config[]>(config: C): C {
  return config
}

const TEXT: Shape = { kind: 'text' }
const FLAG: Shape = { kind: 'flag' }
const JSON_VALUE: Shape = { kind: 'json' }
const TEXTS: Shape = { kind: 'list', of: TEXT }
const KINDS = ['sse', 'ndjson', 'json-seq', 'text', 'binary', 'websocket', 'json', 'void', 'multipart']

const SELECTION: Shape = {
  kind: 'object',
  required: ['in', 'name', 'value'],
  members: { in: { kind: 'choice', values: ['body', 'query', 'header'] }, name: TEXT, value: JSON_VALUE },
}

const OVERRIDE: Shape = {
  kind: 'object',
  required: [],
  members: {
    kind: { kind: 'choice', values: KINDS },
    data: JSON_VALUE,
    events: { kind: 'map', of: JSON_VALUE },
    send: JSON_VALUE,
    receive: JSON_VALUE,
    reply: JSON_VALUE,
    protocol: { kind: 'choice', values: ['plain', 'encore'] },
    sentinel: TEXT,
    name: TEXT,
    select: SELECTION,
    skip: FLAG,
  },
}

const CONFIG: Shape = {
  kind: 'object',
  required: [],
  members: {
    input: { kind: 'text or list of texts' },
    out: TEXT,
    include: { kind: 'choice', values: ['streams', 'all'] },
    runtime: { kind: 'choice', values: ['copy', 'import'] },
    importExtension: { kind: 'choice', values: ['js', 'ts', 'none'] },
    operations: { kind: 'map', of: OVERRIDE },
    allowRemote: TEXTS,
    headers: { kind: 'map', of: TEXT },
    prefix: TEXT,
    allowOutside: TEXTS,
    limits: {
      kind: 'object',
      required: [],
      members: Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, { kind: 'count' }])),
    },
    failOnWarnings: FLAG,
    verify: FLAG,
  },
}

/** Looks at every member, so that the type holds after it. */
function assertConfig(value: unknown, place: Place | undefined): asserts value is PartialConfig {
  const fault = findFault(value, CONFIG)
  if (fault) throw new InputError({ code: 'config-invalid', ...fault, ...(place && { place }) })
}

/** @throws InputError of code `config-invalid` that names the key. */
export function parseConfig(value: unknown, place?: Place): PartialConfig {
  assertConfig(value, place)
  return value
}

/**
 * Takes one config or a list of them, as a config file exports it or a caller passes it.
 * @throws InputError of code `config-invalid` that names the key.
 */
export function parseConfigs(value: unknown, place?: Place): PartialConfig[] {
  if (!Array.isArray(value)) return [parseConfig(value, place)]
  if (value.length > 0) return value.map((one: unknown) => parseConfig(one, place))
  throw new InputError({
    code: 'config-invalid',
    message: 'the config is an empty list',
    hint: 'state at least one output: { input, out }',
    ...(place && { place }),
  })
}

/** Lays `over` on `under`: single values replace, lists are joined, limits and headers are merged by name. */
export function mergeConfig({ under, over }: { under: PartialConfig; over: PartialConfig }): PartialConfig {
  return {
    ...under,
    ...over,
    allowRemote: [...(under.allowRemote ?? []), ...(over.allowRemote ?? [])],
    allowOutside: [...(under.allowOutside ?? []), ...(over.allowOutside ?? [])],
    headers: { ...under.headers, ...over.headers },
    limits: { ...under.limits, ...over.limits },
  }
}

/** Fills in the defaults. @throws InputError of code `input-missing`, `header-invalid`, `prefix-invalid`, `origin-invalid` or `folder-invalid`. */
export function settingsOf(config: PartialConfig): Settings {
  const inputs = typeof config.input === 'string' ? [config.input] : (config.input ?? [])
  if (inputs.length === 0) {
    throw new InputError({
      code: 'input-missing',
      message: 'no input is named',
      hint: 'name an OpenAPI document on the command line, or "input" in streamwright.config.ts',
    })
  }
  const { headers = {}, prefix = '', allowRemote = [] } = config
  checkHeaders(headers)
  checkPrefix(prefix)
  checkOrigins(allowRemote)
  checkFolders([config.out, ...(config.allowOutside ?? [])])
  return {
    inputs,
    out: config.out,
    include: config.include ?? 'streams',
    runtime: config.runtime ?? 'copy',
    importExtension: config.importExtension ?? 'js',
    operations: config.operations ?? {},
    allowRemote,
    headers,
    prefix,
    allowOutside: config.allowOutside ?? [],
    limits: { ...DEFAULT_LIMITS, ...config.limits },
    failOnWarnings: config.failOnWarnings ?? false,
    verify: config.verify ?? false,
  }
}

function checkPrefix(prefix: string): void {
  if (prefix === '' || /^\/[^\s?#]*$/.test(prefix)) return
  throw new InputError({
    code: 'prefix-invalid',
    message: `the prefix of the route files must be a path, not ${JSON.stringify(prefix)}`,
    hint: 'write it with a slash before it and without a server, a query or a fragment: /api',
  })
}

/** What is no origin allows nothing, and the caller would look elsewhere for the reason. */
function checkOrigins(origins: readonly string[]): void {
  const wrong = origins.find((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    return url === undefined || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`
  })
  if (wrong === undefined) return
  throw new InputError({
    code: 'origin-invalid',
    message: `what $ref may fetch from must be an origin, not ${JSON.stringify(wrong)}`,
    hint: 'write scheme and host, and nothing behind them: https://example.com',
  })
}

/** An empty text is what a variable of a shell gives that is not set; as a path it would be the working folder. */
function checkFolders(folders: readonly (string | undefined)[]): void {
  if (!folders.includes('')) return
  throw new InputError({
    code: 'folder-invalid',
    message: 'the name of a folder is empty',
    hint: 'name a folder with --out and --allow-outside; the working folder is "."',
  })
}
