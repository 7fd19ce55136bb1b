/**
 * Generates the client of `openapi.yaml`, compiles it with `app.ts`, and joins a room with it. Writes to `.demo/chat/`.
 * `node examples/chat/join.js [name] [room] [server]`
 */
import { spawn } from 'node:child_process'
import { copyFile, mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const example = fileURLToPath(new URL('.', import.meta.url))
const root = join(example, '../..')
const target = join(root, '.demo/chat')

await mkdir(target, { recursive: true })
const input = relative(root, join(example, 'openapi.yaml'))
await run(['bin/streamwright.js', 'generate', input, '--out', '.demo/chat/api'], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
for (const file of ['app.ts', 'tsconfig.json']) await copyFile(join(example, file), join(target, file))
await run(['node_modules/typescript/bin/tsc', '-p', '.demo/chat/tsconfig.json'], { stdio: 'inherit' })
await run(['.demo/chat/out/app.js', ...process.argv.slice(2)], { stdio: 'inherit' })

/**
 * Runs a script of Node in the project's folder; ends this process where the script fails.
 * @param {readonly string[]} args @param {{ stdio: import('node:child_process').StdioOptions }} options
 * @returns {Promise<void>}
 */
function run(args, { stdio }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : process.exit(code ?? 1)))
  })
}
