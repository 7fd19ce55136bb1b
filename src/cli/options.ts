/** From the options of the command line to configs. */
import { findConfigFile, loadConfigFile } from '../config/load.js'
import { type Config, mergeConfig, type PartialConfig } from '../config.js'
import { InputError } from '../diagnostics.js'
import { DEFAULT_LIMITS, type Limits } from '../limits.js'
import { nearest } from '../nearest.js'
import { parseHeader } from '../request-headers.js'

/** What commander hands over; it has checked the choices. */
export interface Flags {
  readonly config?: string
  readonly include?: 'streams' | 'all'
  readonly allowRemote?: readonly string[]
  readonly prefix?: string
  readonly allowOutside?: readonly string[]
  readonly header?: readonly string[]
  readonly limit?: readonly string[]
  readonly debug?: boolean
}

export interface GenerateFlags extends Flags {
  readonly out?: string
  readonly check?: boolean
  readonly dryRun?: boolean
  readonly runtime?: 'copy' | 'import'
  readonly importExtension?: 'js' | 'ts' | 'none'
  readonly report?: 'json'
  readonly print?: 'ir'
  readonly failOnWarnings?: boolean
  readonly verify?: boolean
  readonly watch?: boolean
}

export interface InspectFlags extends Flags {
  readonly json?: boolean
}

/**
 * The config file's outputs under the values of the command line, or one output from the command line alone.
 * @throws InputError where the two do not fit together.
 */
export async function configsOf(inputs: readonly string[], flags: GenerateFlags): Promise<PartialConfig[]> {
  const given = givenConfig(inputs, flags)
  const file = flags.config ?? findConfigFile('.')
  if (file === undefined) return [given]
  const configs = await loadConfigFile(file)
  if (configs.length > 1 && (given.input !== undefined || given.out !== undefined)) {
    throw new InputError({
      code: 'config-several',
      message: `the config file states ${configs.length} outputs, and the command line cannot say which of them it means`,
      place: { file: file.replaceAll('\\', '/') },
      hint: 'leave the input and --out away, or choose a config file with one output by --config',
    })
  }
  return configs.map((under) => mergeConfig({ under, over: given }))
}

function givenConfig(inputs: readonly string[], flags: GenerateFlags): PartialConfig {
  const {
    out,
    include,
    runtime,
    importExtension,
    failOnWarnings,
    verify,
    prefix,
    allowRemote,
    allowOutside,
    header,
    limit,
  } = flags
  const given: { [Name in keyof Config]?: Config[Name] | undefined } = {
    input: inputs.length > 0 ? inputs : undefined,
    out,
    include,
    runtime,
    importExtension,
    failOnWarnings,
    verify,
    prefix,
    allowRemote,
    allowOutside,
    headers: header && Object.fromEntries(header.map(parseHeader)),
    limits: limit && limitsOf(limit),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function limitsOf(texts: readonly string[]): Partial<Limits> {
  return Object.fromEntries(texts.map(limitOf))
}

function limitOf(text: string): [name: string, value: number] {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [text, text]
  const names = Object.keys(DEFAULT_LIMITS)
  if (!names.includes(name)) {
    const near = nearest(name, names)
    throw new InputError({
      code: 'limit-unknown',
      message: `there is no limit "${name}"`,
      hint: near === undefined ? `the limits are ${names.join(', ')}` : `did you mean "${near}"?`,
    })
  }
  if (!/^[1-9]\d{0,14}$/.test(value)) {
    throw new InputError({
      code: 'limit-invalid',
      message: `the limit "${name}" must be a whole number above 0, not ${JSON.stringify(value)}`,
      hint: `write it as --limit ${name}=1000`,
    })
  }
  return [name, Number(value)]
}
