/** The command line: commander → configs → the line → exit code. The only file that knows `process`. */
import { readFileSync } from 'node:fs'
import { CommanderError } from 'commander'
import { createProgram } from './cli/program.js'
import { escapeControls, type Session } from './cli/session.js'
import { createSources } from './sources.js'

/**
 * Runs the command that the arguments name and sets the exit code: 0, 1 for differences or warnings that are not
 * accepted, 2 for a wrong input, config or call. The process is left to end by itself, so that a pipe gets all the text.
 */
export async function main(): Promise<void> {
  const session = createSession()
  process.stdout.on('error', onOutputError)
  process.stderr.on('error', onOutputError)
  try {
    await createProgram(
      {
        generate: async (inputs, flags) => {
          if (flags.watch) {
            const { watchGenerate } = await import('./cli/watch.js')
            return watchGenerate({ inputs, flags }, session)
          }
          const { runGenerate } = await import('./cli/generate.js')
          process.exitCode = await runGenerate({ inputs, flags }, session)
        },
        inspect: async (inputs, flags) => {
          const { runInspect } = await import('./cli/inspect.js')
          process.exitCode = await runInspect({ inputs, flags }, session)
        },
        init: async (inputs, flags) => {
          const { runInit } = await import('./cli/init.js')
          runInit({ inputs, flags }, session)
        },
      },
      {
        version: packageVersion(),
        writeOut: session.writeOut,
        writeErr: (text) => session.writeErr(escapeControls(text)),
      },
    ).parseAsync()
  } catch (error) {
    process.exitCode = 2
    // Commander has written its message itself, or the help or version that was asked for.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else {
      const { writeFailure } = await import('./cli/problems.js')
      await writeFailure(error, { debug: process.argv.includes('--debug'), session })
    }
  }
}

function createSession(): Session {
  const isPlain = Boolean(process.env['NO_COLOR'])
  return {
    writeOut: (text) => process.stdout.write(text),
    writeErr: (text) => process.stderr.write(text),
    colors: { out: !isPlain && Boolean(process.stdout.isTTY), err: !isPlain && Boolean(process.stderr.isTTY) },
    readStandardInput: async () => {
      const chunks: Buffer[] = []
      for await (const chunk of process.stdin) chunks.push(chunk)
      return Buffer.concat(chunks)
    },
    sources: createSources(),
  }
}

/** Whoever reads a pipe may stop early, as `head` does: that is no failure. */
function onOutputError(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') process.exitCode = 2
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return isManifest ? String(manifest.version) : ''
}
