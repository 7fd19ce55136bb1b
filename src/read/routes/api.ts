/** TypeScript route files to `Api`. Files are parsed and never run. */
import { relative, resolve, sep } from 'node:path'
import { InputError, type Report } from '../../diagnostics.js'
import type { Api, Operation, SecurityScheme } from '../../ir.js'
import { type Limits, limitError } from '../../limits.js'
import type { Sources } from '../../sources.js'
import { attach, type Route } from './attach.js'
import { isSameCredential } from './auth.js'
import { type Candidate, findCandidates } from './candidates.js'
import { openLibraries, syntaxErrors, ts } from './compiler.js'
import { DIALECTS } from './dialects.js'
import { marker } from './marker.js'
import {
  duplicateError,
  type LocatedRoute,
  locateRoute,
  type OperationContext,
  operationOf,
  routeKey,
} from './operation.js'
import { newPlaces, type Places, type WrittenFile } from './places.js'
import { createProject, groupByProject, type ProgramOptions, type Project } from './project.js'
import { newTools } from './tools.js'
import { newTsConfigs } from './tsconfig.js'
import { newTypeReader } from './type/reader.js'
import { type Declarations, newDeclarations } from './type/walk.js'
import { warnUnmounted } from './unmounted.js'

export interface RouteOptions {
  /** The working folder; names of files are relative to it. */
  readonly root: string
  /** Folders outside of the project that imports may reach. */
  readonly allowOutside: readonly string[]
  readonly limits: Limits
  readonly report: Report
  readonly sources: Sources
  /** What stands before every path that is read from code, and before none that the author states. */
  readonly prefix?: string
}

export interface RoutesApi extends Api {
  readonly types: Declarations
}

const EXPLICIT = [marker]
const ALL = [...EXPLICIT, ...DIALECTS]

/**
 * Reads every streaming route of the files, in the order of their paths.
 * @throws InputError where a file cannot be read, a type is not known, a path is no constant, or no route is found.
 */
export function readRoutes(files: readonly string[], options: RouteOptions): RoutesApi {
  const root = resolve(options.root)
  const sorted = [...new Set(files.map((file) => relative(root, resolve(root, file)).split(sep).join('/')))].sort()
  const candidates = findCandidates(sorted, { root, limits: options.limits, dialects: ALL })
  for (const { file, text } of candidates) options.sources.add({ file, text })
  const written = new Map(candidates.map((one): [string, WrittenFile] => [one.path, one]))
  const places = newPlaces({ ...options, root, written })
  const declarations = newDeclarations()
  const schemes = newSchemes()
  const folders = [root, ...options.allowOutside.map((folder) => resolve(root, folder))]
  const programs: ProgramOptions = { libraries: openLibraries(), folders, parsed: new Map() }
  const { prefix = '' } = options
  const context: Context = { places, declarations, schemes, programs, prefix }
  const projects = groupByProject(candidates, newTsConfigs({ nameOf: places.nameOf, folders }))
  const routes = unite(projects.flatMap((project) => readProject(project, context)))
  if (prefix === '') warnUnmounted(routes)
  const operations = routes.flatMap(({ route, reading }) => operationOf(route, reading) ?? [])
  checkCount({ operations, files: sorted }, options.limits)
  return {
    title: '',
    version: '',
    servers: [],
    securitySchemes: schemes.all(),
    operations: operations.sort(byPlace),
    types: declarations,
  }
}

interface Context {
  readonly places: Places
  readonly declarations: Declarations
  readonly schemes: Schemes
  readonly programs: ProgramOptions
  readonly prefix: string
}

/** A route and what it takes to read its types, which is its project's. */
interface Reading {
  readonly route: LocatedRoute
  readonly reading: OperationContext
}

function readProject(project: Project, { places, declarations, schemes, programs, prefix }: Context): Reading[] {
  const { program, refused, contextOf } = createProject(project, programs)
  for (const candidate of project.candidates) checkSyntax(candidate, { program, places })
  const checker = program.getTypeChecker()
  const routes = project.candidates.flatMap((candidate) => {
    const source = program.getSourceFile(candidate.path)
    if (source === undefined) throw new Error(`${candidate.file} is not in its program`)
    const file = { ...candidate, source }
    const found = candidate.dialects.flatMap((dialect): Route[] => {
      const tools = newTools({ checker, places, context: contextOf(dialect) })
      const isExplicit = EXPLICIT.includes(dialect)
      return dialect
        .read(file, tools)
        .map((finding) => ({ finding, by: dialect.name, isExplicit, isPathStated: isExplicit }))
    })
    return attach({ file, found }, { tools: newTools({ checker, places, context: [] }), places })
  })
  const types = newTypeReader({ program, checker, places, declarations, refused })
  const reading: OperationContext = { places, types, table: declarations, scheme: schemes.nameOf, prefix }
  const streaming = routes.filter(({ finding }) => finding.kind !== undefined)
  return streaming.flatMap((route) => locateRoute(route, reading).map((located) => ({ route: located, reading })))
}

