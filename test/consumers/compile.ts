/** Compiles generated folders the way their users would: by each compiler, under the settings of each consumer. */
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Compiler, type Consumer, compilers, consumers, type Settings, settingsFor } from './settings.js'

const projectRoot: string = fileURLToPath(new URL('../..', import.meta.url))

export interface CompileResult {
  readonly consumer: Consumer
  readonly compiler: Compiler
  /** One line per error as the compiler prints it, with its continuation lines. Empty where all compiled. */
  readonly errors: readonly string[]
  readonly milliseconds: number
}

/** A folder for generated output whose modules are ES modules. */
export interface Workspace {
  readonly folder: string
  remove(): Promise<void>
}

/** Makes an empty workspace in the system's folder for temporary files. */
export async function makeWorkspace(): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'streamwright-consumers-'))
  await writeFile(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n')
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Puts this package into a workspace as its users get it: compiled, with its declarations. */
export async function installPackage({ folder }: Workspace): Promise<void> {
  const target = join(folder, 'node_modules/streamwright')
  await mkdir(target, { recursive: true })
  await cp(join(projectRoot, 'package.json'), join(target, 'package.json'))
  const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc')
  const errors = await run(
    [tsc, '-p', join(projectRoot, 'tsconfig.build.json'), '--outDir', join(target, 'dist')],
    folder,
  )
  if (errors !== '') throw new Error(errors)
}

/** What one run of a compiler is about. */
export interface Target {
  readonly consumer: Consumer
  readonly compiler: Compiler
}

/** Every pair of a consumer and a compiler. */
export const targets: readonly Target[] = consumers.flatMap((consumer) =>
  compilers.map((compiler) => ({ consumer, compiler })),
)

/**
 * Compiles all TypeScript files of the folders in one program, without output. The folders stand in one workspace,
 * which receives the settings file.
 */
export async function compileIn(folders: readonly string[], target: Target): Promise<CompileResult> {
  const started = Date.now()
  const [first] = folders
  if (first === undefined) return { ...target, errors: [], milliseconds: 0 }
  const settings = await readSettings(target.consumer)
  const folder = dirname(first)
  const file = `tsconfig.${target.consumer}.${target.compiler}.json`
  const project = {
    compilerOptions: {
      ...settingsFor(target.compiler, settings),
      typeRoots: [join(projectRoot, 'node_modules/@types')],
    },
    include: folders.map((one) => `${basename(one)}/**/*.ts`),
  }
  await writeFile(join(folder, file), JSON.stringify(project, null, 2))
  const tsc = join(projectRoot, 'node_modules', target.compiler, 'bin/tsc')
  const text = await run([tsc, '-p', file, '--pretty', 'false'], folder)
  return { ...target, errors: splitErrors(text), milliseconds: Date.now() - started }
}

/** Those of the oldest and of the newest compiler, for what is too large for all. */
export const outermostTargets: readonly Target[] = targets.filter(
  ({ compiler }) => compiler === compilers[0] || compiler === compilers.at(-1),
)

/** Compiles the folders for the targets, two at a time, since each run takes a core and some hundred megabytes. */
export async function compileEverywhere(
  folders: readonly string[],
  wanted: readonly Target[] = targets,
): Promise<CompileResult[]> {
  const waiting = [...wanted]
  const results: CompileResult[] = []
  const work = async (): Promise<void> => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      results.push(await compileIn(folders, target))
    }
  }
  await Promise.all([work(), work()])
  return results
}

async function readSettings(consumer: Consumer): Promise<Settings> {
  const text = await readFile(join(projectRoot, 'fixtures/consumers', consumer, 'tsconfig.json'), 'utf8')
  return JSON.parse(text).compilerOptions
}

/** The output of a compiler that ended with 0 (all well) or 1 or 2 (errors in the code). */
function run(args: readonly string[], folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const text = Buffer.concat(chunks).toString('utf8')
      if (code === 0) resolve('')
      else if (code !== null && text.includes('error TS')) resolve(text)
      else reject(new Error(`${args.join(' ')} ended with ${code ?? signal}: ${text.slice(0, 2000)}`))
    })
  })
}

/** Joins the indented lines that explain an error to the line that states it. */
function splitErrors(text: string): string[] {
  const errors: string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue
    const last = errors.pop()
    if (last === undefined) errors.push(line)
    else if (line.startsWith(' ')) errors.push(`${last}\n${line}`)
    else errors.push(last, line)
  }
  return errors
}
