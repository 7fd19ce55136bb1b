/** From what the user names to what is read: one document, route files, or both. */
import { existsSync } from 'node:fs'
import { sep } from 'node:path'
import { InputError } from './diagnostics.js'

/** True for a text such as `https://example.com/openapi.json`. */
export function isUrl(input: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(input)
}

/** What one output is made from. */
export interface Inputs {
  /** How messages call all of it. */
  readonly title: string
  /** A path, a URL, or `-`. */
  readonly document?: string
  /** Files of TypeScript and JavaScript, in an order that does not depend on the file system. */
  readonly routes: readonly string[]
}

/**
 * Expands globs, and tells route files from the one OpenAPI document.
 * @throws InputError where a glob matches nothing, several documents are named, or a file of declarations is.
 */
export async function findInputs(inputs: readonly string[]): Promise<Inputs> {
  const found = new Set<string>()
  for (const input of inputs) for (const path of await expand(input)) found.add(path)
  const declarations = [...found].find((path) => DECLARATIONS.test(path) && !isUrl(path))
  if (declarations !== undefined) throw declarationsError(declarations)
  const named = [...found].filter((path) => ROUTE_FILE.test(path) && !isUrl(path)).sort()
  const [document, ...others] = [...found].filter((path) => !named.includes(path))
  const routes = named.filter((path) => !isCompiled(path, found))
  if (document !== undefined && others.length > 0) throw severalError([document, ...others])
  if (document === undefined) return { title: list(inputs), routes }
  return { title: routes.length === 0 ? document : list(inputs), document, routes }
}

const ROUTE_FILE = /\.[cm]?[jt]sx?$/i
const DECLARATIONS = /\.d\.[cm]?ts$/i
const GLOB = /[*?[\]{}!()]/
/** What globs over a folder of routes match besides routes. */
const BESIDE_ROUTES = ['**/node_modules/**', '**/*.d.{ts,mts,cts}', '**/*.{test,spec}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}']

async function expand(input: string): Promise<string[]> {
  if (input === '-' || isUrl(input) || !GLOB.test(input) || existsSync(input)) return [input]
  const { glob } = await import('tinyglobby')
  const pattern = sep === '/' ? input : input.replaceAll(sep, '/')
  const paths = await glob(pattern, { expandDirectories: false, ignore: BESIDE_ROUTES })
  if (paths.length > 0) return paths.sort()
  throw new InputError({
    code: 'input-no-match',
    message: 'no file matches this pattern',
    place: { file: input },
    hint: 'correct the pattern; quote it so that the shell leaves it alone',
  })
}

/** True for a script beside the file of TypeScript that it was made from: it has the same routes. */
function isCompiled(path: string, found: ReadonlySet<string>): boolean {
  if (!/\.[cm]?jsx?$/i.test(path)) return false
  const original = path.replace(/js(x?)$/i, 'ts$1')
  return found.has(original) || found.has(`${original}x`)
}

function declarationsError(file: string): InputError {
  return new InputError({
    code: 'input-unsupported',
    message: 'this file holds declarations of types, and no routes',
    place: { file },
    hint: 'name route files (.ts, .tsx, .mts, .cts, .js), or an OpenAPI document as JSON or YAML',
  })
}

function severalError(documents: readonly string[]): InputError {
  return new InputError({
    code: 'input-several',
    message: `${documents.length} documents are named, and each needs an output folder of its own: ${list(documents)}`,
    place: { file: documents[0] ?? '-' },
    hint: 'state one { input, out } for each in a list in streamwright.config.ts: defineConfig([{ … }, { … }])',
  })
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join(', ')
  return paths.length > 5 ? `${shown}, …` : shown
}
