/**
 * The annotation: a JSDoc block with `@stream`. What each tag may hold is one table here; a type is any text that could
 * state a type at the top of the file.
 */
import type { StreamKind } from '../../ir.js'
import { parseMediaType } from '../../media-type.js'
import { camelCase } from '../../names.js'
import { nearest } from '../../nearest.js'
import { AUTH_FORMS, readAuth } from './auth.js'
import { type Comment, findComments, type Tag, type TypeText } from './comment.js'
import type { FoundAuth } from './dialect.js'

export interface AnnotatedEvent {
  readonly name: string | null
  readonly type?: TypeText
}

/** One annotation as written. */
export interface Annotation {
  /** Where the comment begins and ends in the file. */
  readonly start: number
  readonly end: number
  /** Where `@stream` stands. */
  readonly offset: number
  readonly kind: StreamKind
  readonly method?: string
  readonly path?: string
  readonly events?: readonly AnnotatedEvent[]
  readonly types: Readonly<Partial<Record<TypeRole, TypeText>>>
  readonly auth?: readonly FoundAuth[]
  readonly contentType?: string
  readonly done?: string
  readonly name?: string
  readonly docs?: string
  readonly deprecated: boolean
}

export type TypeRole = 'send' | 'reply' | 'params' | 'query' | 'headers' | 'body'

/** Something wrong with a tag: nothing is thrown before it is known that the text is a comment at all. */
export interface AnnotationFault {
  readonly kind: 'fault'
  readonly start: number
  readonly end: number
  readonly offset: number
  readonly message: string
  readonly hint: string
}

export const STREAM_KINDS: readonly StreamKind[] = ['sse', 'ndjson', 'json-seq', 'text', 'binary', 'websocket']
const ROLES: readonly TypeRole[] = ['send', 'reply', 'params', 'query', 'headers', 'body']
const TYPE_TAGS: ReadonlySet<string> = new Set(['event', ...ROLES])
const OTHER_TAGS = ['stream', 'auth', 'contentType', 'done', 'name']
const OWN_TAGS = [...TYPE_TAGS, ...OTHER_TAGS]
/** Of JSDoc and TypeDoc, some of which look like ours. */
const FOREIGN_TAGS: ReadonlySet<string> = new Set(
  'author deprecated default example fires internal param private public remarks return returns see since summary template this throws todo type version yields'.split(
    ' ',
  ),
)
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'QUERY']
/** Which tags say something of which kinds. */
const KINDS_OF_TAG: Readonly<Record<string, readonly StreamKind[]>> = {
  event: ['sse', 'ndjson', 'json-seq', 'websocket'],
  body: ['sse', 'ndjson', 'json-seq', 'text', 'binary'],
  send: ['websocket'],
  reply: ['websocket'],
  done: ['sse'],
  contentType: ['ndjson', 'json-seq', 'text', 'binary'],
}

/** A tag that is called nearly as ours and is followed by a kind: `@steam sse`, `@Stream text`. */
const LIKE_STREAM = new RegExp(`@(?!stream\\b)([A-Za-z]{4,9})[ \\t]+(?:${STREAM_KINDS.join('|')})\\b`, 'g')

/** Every annotation in the text of a file, in its order. Pure; some may turn out to stand in a string. */
export function findAnnotations(text: string): (Annotation | AnnotationFault)[] {
  const near = [...text.matchAll(LIKE_STREAM)].map(([, name = '']) => name)
  const misspelt = near.filter((name) => nearest(name, ['stream']) !== undefined)
  if (misspelt.length === 0 && !text.includes('@stream')) return []
  return findComments(text, { typeTags: TYPE_TAGS, names: ['stream', ...misspelt] }).map(readAnnotation)
}

