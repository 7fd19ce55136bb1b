import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Terminal {
  readonly child: ChildProcess
  readonly write: (line: string) => void
  /** Waits until the output holds the text; returns all of it. */
  readonly shows: (text: string) => Promise<string>
}

function run(script: string, args: readonly string[]): Terminal {
  const child = spawn(process.execPath, [`examples/chat/${script}.js`, ...args], { cwd: root, stdio: 'pipe' })
  onTestFinished(() => {
    child.kill()
  })
  let output = ''
  let look = (): void => {}
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
      look()
    })
  }
  const shows = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${JSON.stringify(text)} in ${output}`)), 25_000)
      look = () => {
        if (!output.includes(text)) return
        clearTimeout(timer)
        resolve(output)
      }
      look()
    })
  return { child, write: (line) => child.stdin.write(`${line}\n`), shows }
}

test('two terminals chat by the generated client', { timeout: 60_000 }, async () => {
  const server = run('server', ['0'])
  const url = /http\S+/.exec(await server.shows('127.0.0.1'))?.[0] ?? ''
  const ada = run('join', ['ada', 'kitchen', url])
  await ada.shows('ada joined')
  const bob = run('join', ['bob', 'kitchen', url])
  await ada.shows('bob joined; here are ada, bob')
  ada.write('ahoy 🚢')
  await bob.shows('ada: ahoy 🚢')
  bob.write('/quit')
  await ada.shows('bob left; here are ada')
})
