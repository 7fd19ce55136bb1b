/**
 * Every identifier and file name in the output is chosen here. A name depends on what is named and on what it
 * collides with, never on the order of the document.
 */
import type { Operation } from './ir.js'

/**
 * Words that cannot name a function or a type in a module (ECMAScript section 12.7.2, TypeScript's predefined types, and
 * what CommonJS modules have in scope: TypeScript's error 2441).
 */
const RESERVED: ReadonlySet<string> = new Set(
  `any arguments as async await bigint boolean break case catch class const continue debugger default delete do else enum eval
  exports export extends false finally for from function global if implements import in infer instanceof interface is keyof let
  module namespace never new null number object of package private protected public readonly require return satisfies
  static string super switch symbol this throw true try type typeof undefined unique unknown using var void while with yield`.split(
    /\s+/,
  ),
)

/** Device names that Windows reserves, with every extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/
const MAX_FILE_NAME = 80

/**
 * Letters and digits that every compiler and every system takes for such: Latin, Greek, Cyrillic, Armenian, Hebrew,
 * Arabic, Devanagari, Thai, Georgian, Kana, Han and Hangul as they have been in Unicode for many years. The tables of
 * TypeScript and of Node differ for younger ones, and then the output would not parse, or differ by system.
 */
const LETTERS =
  /[A-Za-z0-9\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0481\u048a-\u0527\u0531-\u0556\u0561-\u0587\u05d0-\u05ea\u0620-\u064a\u0904-\u0939\u0e01-\u0e30\u10d0-\u10f0\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3]+/g

/** The parts of a text that can stand in an identifier, composed (NFC) so that two spellings of a letter are one. */
function words(text: string): string[] {
  return text.normalize('NFC').match(LETTERS) ?? []
}

/** The first letter as a capital, where that is one of `LETTERS`: the capitals of some came later than the letters. */
export function upperFirst(word: string): string {
  return inLetters(word.slice(0, 1), (letter) => letter.toUpperCase()) + word.slice(1)
}

/** The same in lower case. */
function lowered(text: string): string {
  return inLetters(text, (letters) => letters.toLowerCase())
}

function inLetters(text: string, change: (text: string) => string): string {
  const changed = change(text)
  return changed.match(LETTERS)?.[0] === changed ? changed : text
}

/** `HTTPGet` → `httpGet`, `ID` → `id`, `GetUser` → `getUser`. */
function lowerFirst(word: string): string {
  const run = word.match(/^\p{Lu}+/u)?.[0] ?? ''
  if (run.length < 2 || run.length === word.length)
    return run.length > 1 ? lowered(word) : lowered(word.slice(0, 1)) + word.slice(1)
  const next = word.slice(run.length, run.length + 1)
  const kept = /\p{Ll}/u.test(next) ? run.length - 1 : run.length
  return lowered(word.slice(0, kept)) + word.slice(kept)
}

function asIdentifier(name: string, fallback: string): string {
  const safe = name === '' ? fallback : /^\p{N}/u.test(name) ? `_${name}` : name
  return RESERVED.has(safe) ? `${safe}_` : safe
}

/** `meta/root` → `metaRoot`. An empty or unusable text gives `fallback`. */
export function camelCase(text: string, fallback: string): string {
  const [first = '', ...rest] = words(text)
  return asIdentifier(lowerFirst(first) + rest.map(upperFirst).join(''), fallback)
}

/** A name that the user states, as it is where it can name a function, else made of its words. */
export function statedName(text: string, fallback: string): string {
  const isIdentifier = /^[A-Za-z_$][\w$]*$/.test(text) && !RESERVED.has(text)
  return isIdentifier ? text : camelCase(text, fallback)
}

/** `user.created-event` → `UserCreatedEvent`; one word is kept as the author wrote it but for its first letter. */
export function pascalCase(text: string, fallback: string): string {
  return asIdentifier(words(text).map(upperFirst).join(''), fallback)
}

/**
 * A file name without extension, from a safe alphabet: lower-case ASCII letters, digits and `-`; no name that
 * Windows reserves; at most 80 characters.
 */
