/**
 * YAML 1.2 with the core schema and merge keys (`<<`): dates, `yes` and `on` stay text. js-yaml reads it; where that
 * cannot, `yaml` is tried, which forgives an indentation that other tools forgive too. Loaded only for YAML.
 */
import {
  CORE_SCHEMA,
  constructFromEvents,
  type Event,
  getScalarValue,
  mergeTag,
  parseEvents,
  YAMLException,
} from 'js-yaml'
import { depthError, InputError, type Place } from '../../diagnostics.js'
import { DEFAULT_LIMITS, limitError } from '../../limits.js'
import { lineStarts, positionAt } from '../../outline.js'
import { outlineYaml } from './outline-yaml.js'
import { emptyError, type Parsed, type ParseOptions, type Text } from './parsed.js'
import { checkAliases } from './yaml-aliases.js'
import { refuseComplexKeys } from './yaml-keys.js'

/**
 * @throws InputError with line and column, of code `syntax`, `duplicate-key`, `yaml-tag`, `yaml-key`,
 * `yaml-character`, `yaml-several-documents`, `yaml-cycle`, or of a limit.
 */
export async function parseYaml(text: Text, options: ParseOptions): Promise<Parsed> {
  let events: Event[]
  try {
    events = eventsOf(text, options)
  } catch (error) {
    const refused = refusal(error, { text, options })
    if (refused.problem.code !== 'syntax') throw refused
    const { parseYamlLeniently } = await import('./parse-yaml-leniently.js')
    return parseYamlLeniently(text, { ...options, refused })
  }
  refuseSeveral(events, text)
  refuseComplexKeys(events, text)
  if (!events.some(isContent)) throw emptyError(text.file)
  const value = construct(events, { text, options })
  const outline = (): ReturnType<Parsed['outline']> =>
    outlineYaml({
      text: text.text,
      events: eventsOf(text, options),
      decode: (scalar) => getScalarValue(text.text, scalar),
    })
  if (events.some(({ type }) => type === 5)) checkAliases(value, { text, outline, limits: options.limits })
  return { format: 'yaml', value, outline }
}

/** js-yaml counts a scalar as one more level than the collection it is in. */
function eventsOf({ file, text }: Text, { limits }: ParseOptions): Event[] {
  try {
    return parseEvents(text, { maxDepth: limits.depth + 1 })
  } catch (cause) {
    // The limit was raised beyond what the stack can hold.
    if (cause instanceof RangeError) throw depthError({ place: placeOfDepth({ file, text }), cause })
    throw cause
  }
}

/** Where a text goes beyond the depth that every stack can hold. */
function placeOfDepth({ file, text }: Text): Place {
  try {
    parseEvents(text, { maxDepth: DEFAULT_LIMITS.depth })
    return { file }
  } catch (error) {
    const mark = error instanceof YAMLException ? error.mark : undefined
    return { file, ...(mark && positionAt(lineStarts(text), mark.position)) }
  }
}

/** False for the scalar that stands for nothing, as in a text of comments. */
function isContent(event: Event): boolean {
  return 'start' in event || ('valueStart' in event && event.valueStart !== -1)
}

interface Context {
  readonly text: Text
  readonly options: ParseOptions
}

function construct(events: Event[], { text, options }: Context): unknown {
  const schema = CORE_SCHEMA.withTags(mergeTag)
  try {
    return constructFromEvents(events, {
      source: text.text,
      schema,
      maxTotalMergeKeys: options.limits.mergeKeys,
    })[0]
  } catch (error) {
    throw refusal(error, { text, options })
  }
}

function refuseSeveral(events: readonly Event[], { file, text }: Text): void {
  const starts = events.flatMap(({ type }, index) => (type === 1 ? [index] : []))
  const [, second] = starts
  const root = second === undefined ? undefined : events[second + 1]
  if (second === undefined) return
  // A document without content has no place of its own: what is shown is the last line that begins one.
  const begin = text.lastIndexOf('\n---') + 1
  const offset = root && 'start' in root ? root.start : root && 'valueStart' in root ? root.valueStart : begin
  throw new InputError({
    code: 'yaml-several-documents',
    message: `there are ${starts.length} YAML documents in this file`,
    place: { file, ...positionAt(lineStarts(text), offset === -1 ? begin : offset) },
    hint: 'keep one document in a file: remove the others and the --- between them',
  })
}

/** What js-yaml refuses, in our words where it is more than a matter of syntax. */
function refusal(error: unknown, { text: { file, text }, options: { limits } }: Context): InputError {
  if (error instanceof InputError) return error
  if (!(error instanceof YAMLException)) throw error
  const { reason, mark } = error
  const place: Place = { file, ...(mark && positionAt(lineStarts(text), mark.position)) }
  if (reason.startsWith('nesting exceeded')) {
    return limitError({ name: 'depth', limits, message: 'the document is nested more deeply than', place })
  }
  if (/^merge keys exceeded|^abnormal merge/.test(reason)) {
    return limitError({ name: 'mergeKeys', limits, message: 'the merges (<<) copy more keys than', place })
  }
  const { code, message, hint } = ruleFor(reason)
  return new InputError({ code, message, place, hint }, { cause: error })
}

function ruleFor(reason: string): { readonly code: string; readonly message: string; readonly hint: string } {
  if (reason === 'duplicated mapping key') {
    const hint = 'remove or rename one of the two: which of them counts is not defined'
    return { code: 'duplicate-key', message: 'this key is already in the mapping', hint }
  }
  if (/non-printable|valid JSON character/.test(reason)) {
    const hint = 'remove it, or write it as an escape in double quotes, such as "\\x1b"'
    return { code: 'yaml-character', message: 'a control character stands here, which no YAML text has', hint }
  }
  const tag = /^unknown \w+ tag !<(.*)>$/s.exec(reason)?.[1]
  if (tag !== undefined) {
    const hint = 'remove the tag: a document may hold text, numbers, true, false, null, lists and mappings only'
    return { code: 'yaml-tag', message: `the tag ${tag.replace('tag:yaml.org,2002:', '!!')} is not allowed`, hint }
  }
  return { code: 'syntax', message: `this is no YAML: ${reason}`, hint: 'correct the document at this place' }
}