function readAnnotation(comment: Comment): Annotation | AnnotationFault {
  const fault = findFault(comment)
  const { start, end, description, tags } = comment
  if (fault !== undefined) return { kind: 'fault', start, end, ...fault }
  const text = (name: string): string | undefined => tags.find((tag) => tag.name === name)?.text
  const stream = tags.find(({ name }) => name === 'stream')
  const { kind, method, path } = readStream(stream?.text ?? '')
  const events = tags.filter(({ name }) => name === 'event').map(readEvent)
  const auth = tags.filter(({ name }) => name === 'auth').map((tag) => readAuth(tag.text))
  const types = Object.fromEntries(
    tags.flatMap(({ name, type }) => (type !== undefined && name !== 'event' ? [[name, type]] : [])),
  )
  const [contentType, done, name] = [text('contentType'), text('done'), text('name')]
  return {
    start,
    end,
    offset: stream?.offset ?? start,
    kind: kind ?? 'sse',
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
    ...(events.length === 0 ? {} : { events }),
    types,
    ...(auth.length === 0 ? {} : { auth: auth.filter((one) => one !== 'none' && one !== undefined) }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(done === undefined ? {} : { done }),
    ...(name === undefined ? {} : { name }),
    ...(description === '' ? {} : { docs: description }),
    deprecated: tags.some((tag) => tag.name === 'deprecated'),
  }
}

function readEvent({ text, type }: Tag): AnnotatedEvent {
  return { name: text === '' ? null : text, ...(type && { type }) }
}

interface Stream {
  readonly kind?: StreamKind
  readonly method?: string
  readonly path?: string
  /** What is neither. */
  readonly rest: readonly string[]
}

/** `sse GET /jobs/{id}/events`; the lines after the first one are prose. */
function readStream(text: string): Stream {
  const [first = '', ...words] = (text.split('\n')[0] ?? '').split(/\s+/).filter((word) => word !== '')
  const kind = STREAM_KINDS.find((one) => one === first)
  const method = METHODS.find((one) => one === words[0]?.toUpperCase())
  const further = method === undefined ? words : words.slice(1)
  const path = further[0]?.startsWith('/') === true ? further[0] : undefined
  return {
    ...(kind && { kind }),
    ...(method && { method }),
    ...(path === undefined ? {} : { path }),
    rest: path === undefined ? further : further.slice(1),
  }
}

type Found = Pick<AnnotationFault, 'offset' | 'message' | 'hint'>

function findFault({ tags }: Comment): Found | undefined {
  const stream = tags.find(({ name }) => name === 'stream')
  const { kind, method } = stream ? readStream(stream.text) : {}
  const once = new Set<string>()
  for (const tag of tags) {
    const fault = faultOfTag(tag, kind)
    if (fault !== undefined) return { offset: tag.offset, ...fault }
    const mayRepeat = tag.name === 'auth' || (tag.name === 'event' && kind !== 'websocket')
    if (!OWN_TAGS.includes(tag.name) || mayRepeat) continue
    if (once.has(tag.name)) {
      const hint = `merge them into one; a second route needs a comment of its own`
      return { offset: tag.offset, message: `@${tag.name} stands twice in one comment`, hint }
    }
    once.add(tag.name)
  }
  return findContradiction(tags, method)
}

/** Tags each of which is right, and which say different things together. */
function findContradiction(tags: readonly Tag[], method: string | undefined): Found | undefined {
  const [reply, body] = ['reply', 'body'].map((name) => tags.find((tag) => tag.name === name))
  if (reply !== undefined && tags.some(({ name }) => name === 'event')) {
    const hint = 'keep @event for a server that sends many messages, @reply for one that answers once'
    return { offset: reply.offset, message: '@reply and @event exclude each other', hint }
  }
  const auth = tags.filter(({ name }) => name === 'auth')
  const none = auth.find(({ text }) => readAuth(text) === 'none')
  if (none !== undefined && auth.length > 1) {
    const hint = 'keep @auth none for a route without authentication, the others for one with it'
    return { offset: none.offset, message: '@auth none and another @auth exclude each other', hint }
  }
  if (body === undefined || (method !== 'GET' && method !== 'HEAD')) return undefined
  const hint = 'state the method that takes it, such as POST, or write @query'
  return { offset: body.offset, message: `a request by ${method} carries no body`, hint }
}

type Words = Pick<Found, 'message' | 'hint'>

function faultOfTag(tag: Tag, kind: StreamKind | undefined): Words | undefined {
  const { name, text, type, isBroken } = tag
  if (!OWN_TAGS.includes(name)) return faultOfForeign(name)
  const foreign = faultOfKind(name, kind)
  if (foreign !== undefined) return { ...foreign, message: `@${foreign.message}` }
  if (isBroken === true) {
    return {
      message: `the text in the braces of @${name} is no type`,
      hint: 'write any TypeScript type, and its closing }',
    }
  }
  if (TYPE_TAGS.has(name) && name !== 'event' && type === undefined) {
    return { message: `@${name} states no type`, hint: `write it in braces: @${name} {T}` }
  }
  switch (name) {
    case 'stream':
      return faultOfStream(text)
    case 'event':
      return faultOfEvent(tag, kind)
    case 'auth':
      return readAuth(text) === undefined
        ? { message: `@auth does not know ${JSON.stringify(text)}`, hint: `write ${AUTH_FORMS}` }
        : undefined
    case 'contentType':
      return parseMediaType(text) === undefined
        ? { message: `${JSON.stringify(text)} is no media type`, hint: 'write it as type/subtype' }
        : undefined
    case 'name':
      return camelCase(text, '') === text
        ? undefined
        : { message: `${JSON.stringify(text)} cannot name a function`, hint: 'write an identifier in camelCase' }
    case 'done':
      return text === '' ? { message: '@done states no text', hint: 'write the text, such as [DONE]' } : undefined
    default:
      return undefined
  }
}

/** What is wrong with a tag for a stream of this kind; the message begins with its name. */
export function faultOfKind(name: string, kind: StreamKind | undefined): Words | undefined {
  const kinds = KINDS_OF_TAG[name]
  if (kind === undefined || kinds === undefined || kinds.includes(kind)) return undefined
  return {
    message: `${name} says nothing of a stream of kind ${kind}`,
    hint: `it is for ${kinds.join(', ')}; remove it`,
  }
}

function faultOfForeign(name: string): Words | undefined {
  const near = FOREIGN_TAGS.has(name) ? undefined : nearest(name, OWN_TAGS)
  return near === undefined ? undefined : { message: `there is no tag @${name}`, hint: `did you mean @${near}?` }
}

function faultOfStream(text: string): Words | undefined {
  const { kind, method = 'GET', rest } = readStream(text)
  if (kind === 'websocket' && method !== 'GET') {
    return { message: `a WebSocket is opened by GET, and not by ${method}`, hint: 'leave the method out' }
  }
  const hint = 'write @stream KIND [METHOD] [/path], such as: @stream sse GET /jobs/{id}/events'
  if (kind === undefined) {
    const first = text.split(/\s/)[0] ?? ''
    const message =
      first === '' ? '@stream states no kind' : `there is no kind of stream called ${JSON.stringify(first)}`
    return { message, hint: `kinds are ${STREAM_KINDS.join(', ')}; ${hint}` }
  }
  const [word] = rest
  if (word === undefined) return undefined
  return { message: `${JSON.stringify(word)} is neither a method nor a path that begins with a slash`, hint }
}

function faultOfEvent({ text, type }: Tag, kind: StreamKind | undefined): Words | undefined {
  if (text === '' && type === undefined) {
    return {
      message: '@event states neither a name nor a type',
      hint: 'write @event {T}, @event name {T} or @event name',
    }
  }
  if (/\s/.test(text)) {
    const hint = 'write one name, then the type in braces: @event name {T}'
    return { message: `${JSON.stringify(text)} is no name of an event`, hint }
  }
  if (kind === undefined || kind === 'sse' || text === '') return undefined
  return { message: `${kind} has no named events`, hint: 'write @event {T}, with a union where there are several' }
}