export function fileName(text: string, fallback: string): string {
  const spaced = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1-$2')
  const name = (spaced.toLowerCase().match(/[a-z0-9]+/g) ?? []).join('-').slice(0, MAX_FILE_NAME).replace(/-$/, '')
  if (name === '') return fallback
  return DEVICE.test(name) ? `${name}-endpoints` : name
}

/** What is to be named: `key` identifies it and orders it, `wanted` is the name it would have alone. */
export interface Candidate {
  readonly key: string
  readonly wanted: string
  /** True where the author's own spelling is the wanted name, which then wins over one that was made from another. */
  readonly exact: boolean
}

/**
 * Gives each candidate a name of its own. Of those that want the same name an exact one comes first, then the
 * smallest key; the others get 2, 3, … behind it.
 * @param taken names that nobody may have
 */
export function distinctNames(candidates: readonly Candidate[], taken: ReadonlySet<string>): Map<string, string> {
  const ordered = [...candidates].sort(
    (left, right) =>
      Number(right.exact) - Number(left.exact) || (left.key < right.key ? -1 : left.key > right.key ? 1 : 0),
  )
  const used = new Set(taken)
  const wantedByAll = new Set(candidates.map(({ wanted }) => wanted))
  const names = new Map<string, string>()
  // Where the search for a wanted name ended last: all before it are used, and thousands may want the same.
  const counts = new Map<string, number>()
  for (const { key, wanted } of ordered) {
    let name = wanted
    let count = counts.get(wanted) ?? 2
    for (; used.has(name) || (count > 2 && wantedByAll.has(name)); count++) name = `${wanted}${count}`
    counts.set(wanted, count)
    used.add(name)
    names.set(key, name)
  }
  return names
}

/** Every object has a `constructor`, of a type of its own: where a member is called so, `{}` is not assignable. */
export function isAbsentFromObjects(name: string): boolean {
  return !(name in Object.prototype)
}

/** Identifies an operation: two of one document never share method and path. */
export function operationKey({ method, path }: Operation): string {
  return `${path} ${method}`
}

/** `GET /users/{id}/events` → `getUsersByIdEvents`. */
function nameFromPath({ method, path }: Operation): string {
  const spoken = path
    // `{name=projects/*}` and `{id:[0-9]+}` say what the value looks like.
    .replaceAll(/\{([^{}=:]*)[^{}]*\}/g, ' by $1 ')
    .split(/[/\s]+/)
    .flatMap(words)
  return camelCase([method.toLowerCase(), ...spoken].join(' '), 'operation')
}

/**
 * A name for each operation: its operationId as an identifier, else its method and path. Of several operations
 * with one operationId the first by path keeps it, the others get method and path behind it.
 */
export function operationNames(operations: readonly Operation[]): Map<string, string> {
  const firstById = new Map<string, string>()
  for (const operation of operations) {
    const key = operationKey(operation)
    const first = firstById.get(operation.operationId ?? '')
    if (first === undefined || key < first) firstById.set(operation.operationId ?? '', key)
  }
  const candidates = operations.map((operation): Candidate => {
    const key = operationKey(operation)
    if (operation.operationId === undefined || words(operation.operationId).length === 0) {
      return { key, wanted: nameFromPath(operation), exact: false }
    }
    const plain = camelCase(operation.operationId, 'operation')
    const isFirst = firstById.get(operation.operationId) === key
    return {
      key,
      wanted: isFirst ? plain : `${plain}${upperFirst(nameFromPath(operation))}`,
      exact: isFirst && plain === operation.operationId,
    }
  })
  return distinctNames(candidates, new Set())
}

/** The keys of a flat parameter object: a name that stands in several places gets its place as a suffix, in each of them. */
export function parameterKeys(
  parameters: readonly { readonly name: string; readonly in: string }[],
  taken: readonly string[],
): string[] {
  const counts = new Map<string, number>()
  for (const { name } of parameters) counts.set(name, (counts.get(name) ?? 0) + 1)
  return parameters.map(({ name, in: location }) => {
    if (counts.get(name) === 1 && !taken.includes(name)) return name
    let key = `${name}${upperFirst(location)}`
    while (counts.has(key) || taken.includes(key)) key += 'Parameter'
    return key
  })
}
