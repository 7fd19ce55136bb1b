/** Runs the built command as users do: as a process of its own, in a folder of its own. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Project {
  readonly folder: string
  /** Writes a file below the folder. */
  put(path: string, text: string): void
  read(path: string): string
  /** Every file below a folder, sorted; empty if there is none. */
  list(path: string): string[]
  run(args: readonly string[], options?: { readonly input?: string }): Promise<Run>
  remove(): void
}

const BIN = fileURLToPath(new URL('../../bin/streamwright.js', import.meta.url))

export function createProject(files: Readonly<Record<string, string>> = {}): Project {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-cli-'))
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(files)) put(path, text)
  return {
    folder,
    put,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    list: (path) => listFiles(join(folder, path)),
    run: (args, { input = '' } = {}) => runBin(args, { folder, input }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function listFiles(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => !entry.isDirectory())
    return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
  } catch {
    return []
  }
}

function runBin(args: readonly string[], { folder, input }: { folder: string; input: string }): Promise<Run> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder, env: { PATH: process.env['PATH'], CI: '1' } })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    )
  })
}

/** A document with one operation of each common kind. */
export const DOCUMENT = `openapi: 3.1.0
info: { title: Example, version: '1' }
servers: [{ url: https://example.com }]
paths:
  /events:
    get:
      operationId: streamEvents
      responses:
        '200':
          description: events
          content:
            text/event-stream: { schema: { $ref: '#/components/schemas/Event' } }
  /rows:
    get:
      operationId: exportRows
      responses:
        '200':
          description: rows
          content:
            application/x-ndjson: { schema: { $ref: '#/components/schemas/Event' } }
  /plain:
    get:
      operationId: getPlain
      responses:
        '200':
          description: one
          content:
            application/json: { schema: { $ref: '#/components/schemas/Event' } }
components:
  schemas:
    Event:
      type: object
      required: [id]
      properties: { id: { type: string } }
`
