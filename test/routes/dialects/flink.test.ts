/** What Flink's routes say in forms that the fixture does not have, and what is refused. */
import { describe, expect, it } from 'vitest'
import { answer, item, operation, read, refusal } from '../core/reading.js'

const IMPORT =
  "import type { StreamHandler, StreamHandlerProps, StreamingRouteProps } from '@flink-app/streaming-plugin'"

/** A module with one route; no package is installed. */
function route(
  props: string,
  handler = 'const handler: StreamHandler<object, { n: number }> = async () => {}',
): string {
  return [IMPORT, `export const Route: StreamingRouteProps = { ${props} }`, handler, 'export default handler'].join(
    '\n',
  )
}

describe('a route of Flink', () => {
  it('has the default format of the plugin, which another file constructs', () => {
    const app = "streamingPlugin({ defaultFormat: 'ndjson' })"
    const files = { 'handlers/GetA.ts': route("path: '/a'"), 'app.ts': app }
    expect(item(read(files, ['handlers/GetA.ts']), 'GET /a')).toBe('{ n: number }')
    expect(answer(read({ ...files, 'app.ts': 'new StreamingPlugin()' }), 'GET /a').kind).toBe('sse')
  })

  it('takes its method from the enum, and its name from the file', () => {
    const found = operation(read({ 'PostA.ts': route("path: '/a', method: HttpMethod.post") }), 'POST /a')
    expect(found.override?.name).toBe('postA')
  })

  it.each([
    [
      'a parameter with StreamHandlerProps',
      'async function handler({ stream }: StreamHandlerProps<object, { n: number }>) {}',
    ],
    ['a parameter with StreamWriter', 'async function handler({ stream }: { stream: StreamWriter<{ n: number }> }) {}'],
    ['satisfies', 'const handler = (async () => {}) satisfies StreamHandler<object, { n: number }>'],
    [
      'an alias of the project',
      'type Live<T> = StreamHandler<object, T>\nconst handler: Live<{ n: number }> = async () => {}',
    ],
    [
      'an alias that states it',
      'type Ticks = StreamHandler<object, { n: number }>\nconst handler: Ticks = async () => {}',
    ],
    [
      'what it writes',
      'const handler: StreamHandler<object> = async ({ stream }) => { stream.write({ n: Number(1) }) }',
    ],
  ])('has the type of its events from %s', (_, handler) => {
    const files = { 'a.ts': route("path: '/a', format: 'ndjson'", handler) }
    expect(item(read(files), 'GET /a')).toBe('{ n: number }')
  })

  it('may be a module that names nothing of the plugin, where another file registers it', () => {
    const files = {
      'handlers/GetTicks.ts':
        "export const Route = { path: '/ticks', format: 'ndjson' }\nexport default async ({ stream }) => stream.write({ n: Number(1) })",
      'app.ts': "import * as GetTicks from './handlers/GetTicks.js'\nstreaming.registerStreamHandler(GetTicks)",
    }
    const reading = read(files)
    expect(item(reading, 'GET /ticks')).toBe('{ n: number }')
    expect(operation(reading, 'GET /ticks').override?.name).toBe('getTicks')
  })

  it('may be registered as an object', () => {
    const text = `${IMPORT}
streaming.registerStreamHandler({ default: async ({ stream }) => stream.write('x' as string), Route: { path: '/a', format: 'ndjson' } })`
    expect(item(read({ 'a.ts': text }), 'GET /a')).toBe('string')
  })

  it('does not take a record for an error because of a field of its own', () => {
    const handler = 'const handler: StreamHandler<object, { n: 1 } | { error: string }> = async () => {}'
    const reading = read({ 'a.ts': route("path: '/a', format: 'ndjson'", handler) })
    expect(answer(reading, 'GET /a')).not.toHaveProperty('remoteErrorField')
    expect(reading.warnings.map(({ code, place }) => `${place?.file}:${place?.line} ${code}`)).toEqual([
      'a.ts:2 flink-error-field',
    ])
  })

  it('asks for a login where it states permissions, also where they are empty', () => {
    const security = (props: string) => operation(read({ 'a.ts': route(props) }), 'GET /a').security
    expect(security("path: '/a', permissions: 'x'")).toEqual([['bearerAuth']])
    expect(security("path: '/a', permissions: []")).toEqual([['bearerAuth']])
    expect(security("path: '/a', permissions: ''")).toEqual([])
    expect(security("path: '/a'")).toEqual([])
  })

  it('is left alone where it is an ordinary one beside a streaming one', () => {
    const ordinary = `// StreamHandler\nexport const Route = { path: '/b' }\nexport default async () => ({ data: 1 })`
    expect(read({ 'a.ts': route("path: '/a'"), 'b.ts': ordinary }).api.operations.map(({ path }) => path)).toEqual([
      '/a',
    ])
  })
})

describe('what is refused of Flink', () => {
  it.each([
    [
      "path: process.env['P']",
      'a.ts:2:51 route-unreadable: the path is not a constant text: route files are read and not run',
    ],
    ["path: '/a', format: 'xml'", 'a.ts:2:65 route-unreadable: "xml" is no format of Flink\'s streaming plugin'],
    ["path: '/a', method: verb()", 'a.ts:2:65 route-not-constant: the method of this route is not a constant'],
    ["method: 'get'", 'a.ts:2:43 route-unreadable: the path of this route is not stated here'],
  ])('%s', (props, expected) => {
    expect(refusal({ 'a.ts': route(props) })).toBe(expected)
  })

  it('a handler that states no type and writes nothing', () => {
    const files = { 'a.ts': route("path: '/a'", 'const handler: StreamHandler<object> = async () => {}') }
    expect(refusal(files)).toBe('a.ts:3:7 route-unreadable: the type of what this handler writes is not stated')
  })

  it('a handler without a type that hands its stream to another function', () => {
    const handler = 'const handler: StreamHandler<object> = async ({ stream: to }) => { to.write({ n: 1 }); rest(to) }'
    expect(refusal({ 'a.ts': route("path: '/a'", handler) })).toBe(
      'a.ts:3:93 route-unreadable: the stream is handed to another function, so that not all that is written stands here',
    )
  })

  it('a handler whose events may be anything', () => {
    const files = { 'a.ts': route("path: '/a'", 'const handler: StreamHandler<object, any> = async () => {}') }
    expect(refusal(files)).toBe('a.ts:3:38 type-any: this is of type any, so that nothing is known of it')
  })

  it('two plugins with different formats', () => {
    const app = "streamingPlugin({ defaultFormat: 'ndjson' })\nstreamingPlugin()"
    expect(refusal({ 'a.ts': route("path: '/a'"), 'app.ts': app }, ['a.ts'])).toBe(
      "a.ts:2:43 route-unreadable: the plugin's default format is not the same everywhere",
    )
  })
})
