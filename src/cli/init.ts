/** The command `init`: a config file to start from. */
import { existsSync, writeFileSync } from 'node:fs'
import { findConfigFile } from '../config/load.js'
import { InputError } from '../diagnostics.js'
import { str } from '../emit/encode.js'
import { escapeControls, type Session } from './session.js'

export interface InitFlags {
  readonly out?: string
}

const CONFIG_FILE = 'streamwright.config.ts'
const FOLDERS = ['', 'docs/', 'api/', 'spec/', 'openapi/']
const NAMES = ['openapi', 'swagger', 'api'].flatMap((name) => ['yaml', 'yml', 'json'].map((type) => `${name}.${type}`))

/**
 * Writes `streamwright.config.ts` for the inputs that are named, or for the document that is found.
 * @throws InputError where there is a config file already, or no document.
 */
export function runInit(
  { inputs, flags }: { readonly inputs: readonly string[]; readonly flags: InitFlags },
  { writeOut }: Session,
): void {
  const existing = findConfigFile('.')
  if (existing !== undefined) {
    throw new InputError({
      code: 'config-exists',
      message: 'there is a config file already',
      place: { file: existing },
      hint: 'edit it, or remove it first',
    })
  }
  const named = inputs.length > 0 ? inputs : [findDocument()]
  const input =
    named.length > 1 ? `[${named.map((one) => str(one)).join(', ')}]` : named.map((one) => str(one)).join('')
  const out = flags.out ?? (existsSync('src') ? 'src/api' : 'api')
  writeFileSync(CONFIG_FILE, configText({ input, out: str(out) }), { flag: 'wx' })
  writeOut(
    escapeControls(`wrote ${CONFIG_FILE}: ${named.join(', ')} → ${out}
next: npx streamwright inspect     what each operation is, and why
      npx streamwright generate    writes the clients; in CI: npx streamwright generate --check
`),
  )
}

function findDocument(): string {
  const found = FOLDERS.flatMap((folder) => NAMES.map((name) => folder + name)).find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new InputError({
    code: 'init-no-input',
    message: 'no OpenAPI document was found, such as openapi.yaml or docs/openapi.json',
    hint: "name the input: streamwright init openapi.yaml, or streamwright init 'src/routes/**/*.ts'",
  })
}

function configText({ input, out }: { input: string; out: string }): string {
  return `import { defineConfig } from 'streamwright'

export default defineConfig({
  input: ${input},
  out: ${out},
})
`
}