/** @throws InputError at the first syntax error of a route file. */
function checkSyntax(
  { path, text }: Candidate,
  { program, places }: { readonly program: ts.Program; readonly places: Places },
): void {
  const source = program.getSourceFile(path)
  const [first] = source === undefined ? [] : syntaxErrors(source)
  if (source === undefined || first === undefined) return
  // What is not closed is noticed behind the end.
  const offset = Math.min(first.start, text.trimEnd().length)
  const words = ts.flattenDiagnosticMessageText(first.messageText, ' ').replace(/\.$/, '')
  const word = /^(?:satisfies|as)\b/.exec(text.slice(offset))?.[0]
  places.failAt(places.at(source, offset), {
    code: 'route-syntax',
    message: `this is not valid TypeScript: ${words}`,
    hint:
      word === undefined
        ? 'correct the file; it must compile'
        : `put \`${word}\` on the line where the expression ends`,
  })
}

/**
 * Routes that stream, each once: what the author states of a route completes what a framework says of it.
 * @throws InputError where two of one sort have the same method and path.
 */
function unite(readings: readonly Reading[]): Reading[] {
  const united = new Map<string, Reading>()
  for (const one of readings) {
    const key = routeKey(one.route)
    const known = united.get(key)
    if (known === undefined || isWhole(one, known)) united.set(key, one)
    else if (!isWhole(known, one))
      united.set(key, { ...one, route: complete({ first: known.route, second: one.route }, one.reading) })
  }
  return [...united.values()]
}

/** True where a route has the path as a whole that another only has where it leaves something out. */
function isWhole({ route }: Reading, { route: other }: Reading): boolean {
  return route.omitted.length === 0 && other.omitted.length > 0
}

function complete(
  { first, second }: { readonly first: LocatedRoute; readonly second: LocatedRoute },
  context: OperationContext,
): LocatedRoute {
  // Two frameworks may read one route, as a framework and a plugin of it do; one framework reads each route once.
  const isSameSort = first.isExplicit === second.isExplicit && (first.isExplicit || first.by === second.by)
  if (isSameSort) throw duplicateError({ first, second }, context)
  const [winner, other] = second.isExplicit ? [second, first] : [first, second]
  const isPathStated = first.isPathStated || second.isPathStated
  return { ...winner, isPathStated, finding: { ...other.finding, ...winner.finding } }
}

function checkCount(
  { operations, files }: { readonly operations: readonly Operation[]; readonly files: readonly string[] },
  limits: Limits,
): void {
  const [first = '-'] = files
  if (operations.length > limits.operations) {
    throw limitError({
      name: 'operations',
      limits,
      message: 'the route files have more routes than',
      place: { file: first },
    })
  }
  if (operations.length > 0) return
  throw new InputError({
    code: 'routes-none',
    message:
      files.length === 1
        ? 'no streaming route is found in this file'
        : `no streaming route is found in ${files.length} files`,
    place: { file: first },
    hint: 'put an annotation above the handler: /** @stream sse GET /path  @event {T} */',
  })
}

function byPlace({ place: left }: Operation, { place: right }: Operation): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1
  return (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0)
}

interface Schemes {
  readonly nameOf: (scheme: SecurityScheme) => string
  /** Sorted by name. */
  readonly all: () => SecurityScheme[]
}

/** Two ways to authenticate never share a name. */
function newSchemes(): Schemes {
  const known = new Map<string, SecurityScheme>()
  return {
    nameOf: (scheme) => {
      let { name } = scheme
      for (let count = 2; ; count++) {
        const other = known.get(name)
        if (other === undefined || isSameCredential(other.credential, scheme.credential)) break
        name = `${scheme.name}${count}`
      }
      known.set(name, { ...scheme, name })
      return name
    },
    all: () => [...known.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
  }
}
