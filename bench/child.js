/** Runs a script of this folder in a Node of its own and reads the JSON that it prints last. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * @param {string} script relative to this folder
 * @param {readonly string[]} parameters
 * @returns {Promise<any>}
 */
export async function runScript(script, parameters = []) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, ['--expose-gc', path, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const text of child.stdout.setEncoding('utf8')) output += text
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve))
  if (child.exitCode !== 0) throw new Error(`${script} ${parameters.join(' ')} ended with ${child.exitCode}`)
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '')
}
