/** Runs a script in a Node of its own and tells what the whole process took, its start included. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const reporter = fileURLToPath(new URL('report.cjs', import.meta.url))

/**
 * @param {readonly string[]} parameters the script first
 * @param {{ readonly cwd: string }} options
 * @returns {Promise<{ cpu: number, memory: number }>} microseconds and bytes
 */
export async function runMeasured(parameters, { cwd }) {
  const child = spawn(process.execPath, ['--require', reporter, ...parameters], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    cwd,
  })
  const [errors, report] = child.stdio.slice(2)
  const [messages, figures, [status]] = await Promise.all([text(errors), text(report), once(child, 'exit')])
  if (status !== 0) throw new Error(messages)
  return JSON.parse(figures)
}
