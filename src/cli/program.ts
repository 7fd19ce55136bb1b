/** The commands, their options and their help. */
import { Command, Option } from 'commander'
import type { InitFlags } from './init.js'
import type { GenerateFlags, InspectFlags } from './options.js'

export interface Actions {
  generate(inputs: readonly string[], flags: GenerateFlags): Promise<void>
  inspect(inputs: readonly string[], flags: InspectFlags): Promise<void>
  init(inputs: readonly string[], flags: InitFlags): Promise<void>
}

export interface ProgramOptions {
  readonly version: string
  readonly writeOut: (text: string) => void
  readonly writeErr: (text: string) => void
}

const INPUT =
  'OpenAPI document (2.0 to 3.2, JSON or YAML): a file, a glob, a URL, or - for standard input; TypeScript route files, by globs too'

const GENERATE_HELP = `
Exit codes:
  0  done, or up to date
  1  --check found differences, or --fail-on-warnings found warnings (nothing is written)
  2  the input, the config or the call is wrong (nothing is written)

Examples:
  $ streamwright generate openapi.yaml --out src/api
  $ streamwright generate https://example.com/openapi.json --out src/api --header "Authorization: Bearer $TOKEN"
  $ cat openapi.json | streamwright generate - --out src/api
  $ streamwright generate openapi.yaml --out src/api --watch
  $ streamwright generate --check              with a streamwright.config.ts; for CI
  $ streamwright generate openapi.yaml --out src/api --dry-run --report json
`

const INSPECT_HELP = `
Examples:
  $ streamwright inspect openapi.yaml
  $ streamwright inspect openapi.yaml --json | jq '.operations[] | select(.kinds | index("sse"))'
`

const PROGRAM_HELP = `
Examples:
  $ streamwright inspect openapi.yaml                      what streams, and why
  $ streamwright generate openapi.yaml --out src/api       write the clients
  $ streamwright init                                      write a config file, so that no options are needed
`

/** Its parse rejects with a CommanderError for a wrong call, and also once help or the version has been written. */
export function createProgram(actions: Actions, { version, writeOut, writeErr }: ProgramOptions): Command {
  const program = new Command('streamwright')
    .description('Typed streaming clients for TypeScript, generated from OpenAPI documents or TypeScript route files.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError(true)
    .configureOutput({ writeOut, writeErr })
    .exitOverride()
    .addHelpText('after', PROGRAM_HELP)
  addGenerate(program, actions)
  addInspect(program, actions)
  addInit(program, actions)
  return program
}

function addGenerate(program: Command, actions: Actions): void {
  const command = program
    .command('generate')
    .description('Write the clients of one document, or of every output that the config file states.')
    .argument('[input...]', INPUT)
    .option('-o, --out <folder>', 'output folder')
    .addOption(
      new Option('--check', 'write nothing; print how the folder differs, exit with 1 if it does').conflicts('dryRun'),
    )
    .option('--dry-run', 'write nothing; list what would be written')
  addShared(command)
    .addOption(
      new Option('--watch', 'write again whenever a file changes that the output depends on').conflicts([
        'check',
        'dryRun',
        'print',
        'report',
      ]),
    )
    .addOption(
      new Option(
        '--runtime <how>',
        'copy the runtime into the output, or import it from streamwright/runtime (default: copy)',
      ).choices(['copy', 'import']),
    )
    .addOption(
      new Option('--import-extension <ending>', 'ending of relative imports in the output (default: js)').choices([
        'js',
        'ts',
        'none',
      ]),
    )
    .option('--fail-on-warnings', 'write nothing and exit with 1 if there are warnings')
    .option('--verify', 'parse every generated file with the TypeScript compiler before anything is written')
    .addOption(new Option('--report <format>', 'print files, changes and warnings in this format').choices(['json']))
    .addOption(
      new Option('--print <what>', 'print the intermediate representation as JSON; write nothing')
        .choices(['ir'])
        .conflicts(['check', 'dryRun', 'report']),
    )
    .addHelpText('after', GENERATE_HELP)
    .action((inputs: readonly string[], flags: GenerateFlags) => actions.generate(inputs, flags))
}

function addInspect(program: Command, actions: Actions): void {
  const command = program
    .command('inspect')
    .description('Say of every operation what it answers with, and why; write nothing.')
    .argument('[input...]', INPUT)
    .option('--json', 'print JSON')
  addShared(command)
    .addHelpText('after', INSPECT_HELP)
    .action((inputs: readonly string[], flags: InspectFlags) => actions.inspect(inputs, flags))
}

function addInit(program: Command, actions: Actions): void {
  program
    .command('init')
    .description('Write a streamwright.config.ts to start from, for these inputs or for the document that is found.')
    .argument('[input...]', INPUT)
    .option('-o, --out <folder>', 'output folder (default: src/api, or api)')
    .action((inputs: readonly string[], flags: InitFlags) => actions.init(inputs, flags))
}

function addShared(command: Command): Command {
  return command
    .option('-c, --config <file>', 'config file (default: streamwright.config.{ts,js,mjs,json} in the working folder)')
    .addOption(
      new Option('--include <which>', 'operations that get a function (default: streams)').choices(['streams', 'all']),
    )
    .option(
      '--allow-remote <origin>',
      'let $ref fetch from this origin, such as https://example.com; repeatable',
      collect,
    )
    .option('--header <header>', 'send this header to the origin of an input that is a URL; repeatable', collect)
    .option('--prefix <path>', 'what stands before the paths of route files, where their mounts are not to be seen')
    .option('--allow-outside <folder>', 'let $ref read in this folder outside the working folder; repeatable', collect)
    .option('--limit <name=value>', 'change a bound on what the input may hold; repeatable', collect)
    .option('--debug', 'print the stack of an error')
}

function collect(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value]
}
