/** From what the user names to the one document that is read. */
import { existsSync } from 'node:fs'
import { sep } from 'node:path'
import { InputError } from './diagnostics.js'

/** True for a text such as `https://example.com/openapi.json`. */
export function isUrl(input: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(input)
}

/**
 * Expands globs, in an order that does not depend on the file system, and holds the result to one OpenAPI document.
 * @returns a path, a URL, or `-`.
 * @throws InputError where a glob matches nothing, several documents are named, or a route file is.
 */
export async function findInput(inputs: readonly string[]): Promise<string> {
  const found = new Set<string>()
  for (const input of inputs) for (const path of await expand(input)) found.add(path)
  const [input, ...others] = found
  if (input === undefined) throw new Error('no input')
  const route = [...found].find((path) => ROUTE_FILE.test(path) && !isUrl(path))
  if (route !== undefined) {
    throw new InputError({
      code: 'input-unsupported',
      message: 'TypeScript and JavaScript route files are not read by this version',
      place: { file: route },
      hint: 'name an OpenAPI document: 2.0, 3.0, 3.1 or 3.2, as JSON or YAML',
    })
  }
  if (others.length > 0) {
    throw new InputError({
      code: 'input-several',
      message: `${found.size} documents are named, and each needs an output folder of its own: ${list([...found])}`,
      place: { file: input },
      hint: 'state one { input, out } for each in a list in streamwright.config.ts: defineConfig([{ … }, { … }])',
    })
  }
  return input
}

const ROUTE_FILE = /\.[cm]?[jt]sx?$/i
const GLOB = /[*?[\]{}!()]/

async function expand(input: string): Promise<string[]> {
  if (input === '-' || isUrl(input) || !GLOB.test(input) || existsSync(input)) return [input]
  const { glob } = await import('tinyglobby')
  const pattern = sep === '/' ? input : input.replaceAll(sep, '/')
  const paths = await glob(pattern, { expandDirectories: false })
  if (paths.length > 0) return paths.sort()
  throw new InputError({
    code: 'input-no-match',
    message: 'no file matches this pattern',
    place: { file: input },
    hint: 'correct the pattern; quote it so that the shell leaves it alone',
  })
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join(', ')
  return paths.length > 5 ? `${shown}, …` : shown
}
