/** Paths as frameworks write them, to segments. Pure. */
import type { PathSegment } from '../../ir.js'

export interface RoutePath {
  /** With `{name}` for each parameter: `/jobs/{id}/events`. */
  readonly path: string
  readonly segments: readonly PathSegment[]
  /** In the order of the path; `PathSegment.index` counts in it. */
  readonly parameters: readonly PathParameter[]
}

export interface PathParameter {
  readonly name: string
  /** It may hold several segments: slashes in it stay as they are. */
  readonly takesRest: boolean
}

/** Names are those of the language: `größe` is one. */
const NAME = '[\\p{L}_][\\p{L}\\p{N}\\p{M}_-]*?'
/** Whole segments that are one parameter; `rest` marks those that take several segments. */
const WHOLE: readonly { readonly form: RegExp; readonly takesRest: boolean }[] = [
  { form: new RegExp(`^\\[\\[?\\.\\.\\.(${NAME})\\]\\]?$`, 'u'), takesRest: true }, // [...rest], [[...rest]]
  { form: new RegExp(`^\\[\\[?(${NAME})(?:=[\\w-]+)?\\]\\]?$`, 'u'), takesRest: false }, // [id], [[lang]], [id=integer]
  { form: new RegExp(`^\\{\\.\\.\\.(${NAME})\\}$`, 'u'), takesRest: true }, // {...rest}
  { form: new RegExp(`^(?:\\*|!|\\*\\*:)(${NAME})$`, 'u'), takesRest: true }, // *rest, !fallback, **:slug
  { form: new RegExp(`^\\{\\*(${NAME})\\}$`, 'u'), takesRest: true }, // {*rest}
  { form: new RegExp(`^\\{\\$(${NAME})\\}$`, 'u'), takesRest: false }, // {$id}
  { form: new RegExp(`^\\$(${NAME})$`, 'u'), takesRest: false }, // $id
  { form: new RegExp(`^:(${NAME})(?:\\([^)]*\\))?[*+]$`, 'u'), takesRest: true }, // :rest*, :rest(.*)+
]
/** Parameters in the middle of a segment: `{id}`, `{$id}`, `{id:[0-9]+}`, `:id`, `:id?`, `:id(\d+)`, `:from-:to`. */
const INNER =
  /\{\$?([\p{L}_][\p{L}\p{N}\p{M}_-]*)(?::[^{}]*)?\}|:([\p{L}_][\p{L}\p{N}\p{M}_]*)(?:\([^()]*\)|\{[^{}]*\})?\??/gu

/** Reads a path with parameters in any of the usual forms. What is none of them is text. */
export function readPath(written: string): RoutePath {
  const reader = newPathReader()
  for (const segment of written.split('/').filter((part) => part !== '')) {
    reader.text('/')
    readSegment(segment, reader)
  }
  if (written.endsWith('/')) reader.text('/')
  return reader.result()
}

function readSegment(segment: string, reader: PathReader): void {
  const whole = wholeParameter(segment)
  if (whole !== undefined) {
    reader.parameter(whole)
    return
  }
  let end = 0
  for (const match of segment.matchAll(INNER)) {
    reader.text(segment.slice(end, match.index))
    reader.parameter({ name: match[1] ?? match[2] ?? '', takesRest: false })
    end = match.index + match[0].length
  }
  reader.text(segment.slice(end))
}

function wholeParameter(segment: string): PathParameter | undefined {
  if (segment === '*' || segment === '**') return { name: 'path', takesRest: true }
  // The unnamed rest of TanStack is called so in its own `params`.
  if (segment === '$') return { name: '_splat', takesRest: true }
  for (const { form, takesRest } of WHOLE) {
    const name = form.exec(segment)?.[1]
    if (name !== undefined) return { name, takesRest }
  }
  return undefined
}

interface PathReader {
  text(text: string): void
  parameter(parameter: PathParameter): void
  result(): RoutePath
}

function newPathReader(): PathReader {
  const segments: PathSegment[] = []
  const parameters: PathParameter[] = []
  let path = ''
  let pending = ''
  const flush = (): void => {
    if (pending !== '') segments.push({ kind: 'text', text: pending })
    pending = ''
  }
  return {
    text: (text) => {
      path += text
      pending += text
    },
    parameter: (parameter) => {
      flush()
      segments.push({ kind: 'parameter', index: parameters.length })
      parameters.push(parameter)
      path += `{${parameter.name}}`
    },
    result: () => {
      flush()
      return path === ''
        ? { path: '/', segments: [{ kind: 'text', text: '/' }], parameters }
        : { path, segments, parameters }
    },
  }
}
