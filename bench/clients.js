/** Generates the two clients that are generated, and bundles each as an app would. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@hey-api/openapi-ts'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('.', import.meta.url))
const document = join(folder, 'openapi.yaml')

/** Where everything that is made here goes. */
export const generated = join(folder, '.generated')

/** Writes `.generated/streamwright` and `.generated/hey-api`, each with its bundle, `bundle.js`. */
export async function prepareClients() {
  generateStreamwright()
  await generateHeyApi(join(generated, 'hey-api'))
  for (const name of ['streamwright', 'hey-api']) {
    const path = join(generated, name)
    await build({
      entryPoints: [join(path, 'index.ts')],
      outfile: join(path, 'bundle.js'),
      bundle: true,
      format: 'esm',
      target: 'es2022',
      logLevel: 'warning',
    })
  }
}

/** Our own, written to `.generated/streamwright`. */
export function generateStreamwright() {
  const out = join(generated, 'streamwright')
  rmSync(out, { recursive: true, force: true })
  const generator = fileURLToPath(new URL('../bin/streamwright.js', import.meta.url))
  execFileSync(process.execPath, [generator, 'generate', document, '--out', out, '--include', 'all'])
  return out
}

/** @param {string} out */
async function generateHeyApi(out) {
  await createClient({
    input: document,
    output: out,
    plugins: ['@hey-api/client-fetch', '@hey-api/sdk', '@hey-api/typescript'],
    logs: { level: 'silent' },
  })
}
