/** Generates a client for `openapi.yaml`, type-checks and compiles it, and uses it against `server.js`. Writes to `.demo/`. */
import { spawn } from 'node:child_process'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer, token } from './server.js'

const demo = fileURLToPath(new URL('.', import.meta.url))
const root = join(demo, '../..')
const target = join(root, '.demo')
const api = join(target, 'api')

const started = performance.now()
try {
  await generate()
  await compile()
  await use()
  console.log(`\nThe demo ended well after ${((performance.now() - started) / 1000).toFixed(1)} s.`)
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}

async function generate() {
  console.log('1. A client for examples/demo/openapi.yaml')
  await mkdir(target, { recursive: true })
  const input = relative(root, join(demo, 'openapi.yaml'))
  const output = relative(root, api)
  await run('bin/streamwright.js', { args: ['generate', input, '--out', output, '--include', 'all'] })
}

async function compile() {
  console.log('\n2. The client and app.ts are type-checked and compiled')
  await copyFile(join(demo, 'app.ts'), join(target, 'app.ts'))
  await copyFile(join(demo, 'tsconfig.json'), join(target, 'tsconfig.json'))
  await run('node_modules/typescript/bin/tsc', { args: ['-p', '.demo/tsconfig.json'] })
  const lines = (await readFile(join(target, 'app.ts'), 'utf8')).split('\n').length
  console.log(`  no errors in the client and the ${lines} lines that use it`)
}

async function use() {
  const server = await startServer()
  console.log(`\n3. The app runs against the farm at ${server.url}`)
  try {
    await run('.demo/out/app.js', { args: [server.url, token] })
  } finally {
    await server.close()
  }
}

/**
 * Runs a script of Node in the project's folder; its output goes where ours goes.
 * @param {string} script @param {{ args: readonly string[] }} options
 * @returns {Promise<void>}
 */
function run(script, { args }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`${script} ended with ${code ?? signal}`))
    })
  })
}
