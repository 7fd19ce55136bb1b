/** The projects of `fixtures/routes`: what is read of them, and the output that must come of it. */
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { glob } from 'tinyglobby'
import type { Problem } from '../../../src/diagnostics.js'
import { prepare } from '../../emit/prepare-files.js'

export const fixtures: string = fileURLToPath(new URL('../../../fixtures/routes/', import.meta.url))
export const frameworks: readonly string[] = readdirSync(fixtures).sort()

/** The route files of a project, as paths that the command takes. */
export async function routeFiles(project: string): Promise<string[]> {
  const ignore = ['expected/**', 'node_modules/**', '**/*.d.ts']
  const files = await glob('**/*.{ts,tsx}', { cwd: project, ignore })
  return files.sort().map((file) => relative('.', join(project, file)))
}

export interface Prepared {
  /** By path: the client, and the warnings as a text. */
  readonly files: ReadonlyMap<string, string>
}

/** The client of a project that stands in a folder. */
export async function prepareProject(
  project: string,
  options: { readonly allowOutside?: string[] } = {},
): Promise<Prepared> {
  const { files, warnings } = await prepare({ input: await routeFiles(project), ...options })
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  return { files: texts.set('warnings.txt', warnings.map(line).join('')) }
}

function line({ code, message }: Problem): string {
  return `${code}: ${message}\n`
}
